"""What the product pages say: of a property, of products side by side, besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.known import EVEN, MOST, Known, act, stems, within
from chatbot.terms import Act, Fact, Outcome

from .prices import price
from .sides import aligned, asked_for, versions

TELLS = 0.35  # from this probability on a sentence answers the question
ALSO_TELLS = 0.4  # times as sure, a second one is told as well, while both stay short
AS_SURE = 0.6  # times, beside one that surely answers
LIKELY = 0.12  # a sentence this sure tells what is in the box
SURELY = 0.6  # a sentence this sure is told besides what was asked in plain words
PLAIN_WORDS = stems(
    "price prices cost costs costing much many stock available availability left have size sizes"
    " color colors colour colours order buy still want need looking hello please thanks"
)
AMOUNT = re.compile(r"[$€£] ?\d|\b(?:is|was|costs?|says?) \d{2,}(?:\.\d\d)?\W*$")
WEIGHT = re.compile(r"\b(?:light(?:er|est)|heav(?:y|ier|iest)|weigh\w*)\b", re.I)
COMPARES = re.compile(r"\b(?:than|vs|v|versus|or|which|better|compar\w+|differ\w*|between)\b", re.I)
BOTH = re.compile(r"\b(?:each|both|vs|v|versus|compar\w+|differ\w*|between)\b", re.I)
SPEAKS = 0.05  # from here on one that has a word of the question speaks of it
NEAR_THE_BEST = 0.5  # times as sure, the line of another product is told beside the best
SIDE_BY_SIDE = 0.1  # of several products more is told, so that they can be compared
BY_ITSELF = 0.9  # a sentence this sure answers whatever words it has
MOST_WORDS = 45  # of what is quoted of one product
TELL_ME = re.compile(
    r"\b(?:tell me (?:more )?about|info(?:rmation)? (?:on|about)|more about)\b", re.I
)
WHAT_IS = re.compile(r"^\W*(?:and |so |ok )?what(?:'?s| is| are) (?:an? |the |this |these )?", re.I)
# Who says one of these asks for more than a page tells.
OF_DATA = re.compile(
    r"\b(?:prices?|costs?|how much(?! does \w+ weigh| do they weigh)|cheap\w*|stock|availab\w+"
    r"|(?:before|b4) (?:the )?(?:sale|reduction|discount)|left(?![ -]?hand)|(?:is|are) there"
    r"|there (?:is|are)"
    r"|sold|buy|order|have you|do you (?:have|do|sell)|you got|got any|comes? in|sizes|colou?rs"
    r"|options|versions|biggest|largest|smallest|get (?:it|them|one|the)|in (?:an? )?size)\b|[$£€]",
    re.I,
)
IN_THE_BOX = re.compile(r"\bin the box\b|\bincluded\b|\bcomes? with\b|\bsold separately\b", re.I)
# How many of one thing fit into another stands on neither's page.
FITTING = re.compile(
    r"\b(?:\d+|how many)\b.*\b(?:fit|stand|squeeze)\b.*\b(?:in|into|on|upright)\b", re.I
)
ASKED_LABELS = {"warranty": re.compile(r"(?:warranty|guarantee)\b[^:]{0,20}:", re.I)}
# Between what a line says of one version and of the next.
SEMICOLON, COMMA = re.compile(r"; "), re.compile(r", (?![^(]*\))")
LABEL_BEFORE = re.compile(r"([A-Z][a-z]+)(?: [\w' /&-]{2,20})?: ")
LABEL = re.compile(r"([A-Z][\w' /&-]{2,24}): ([^:]{2,160})$")  # "Weight: 740 g"


def attribute(known: Known) -> list[Act]:
    """What the product pages say about the property asked for."""
    products = known.of("product")[:MOST]
    if not products:
        return []
    if told := _under_label(products, known):
        return told
    counted = len(products) > 1 and FITTING.search(known.reading.text)
    told = _each(products, known) if len(products) > 1 else _told(products[0], known)
    if told and not counted:
        return told[:MOST]
    slots = {"product.name": products[0].values["name"]}
    if _wants_to_know(products[0], known) and (about := products[0].values.get("about")):
        return [act("attribute.passage", {"passage.text": about}, products[:1])]
    if len(products) == 1 and BOTH.search(known.reading.text) and (of_each := versions(known)):
        return of_each
    unknown = act("attribute.unknown", slots, products[:1], Outcome.DECLINED)
    said_a_price = known.reading.named and AMOUNT.search(known.reading.text)
    return price(known) if said_a_price else [unknown]


def page_answers(known: Known, listed: bool) -> bool:
    """Whether the page of the one product in view surely answers what is asked, and nothing is
    asked of its price or stock besides: "which nib for a left-handed writer" wants no list. Where
    what there is to choose from may be `listed`, only a sentence with the question's own words."""
    products = known.of("product")
    told = known.sentences(products[0])[:1] if len(products) == 1 else []
    if not told or told[0].score < SURELY or OF_DATA.search(known.reading.text):
        return False
    if "price" in known.asks or (known.asks[0] == "availability" and told[0].score < BY_ITSELF):
        return False
    asked = stems(known.reading.text) - _plain_words(products[0], known)
    sure = told[0].score >= BY_ITSELF and not listed
    return sure or bool(asked & stems(told[0].values["text"]))


