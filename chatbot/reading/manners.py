"""What stands around a question and asks nothing: greetings, names, thanks, haste, oneself.

A question is read without it, so that neither manners nor a name, an age or a disability change
what is answered. A message of nothing else is read as it is. The rules are for English; what the
shop's pages speak of is never taken for a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from chatbot.terms import Lexicon

from . import shop_words
from .words import SMALL_WORDS, words

GREETING = (
    r"(?:hi|hello|hey|hiya|greetings|good (?:day|morning|afternoon|evening)"
    r"|dear (?:team|all|sirs?))"
    r"(?: (?:there|team|all|everyone|to you|guys|sir|madam|you))?"
)
THANKS = (
    r"(?:(?:and |many |kind |best |warm )?(?:thanks|thank (?:you|u)|thx|cheers|regards)"
    r"(?:(?:,? (?:very|so) much| a lot| in advance| again| anyway)|,? and (?:kind|best) regards"
    r"| for (?:your|any|the|all your) (?:help|time|assistance))*)"
)
PLEAS = (
    r"(?:(?:can|could|would|will) (?:you|u|someone|anyone)(?: please| kindly)? help(?: me)?"
    r"(?: out)?(?:,? please)?|please(?: help(?: me)?)?"
    r"|sorry (?:to (?:bother|disturb)(?: you)?|for bothering you)"
    r"|excuse me|i hope you(?: are|'re) (?:well|fine)|(?:just )?a?n? ?quick question"
    r"|(?:please|kindly) (?:do the needful|revert(?: back)?|advise))"
)
HASTE = (
    r"(?:(?:and )?(?:please )?(?:hurry(?: up)?|be quick|quick(?:ly)?|make it (?:quick|fast)|asap)"
    r"|answer me|listen(?: up)?|hey,? you|no nonsense(?:,? please)?"
    r"|i (?:don't|do not) have (?:all day|much time))"
)
# Only what is said of oneself and can hardly bear on what is asked: nothing of allergies, pregnancy
# or where one lives. What the shop's articles speak of stays: there may be a discount for it.
AGE = r"\d{1,3}(?: years? old)?|in my (?:teens|twenties|(?:thir|for|fif|six|seven|eigh|nine)ties)"
WHO = (
    r"blind|deaf|dyslexic|autistic|disabled|paraly[sz]ed|visually impaired|partially sighted"
    r"|hard of hearing|retired|pensioner|elderly|left-handed|new here|(?:quite |very )?wealthy"
    r"|on a (?:low|tight) (?:income|budget)|unemployed|(?:grand)?(?:mother|father) of \w+"
    r"|(?:on (?:a|the) (?:train|bus)|at (?:work|home))(?: and typing on my phone)?"
)
SELF = re.compile(
    r"\W*(?:(?:by the way,? )?i(?:'m| am)(?: an?)? "
    rf"(?:(?P<age>{AGE})|(?P<who>{WHO}))"
    r"(?: and not good with (?:computers|technology)"
    r"| and (?:use|using|listening to) a screen reader)?"
    r"(?: by the way)?"
    r"|i (?:have a job|(?:still )?(?:go to|am at) (?:work|(?P<at>school)))"
    r"|i (?:use|have) (?P<has>a wheelchair|a screen reader|sign language|adhd"
    r"|a learning disability)|i type with one hand"
    r"|i (?:can't|cannot|don't|do not) (?:see|hear|walk|read)(?: very)?(?: well)?"
    r"|i (?:don't|do not) (?:often )?(?:write|type)(?: online| much)?|i like to write"
    r"|(?:my )?money is (?:(?:very |a bit )?tight|not (?:a|an|the) (?:problem|issue))"
    r"(?: at the moment| right now| for me)?|(?:the )?price is no object"
    r"|i (?:live on (?P<on>benefits)|earn very well))\W*",
    re.I,
)
# A shop that says so anywhere minds how old somebody is.
OF_AGE = re.compile(
    r"\b(?:1[68]|21)(?:\s*\+| years? (?:old|of age)| (?:or|and) (?:over|older))"
    r"|\b(?:be|over|under|at least) (?:1[68]|21)\b"
    r"(?! ?(?:days?|hours?|weeks?|months?|[kcm]?g|lb|oz|[cm]?m|in|inch(?:es)?|ft|m?l|%|x)\b)"
    r"|\bminors?\b|\b(?:of|proof of|your) age\b|\bage (?:limit|check|verification)",
    re.I,
)
ASIDE = re.compile(rf"\W*(?:{GREETING}|{THANKS}|{PLEAS}|{HASTE})\W*", re.I)
BEFORE = re.compile(rf"^\W*(?:{GREETING})\s*[,!.–-]+\s*", re.I)
AFTER = re.compile(rf"\s*(?:[,–—-]|(?<=[.?!]))\s*(?:{THANKS})\W*$", re.I)
PIECES = re.compile(r"(?<=[.?!])\s+|\n+")
NAME = r"(?P<name>[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’-]*){0,2}?)"
OPENED = re.compile(
    rf"^\W*(?:(?:(?i:{GREETING})[\s,!.–-]+)?(?i:this is|my name is|my name's)"
    rf"|(?i:{GREETING})[\s,!.–-]+(?i:i am|i'm|it is|it's)) {NAME}(?: here)?\s*(?:[,.!:–-]\s*|$)"
)
HERE = re.compile(rf"^\W*{NAME} (?i:here)\s*[,.!:–-]+\s*")
SIGNED = re.compile(rf"(?:\s+[–—-]\s*|\s*(?i:{THANKS}),?\s+){NAME}[\s.!]*$")
# Without any of these, thanks may be all there is to a message.
ASKS = re.compile(
    r"[?\d]|\b(?:i (?:want|need|like|would|am|have|had|did|do|got|bought|ordered|wait)|i'(?:m|d|ve)"
    r"|(?:show|tell|give|send) me|please|where|how|when|which|what|cancel|return|refund|broken?"
    r"|damaged|never|missing|wrong|complain\w*)\b",
    re.I,
)


def without(text: str, lexicon: Lexicon) -> str:
    """The message, less all that; the message itself where nothing would be left."""
    said = _unnamed(text, lexicon)
    pieces = [p for p in PIECES.split(said) if p and not ASIDE.fullmatch(p)]
    pieces = [p for p in pieces if not _of_oneself(p, lexicon)]
    bare = AFTER.sub("", BEFORE.sub("", " ".join(pieces), count=1)).strip()
    bare = bare if ASKS.search(bare) else said
    return bare if words(bare) else text


def _of_oneself(piece: str, lexicon: Lexicon) -> bool:
    """Whether a sentence only says who somebody is, and the shop's articles do not speak of it."""
    match, told = SELF.fullmatch(piece), shop_words.help_words(lexicon)
    if not match:
        return False
    said = set(words(" ".join(filter(None, match.group("who", "at", "has", "on")))))
    return not (said - SMALL_WORDS) & told and not (match["age"] and _minds_age(lexicon))


