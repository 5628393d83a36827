"""Where the answer is found: in the articles, or on the page of the product in view."""

from __future__ import annotations

import re

from chatbot.terms import CAME, FIGURES, USED, Act, Fact

from . import help, products
from .known import Known, stems

LOOKS = frozenset(("search", "recommend"))
OF_GOODS = LOOKS | {"compare"}  # which only a sure article with the message's own words answers
DATA = FIGURES | {"sale"}
PRICE_WORDS = stems(
    "price cost order buy want need shop stock large small medium extra size anything something"
    " both each together altogether total differ difference compare cheap cheaper dearer money"
    " expensive"
)
AS_WELL = stems("even only also either both ones same")  # by which one thing is put to another
OF_A_PAGE = frozenset("attribute compare care size_help option search recommend".split())
OF_BOTH = OF_A_PAGE | DATA | {"warranty", "health", "restock", "sustainability", "safety"}
TROUBLE = frozenset(("damaged", "wrong_item", "missing"))  # what is done about it no page tells
OF_PRODUCTS = ("product", "variant", "sentence", "found", "denied")  # kinds of facts
HELP_ACTS = ("policy.", "promotion.", "decline.no_data")
COSTS = re.compile(r"\b(?:free|included|extra|fees?|charged?|costs?)\b", re.I)
MONEY = re.compile(r"[$€£¥₹]\s?\d|\d\s?[€£]|\b[A-Z]{3}\s?\d")
KNOWN = 0.6  # a passage this sure, on what no product is about, answers what sounds like a search
FEW_WORDS = 4  # of a message that names a thing and hardly more
SOUGHT = 0.9  # a product that fits this surely is looked for, less sure passages are not
PAGE_FIRST = 0.25  # by so much a passage has to be surer than the page of the product in view
LIKELY = 0.7  # from here a passage outdoes a product that is hardly named
SURELY = 0.6  # a page's sentence this sure answers what sounds like a question on rules
CERTAIN = 0.8  # a passage this sure answers what sounds like a question on products


def of_help(known: Known) -> bool:
    """Whether a help article answers better than what is known of products."""
    reading, best = known.reading, known.one("passage")
    if best is None or not help.tells(best) or _is_sought(best, known):
        return False
    if _goes_on_about_help(known) or _asks_a_rule_of(best, known) or known.asks[0] in TROUBLE:
        return True
    if known.asks[0] == "hours_contact" and not known.reading.named:
        return True  # "open sundays?" speaks of no open-back headphones
    if reading.after.startswith(("search.", "recommend.")) and known.asks[0] in LOOKS:
        return False  # what narrows a search down asks for no rule
    if (known.asks[0] == "price" or COSTS.search(reading.text)) and _prices(best, known):
        return True
    if not known.of("product"):
        looks = reading.intents[0] == "product_search" or known.asks[0] in LOOKS
        fitting = known.of("found") or known.of("denied")
        limited = reading.price_limit is not None
        if looks and fitting and (limited or not _left_over(known) & _said(best)):
            return False  # all that was said is said of products, or a price to spend is named
        enough = (KNOWN if looks else help.TELLS) if best.values.get("beyond") else CERTAIN
        sure = best.score if looks else _of_its_article(best, known)
        return not (looks or known.asks[0] in DATA | {"attribute"}) or sure >= enough
    return not products.asks_for_options(known) and _beats_page(best, known)


def _of_its_article(best: Fact, known: Known) -> float:
    """How surely the article of a passage answers: those of one that tell of the same take from
    each other."""
    article = best.values.get("article")
    own = (p.score for p in known.of("passage") if p.values.get("article") == article)
    return min(1.0, sum(own))


def no_ware(known: Known) -> list[Act]:
    """What an article says to who asks whether the shop has what is a service and no thing: it
    tells, with all its passages, and far surer than any product fits."""
    best, found = known.one("passage"), known.one("found")
    if best is None or known.asks[0] not in LOOKS or not help.tells(best):
        return []
    enough = max(KNOWN, found.score + PAGE_FIRST if found else 0.0)
    return help.passage(known) if _of_its_article(best, known) >= enough else []


def _is_sought(best: Fact, known: Known) -> bool:
    """Whether a product that is looked for by its sort fits surer than a passage tells."""
    found = None if known.of("product") else known.one("found")
    if found is None or known.asks[0] not in LOOKS:
        return False
    called = stems(known.reading.text) & stems(found.values["name"])
    return bool(called) and best.score < SOUGHT <= found.score