def page_speaks(known: Known) -> bool:
    """Whether the page of the product in view tells what is asked, in a word of the question that
    is no word for a choice: "which version of bluetooth"."""
    product = known.of("product")[0]
    told = [s for s in known.sentences(product)[:1] if s.score >= SURELY]
    asked = stems(known.reading.text) - _plain_words(product, known)
    return any(asked & stems(s.values["text"]) for s in told)


def all_pages_tell(known: Known) -> bool:
    """Whether the page of each thing in view tells what is asked, one of them surely."""
    best = [max((s.score for s in known.sentences(p)), default=0.0) for p in known.of("product")]
    return min(best) >= TELLS and max(best) >= SURELY


def in_the_box(known: Known) -> list[Act]:
    """What comes with a product, to who takes it that something else does."""
    product = known.of("product")[0]
    told = [s for s in known.sentences(product) if IN_THE_BOX.search(s.values["text"])][:1]
    slots = {"product.name": product.values["name"]}
    unknown = act("attribute.unknown", slots, [product], Outcome.DECLINED)
    return [quoted(s) for s in told if s.score >= LIKELY] or [unknown]


def fit(known: Known) -> list[Act]:
    """How the product in view fits, to who is told a row of the size guide."""
    told = [s for s in known.of("sentence") if "fit" in s.values]
    return [act("attribute.passage", {"passage.text": s.values["text"]}, [s]) for s in told]


def _wants_to_know(product: Fact, known: Known) -> bool:
    """Whether somebody wants to hear what a product is, and nothing of it in particular."""
    text = known.reading.text
    what, name = WHAT_IS.search(text), stems(product.values["name"])
    return bool(TELL_ME.search(text) or (what and not stems(text[what.end() :]) - name))


def _under_label(products: Sequence[Fact], known: Known) -> list[Act]:
    """What stands under the very name of what is asked, on every page: "Warranty: 2 years"."""
    label = ASKED_LABELS.get(known.asks[0])
    if label is None:
        return []
    told = [s for p in products for s in known.sentences(p) if label.match(s.values["text"])]
    return [quoted(s) for s in told] if len(told) == len(products) else []


def _each(products: Sequence[Fact], known: Known) -> list[Act]:
    """What the pages of several products say, when one of them answers; beside a sure one, unless
    they are compared, only what is nearly as sure and not the same again."""
    compared = bool(COMPARES.search(known.reading.text))
    asked = asked_for(products, known) if compared else []
    if len(asked) < 2 and (picked := pick(products, known)):
        return picked
    if asked and (told := aligned(products, known)):
        return told
    hits = alike(products, known)
    best = max((h.score for h in hits), default=0.0)
    if compared:
        return [quoted(h) for h in hits if best >= SIDE_BY_SIDE]
    least = best * NEAR_THE_BEST if best >= SURELY else 0.0
    near = {h.values["text"]: h for h in reversed(hits) if h.score >= least}
    return [quoted(h) for h in hits if h in near.values() and best >= TELLS]


def _told(product: Fact, known: Known) -> list[Act]:
    """What one product's page says to the question: its best sentence, and the next if as good."""
    hits = known.sentences(product)
    if not hits or hits[0].score < TELLS:
        return []
    told = within(_telling(hits), MOST_WORDS)
    if told[0].score < EVEN and not _of_parts(hits):
        texts = " ".join(h.values["text"] for h in told)
        return [act("attribute.unsure", {"passage.text": texts}, told)]
    one = told[0].score >= SURELY and not _of_parts(hits)  # a yes would be said of all of them
    says = told[0].values.get("says", "") if one else ""
    if len(told) == 1 and not says and (label := LABEL.match(told[0].values["text"])):
        name, value = label.groups()
        own = _of_version(value.rstrip("."), product, known)
        slots = {"attribute.name": name.lower(), "attribute.value": own}
        return [act("attribute.labelled", slots | {"product.name": product.values["name"]}, told)]
    slots = {"passage.text": " ".join(h.values["text"] for h in told)}
    name = {"yes": "attribute.yes_text", "no": "attribute.no_text"}.get(says)
    return [act(name or "attribute.passage", slots, told)]