@lru_cache(maxsize=4)
def _minds_age(lexicon: Lexicon) -> bool:
    """Whether an article or a product's page tells from which age on something is sold."""
    return any(OF_AGE.search(text) for text in (lexicon.help, *(p.text for p in lexicon.products)))


def _unnamed(text: str, lexicon: Lexicon) -> str:
    """Without the name of who writes, at the beginning and at the end."""
    for pattern, said in ((OPENED, _called), (HERE, _called), (SIGNED, _written)):
        match = pattern.search(text)
        if match and _is_name(match["name"], said, lexicon):
            text = f"{text[: match.start()]} {text[match.end() :]}".strip()
    return text


def _is_name(name: str, said: Callable[[str, Lexicon], bool], lexicon: Lexicon) -> bool:
    """Whether all words begin with a capital, and not all are the shop's own: people are called
    Ebony, Kenya and Banks."""
    ours = all(said(word, lexicon) for word in words(name))
    return all(part[:1].isupper() for part in name.split()) and not ours


def _called(word: str, lexicon: Lexicon) -> bool:
    """Whether a product is called so; "this is" and the like surely open a name else."""
    return word in shop_words.titles_with(lexicon)


def _written(word: str, lexicon: Lexicon) -> bool:
    """Whether the shop writes the word; behind a dash an option or a country may stand."""
    return word in shop_words.help_words(lexicon) or shop_words.on_pages(word, lexicon)
