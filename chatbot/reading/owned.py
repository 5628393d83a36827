"""What somebody has or uses and names beside what is asked: "I film with the Heron 2, which tripod
would do" asks of tripods, "I have the Heron 2, is it waterproof" of the Heron 2."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from chatbot.terms import FIGURES, Lexicon

from . import shop_words
from .asks import LOOKS
from .spoken import Spoken
from .strangers import ANYTHING
from .words import fold, stem

OWN = r"(?:my|our|his|her|their)"
KIN = (
    r"(?:wife|husband|partner|fiancee?|(?:girl|boy)?friend|mate|m[uo]m|mother|dad|father|parent"
    r"|son|lad|boy|girl|daughter|kid|child|brother|sister|uncle|aunt(?:ie)?|cousin|niece|nephew"
    r"|grand(?:son|daughter|ma|pa|dad|mother|father|parent|kid)|gran|nan(?:a|ny)?|boss|colleague"
    r"|coach|teacher|neighbou?r|flatmate|roommate)s?"
)
# A thing is called up to here; "the lamp with the shade" goes on to call it.
ENDS = (
    r"(?:(?:the|an?|some\w*|any\w*|your|but|so|because|cos|as|which|that|what|who|where|when|if|i|we"
    r"|you|he|she|it|is|are|was|can|could|do|does|will|to|for|need|want|looking|under|below|please"
    rf"|pls)\b|(?:and|with|plus|in|on) (?!(?:the|an?|{OWN})\b))"
)
ON = rf"(?:(?:and|with|plus|in|on) (?:the|an?|{OWN}) )?"
WORD = rf"(?!{ENDS})[^\s,.;:!?()]+"
THING = rf"{WORD}(?: {ON}{WORD}){{0,6}}"
A = r"(?:(?:the|an?|one of (?:your|the|those)|some) )?"
# "Get her Heron boots" are to be hers.
NO_GIFT = r"(?<!get )(?<!buy )(?<!give )(?<!getting )(?<!buying )(?<!giving )"
HAVE = r"(?:have(?! to\b)|has(?! to\b)|had|got|own|owns|use|uses|bought|'ve|'s got)"
# Who asks whether they can have a thing has it not.
NO_WISH = r"(?<!can )(?<!could )(?<!may )(?<!do )(?<!did )(?<!should )(?<!shall )"
NO_USE = (
    r"(?:have|has|had|got|am|are|is|was|want|need|would|like|buy|order|get|look|see|saw|find|ask|pay"
    r"|think|come)"
)
GOES_ON = r"(?: (?:and|but|so)\b|[,.;])"
SOUGHT = r"\b(?:need|want|looking|after|what|which|recommend)\b"
HELD = tuple(
    re.compile(pattern)
    for pattern in (
        # "my lamp is the Heron 2"
        rf"(?:^|[,.;!] ?|\b(?:{OWN}|and) )(?P<sort>[a-z]+)(?:'s| is|:) {A}{THING}(?=\W*$|[,.;])",
        rf"(?:\b(?:for|with|on|onto|into|of|to) )?{NO_GIFT}\b{OWN} (?:{KIN}'s |(?!{KIN}\b)){THING}",
        rf"{NO_WISH}\b(?:i|we|he|she|they|{KIN}) ?{HAVE}(?: already| got| now| just)* {A}{THING}",
        # "he climbs with the Heron 2"
        rf"(?P<lead>\b(?:he|she|they|i|we|who) (?!{NO_USE}\b)[a-z]+ (?:[^.?!]{{0,80}}?\b)?)"
        rf"(?<!comes )(?<!goes )(?:with|on|using) (?:the|an?|my) {THING}",
        # in passing: "..., got the Heron and love it"; not "got the Heron in black?"
        rf"(?:[,.;!] ?|\band )(?:got|has|have|using) (?:the|an?|one of your) {THING}"
        rf"(?={GOES_ON}[^?]* \w)",
        rf"^\W*(?:got|have|own|using) {A}{THING}(?={GOES_ON}.*{SOUGHT})",
    )
)
NO_THINGS = ANYTHING | frozenset("eye eyes mind heart look birthday".split())
# What is asked of the very thing that somebody has, or is to be like it.
OF_IT = re.compile(
    r"\b(?:is|are|does|do|did|can|could|will|would|was|has|should) (?:it|they|this|these|that)\b"
    r"|\b(?:have|got|get|sell|buy|clean|wash|return|swap|exchange|fix) (?:it|them|that|this)\b"
    r"|\b(?:another|again|the same|a (?:second|spare|new) one)\b|\breplac\w+(?: for| of)?(?=\W*$)"
    r"|\b(?:can'?t|cannot|didn'?t) (?:find|see)\b|\bmissing\b|\bthat (?:goes|comes|came) with\b"
)
FITS = re.compile(
    r"\b(?:it|that|this|they|those|these)(?: one)?\b[^.,;?!]{0,20}"
    r"\b(?:fits?|works?|go(?:es)?|suits?|match(?:es)?|compatible|attach\w*|mounts?|charge)\b"
)
# What is done to somebody's thing: "how much to have my Heron serviced".
SERVICE = re.compile(
    r"\b(?:charge|cost|much|price|pay)\b[^.?!]*\b(?:to|for) (?:(?:have|get) )?"
    rf"(?!(?:buy|order|have|get|replace|see|own)\b)[a-z]+ {OWN}\b"
    rf"|\b(?:have|get|getting|having) {OWN} [^,.;?!]*\b[a-z]+ed\b"
)
Of = Callable[[str, bool], Spoken]


@dataclass(frozen=True)
class Beside:
    """The products a message is about, less those it only says somebody has, and the latter."""

    spoken: Spoken
    owned: tuple[str, ...] = ()
    sought: str = ""  # the message less what it says of them, where something else is sought


def beside(text: str, spoken: Spoken, lexicon: Lexicon, heard: tuple[str, str], of: Of) -> Beside:
    """What a message is about, where it names what somebody has. `heard`: the likeliest intent and
    ask; `of`: the products that a text is about, by itself or after what was said before."""
    rest, held = without(text, lexicon)
    owned, left = _owned(text, rest, held, of) if held else ((), spoken)
    if not owned:
        return Beside(spoken)
    if _is_service(text, heard[1]):
        return Beside(left, owned, rest)
    behind = of(rest, True)
    behind = replace(behind, handles=tuple(h for h in behind.handles if h not in owned))
    if _seeks(rest, heard):
        return Beside(behind, owned, rest)
    of_another = left.handles and heard[1] in FIGURES
    fits = behind.handles and not left.handles and FITS.search(rest)
    return Beside(behind, owned) if of_another or fits else Beside(spoken)


def without(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """A message less what it says somebody has or uses, and the latter."""
    plain, sorts, held = fold(text), shop_words.last_words(lexicon), []

    def less(found: re.Match[str]) -> str:
        said = found.groupdict()
        if set(found[0].split()) & NO_THINGS or stem(said.get("sort") or "") not in {"", *sorts}:
            return found[0]  # "I have a question" owns nothing
        lead = said.get("lead") or ""
        held.append(found[0][len(lead) :])
        return f"{lead} "

    for pattern in HELD:
        plain = pattern.sub(less, plain)
    return " ".join(plain.split()), ", ".join(held)


def _owned(text: str, rest: str, held: str, of: Of) -> tuple[tuple[str, ...], Spoken]:
    """The products that are named only where a message says what somebody has, and those that are
    named by the `rest` of it."""
    whole, left = of(text, False).handles, of(rest, False)
    return tuple(h for h in of(held, False).handles if h in whole and h not in left.handles), left


def _seeks(rest: str, heard: tuple[str, str]) -> bool:
    """Whether something is looked for, and nothing asked of the thing itself."""
    looks = heard[0] == "product_search" or heard[1] in LOOKS
    return looks and not OF_IT.search(rest)


def _is_service(text: str, ask: str) -> bool:
    """Whether it is asked what it costs to have something done to a thing."""
    return ask == "price" and bool(SERVICE.search(fold(text)))