def _of_version(value: str, product: Fact, known: Known) -> str:
    """What a line says of the version that is spoken of, where it says it of each: "12 (5 mm)" of
    "16 (3 mm), 12 (5 mm)"; else all of it."""
    parts = (SEMICOLON if ";" in value else COMMA).split(value)
    for name, wished in known.reading.options.items():
        every = {v.values.get(f"option:{name}", "") for v in known.variants(product)} - {""}
        named = [{option for option in every if _names(option, part)} for part in parts]
        own = [part for part, options in zip(parts, named, strict=True) if options & set(wished)]
        if len(parts) > 1 and all(len(options) == 1 for options in named) and len(own) == 1:
            return own[0]
    return value


def _names(option: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(option)}(?!\w)", text, re.I))


def _telling(hits: Sequence[Fact]) -> list[Fact]:
    """The best sentence, and those that are told with it: of several questions what answers each,
    none besides a plain denial, and the fewer the surer it is."""
    best = hits[0]
    if each := _of_parts(hits):
        return each
    if "denies" in best.values:
        return [best]
    least = best.score * (ALSO_TELLS if best.score < SURELY else AS_SURE)
    return [h for h in hits if h is best or h.score >= least]


def _of_parts(hits: Sequence[Fact]) -> list[Fact]:
    """What answers one question each of a message that asks several."""
    each = [h for h in hits if "part" in h.values and h.score >= TELLS]
    return each if len(each) > 1 else []


def pick(products: Sequence[Fact], known: Known) -> list[Act]:
    """Of two, the one whose page says what is needed, where the other's denies just that."""
    no = [s for p in products for s in known.sentences(p) if "denies" in s.values][:2]
    denied = {s.values["handle"] for s in no}
    yes = [s for p in products for s in known.sentences(p)[:1]
           if s.values["handle"] not in denied and _affirms(s, known)]  # fmt: skip
    if not (len(products) == 2 and len(no) == len(yes) == 1):
        return []
    if yes[0].values["text"] == no[0].values["text"]:
        return []  # what both say sets neither apart
    there = [p for p in products if p.values["stock"] != "sold out"]
    told = [quoted(yes[0]), quoted(no[0])]
    if _of(yes[0], there):  # what nobody can have is not suggested
        told[0] = replace(told[0], name="recommend.with_reason")
    return told


def _affirms(sentence: Fact, known: Known) -> bool:
    """Whether a sentence tells of what is needed, or speaks of it in the same word."""
    asked = stems(known.reading.text) - stems(sentence.values["name"])
    shared = asked & stems(sentence.values["text"])
    return sentence.score >= TELLS or (bool(shared) and sentence.score >= SPEAKS)


def alike(products: Sequence[Fact], known: Known) -> list[Fact]:
    """For each product the sentence that answers; all of the same property where the surest one
    begins with its name ("Weight: 740 g")."""
    hits = [s for p in products for s in known.sentences(p)]
    surest = max(hits, key=lambda s: s.score, default=None)
    found = LABEL_BEFORE.match(surest.values["text"]) if surest else None
    label = "weight" if WEIGHT.search(known.reading.text) else found and found.group(1).casefold()
    if not label:
        return [s for p in products for s in known.sentences(p)[:1] if s.score >= SIDE_BY_SIDE]
    same = [s for s in hits if label in s.values["text"].casefold()]
    return [s for p in products for s in [*_of(p, same), *_of(p, hits)][:1]]


def _of(product: Fact, sentences: Sequence[Fact]) -> list[Fact]:
    return [s for s in sentences if s.values["handle"] == product.values["handle"]]


def quoted(sentence: Fact) -> Act:
    """What one of several products' pages says."""
    slots = {"product.name": sentence.values["name"], "passage.text": sentence.values["text"]}
    return act("attribute.passage", slots, [sentence])


def besides(acts: Sequence[Act], known: Known) -> list[Act]:
    """What a product's page says to a message that asked for a price or the stock as well."""
    products = known.of("product")
    if not acts or len(products) != 1 or any("attribute" in a.name for a in acts):
        return []
    if products[0].values["handle"] not in {f.values.get("handle") for a in acts for f in a.facts}:
        return []  # behind what is told of others it would be taken to be of them
    if not stems(known.reading.text) - _plain_words(products[0], known):
        return []  # nothing was asked besides
    told = known.sentences(products[0])
    return _told(products[0], known) if told and told[0].score >= SURELY else []


def _plain_words(product: Fact, known: Known) -> set[str]:
    """The words of a plain question for a product's price, stock or options."""
    own = (
        product.values["name"],
        *(
            f"{k.removeprefix('option:')} {v}"
            for k, v in product.values.items()
            if k.startswith("option:")
        ),
    )
    return PLAIN_WORDS | {w for text in (*own, known.wish(product)) for w in stems(text)}