def _prices(best: Fact, known: Known) -> bool:
    """Whether a passage tells the price of what is asked for, rather than a product's: "gift
    wrapping, price?", "what does a new zip cost", of a jacket that is spoken of."""
    enough = CERTAIN if known.reading.named else KNOWN
    if best.score < enough or not MONEY.search(best.values["text"]):
        return False
    found = known.one("product") or known.one("found")
    wish = {w for values in known.reading.options.values() for v in values for w in stems(v)}
    asked = stems(known.reading.text) - PRICE_WORDS - wish
    said = known.reading.named or known.reading.loosely  # else none of its words is its name
    named = stems(found.values["name"]) if found and (said or found.kind == "found") else set()
    one = len(known.of("product")) < 2
    goes_on = one and not asked and best.values.get("article") in known.reading.articles
    return goes_on or bool(asked & stems(best.values["text"]) - named)


def _beats_page(best: Fact, known: Known) -> bool:
    """Whether the best passage answers better than the page of the product in view."""
    reading = known.reading
    if known.asks[0] == "restock" or reading.again:
        sold_out = reading.after.startswith("stock.")  # and no article tells when it is back
        return best.score >= CERTAIN and not sold_out
    if known.asks[0] in OF_GOODS and not (
        best.score >= CERTAIN and _left_over(known) & _said(best)
    ):
        return False
    if known.asks[0] in OF_BOTH and not _shares(known, "passage"):
        return False
    if known.asks[0] in DATA and reading.loosely and best.score >= LIKELY:
        return bool(_left_over(known) & _said(best))
    if known.asks[0] in DATA and not products.SIDE.search(reading.text):
        enough = KNOWN if _told_before(known) else CERTAIN
        return best.score >= enough and bool(_left_over(known) & _said(best))
    told = known.one("sentence")
    return told is None or best.score > told.score + _ahead(known)


def _said(best: Fact) -> set[str]:
    """The words of a passage."""
    return stems(best.values["text"])


def _told_before(known: Known) -> bool:
    """Whether a price was told right before, so that who speaks of it again asks something else:
    "is that with VAT"."""
    return known.asks[0] == "price" and known.reading.after.startswith("price.")


def _ahead(known: Known) -> float:
    """By how much a passage has to be surer than the page of the product in view: by more where
    the page is the place to look, by less where only articles tell, as of returns."""
    of_a_page = known.asks[0] in OF_A_PAGE or _shares(known, "sentence") > _shares(known, "passage")
    if of_a_page:
        return PAGE_FIRST
    return 0.0 if known.asks[0] in OF_BOTH else -PAGE_FIRST


def _shares(known: Known, kind: str) -> int:
    """How many words of the message the best text of a kind has, besides the product's name."""
    best, product = known.one(kind), known.one("product")
    name = stems(product.values["name"]) if product else set()
    return len(stems(known.reading.text) & stems(best.values["text"]) - name) if best else 0


def _left_over(known: Known) -> set[str]:
    """The words of a message that the products in view have nothing to do with: "resole" in
    "can you resole my boots, and the price?"."""
    pages = (f for f in known.facts if f.kind in OF_PRODUCTS)
    own = {w for fact in pages for value in fact.values.values() for w in stems(value)}
    return stems(known.reading.text) - own - PRICE_WORDS


def in_trouble(known: Known) -> bool:
    """Whether something came broken or broke in use, of which no page tells what is done."""
    return known.asks[0] in TROUBLE and known.reading.fault in (CAME, USED)


def page_tells(known: Known) -> bool:
    """Whether the page of the product in view answers what sounds like a question on rules, and
    surer than any article: "moving to Chile, will the compass work there"."""
    told, best = known.one("sentence"), known.one("passage")
    if told is None or told.score < SURELY:
        return False
    return best is None or best.score <= told.score + _ahead(known)


def _goes_on_about_help(known: Known) -> bool:
    """Whether a message goes on about a rule just told ("and to Alaska?", "how much")."""
    reading = known.reading
    of_product = bool(known.of("product")) and (known.asks[0] in DATA or page_tells(known))
    new = reading.named or reading.loosely or of_product or known.asks[0] in LOOKS
    return reading.after.startswith(HELP_ACTS) and not new


def _asks_a_rule_of(best: Fact, known: Known) -> bool:
    """Whether a message names but a thing that the rule just told speaks of, and so asks how that
    fares with it: "even prams?"; not one with a word that the thing's own page has."""
    reading = known.reading
    told = reading.after.startswith("policy.") and best.values.get("article") in reading.articles
    if not told or len(reading.text.split()) > FEW_WORDS or known.asks[0] in DATA:
        return False
    asked = stems(reading.text) - AS_WELL
    return bool(asked & _said(best)) and asked - _said(best) <= _left_over(known)
