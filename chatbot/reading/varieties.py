"""Words and turns of other Englishes in the standard's, for models that have read few of them.

Spellings of the Concise Scots Dictionary (2nd ed., 2017); progressives of states and "kindly" after
Sailaja (2009), Indian English; "or not" and particles after Leimgruber (2013), Singapore English;
"ain't", "y'all", "finna", "tryna" after Green (2002), African American English; gift cards go by
several names. A word that the shop's own texts write stays as it is.
"""

from __future__ import annotations

import re

from chatbot.terms import Lexicon

from . import shop_words
from .words import stem

SCOTS = {
    "whit": "what", "whaur": "where", "hou": "how", "dae": "do", "daes": "does", "ye": "you",
    "yer": "your", "youse": "you", "ma": "my", "tae": "to", "fae": "from", "frae": "from",
    "wi": "with",
    "wi'": "with", "o'": "of", "oot": "out", "aboot": "about", "noo": "now", "gie": "give",
    "gies": "give me", "huv": "have", "hae": "have", "hus": "has", "fur": "for", "wis": "was",
    "wur": "were",
    "jist": "just", "mair": "more", "lang": "long", "wrang": "wrong", "ken": "know", "wee": "small",
    "aye": "yes", "nae": "no", "naw": "no", "ah'm": "I am", "ah": "I", "auld": "old",
    "guid": "good",
    "cannae": "cannot", "dinnae": "do not", "doesnae": "does not", "didnae": "did not",
    "isnae": "is not",
    "wasnae": "was not", "wouldnae": "would not", "widnae": "would not", "havenae": "have not",
    "hasnae": "has not", "willnae": "will not", "couldnae": "could not", "gonnae": "can you",
    "da": "the", "dis": "this", "een": "one", "yin": "one", "fir": "for",
    "haud": "hold", "tak": "take", "mak": "make", "hame": "home", "gonny": "can you",
}  # fmt: skip
# One of these alone may be a slip or a name; of two the writer surely writes Scots.
SURELY = frozenset(w for w in SCOTS if w.endswith(("nae", "oot"))) | {
    "dae", "tae", "fae", "whit", "whaur"
}  # fmt: skip
OTHERS = {
    "kindly": "please", "yous": "you", "y'all": "you", "yall": "you", "ya'll": "you",
    "tryna": "trying to",
    "finna": "going to", "wanna": "want to", "gonna": "going to", "gotta": "have to",
    "gimme": "give me",
    "ain't": "not", "aint": "not",
    "cst": "cost", "hrs": "hours", "swop": "swap", "swopped": "swapped", "swopping": "swapping",
}  # fmt: skip
STATES = "want|need|lik|know|cost|prefer|understand|requir|possess"
DROPPED = (
    "look|wait|miss|ask|charg|mak|tak|try|ship|go|com|think|buy|return|exchang|happen|work|send"
)
ASKING = r"how|why|how long|how much|how many \w+"
HELPING = "am|are|was|were|can|could|will|would|do|did|have|had|should|must|may|got|also"
TURNS = (
    (r"^(?:aye|right|och),\s*", ""), (rf"\b({DROPPED})in\b'?", r"\1ing"),
    (rf"^({ASKING}) (i|you|we) (?!(?:{HELPING})\b)(?=.*\?)", r"\1 do \2 "),
    (r"\b(?:y'all|yall) got\b|^you got\b", "do you have"),
    (r"^got (.+?) or not\b", r"do you have \1"),
    (r"^can (?!i\b|you\b|we\b)(.+?) or not\b", r"can I \1"),
    (r",? or not(?=\W*$)", ""), (r",? (?:lah|leh|lor|liao|meh|hor|ah|eh)(?=[?.!])", ""),
    (r"\bare (?:you|u) (still )?having\b", r"do you \1have"), (r"\bi(?:'m| am) having\b", "I have"),
    (rf"\b(?:am|'m|are|is) ({STATES})ing\b", r"\1"), (r"\b(lik|requir)(?= )", r"\1e"),
    (r"^(how much|what|where) (this|that|it)(?=(?: one)?\W*$)", r"\1 is \2"),
    # ways to ask for a price, or a guarantee, that sound like harm and standing about
    (r"\bwh?at(?:'?s| is|'?ll be| would be)? the damage"
     r"(?=\W*$| (?:for|all (?:up|in)|altogether)\b)", "how much is it"),
    (r"\bstand behind (?=(?:it|them|that|this|these|those|your|the|what)\b)", "guarantee "),
    (r"\btoday itself\b", "today"), (r"\bnow itself\b", "now"),
)  # fmt: skip
GIFT_CARD = re.compile(r"\b((?:gift |e-?)(?:voucher|certificate|token))(s?)\b", re.I)
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?'?")
WORDS = {**OTHERS, **SCOTS}
IS = "'s"  # "whit's", "whaur's"


def plain(text: str, lexicon: Lexicon) -> str:
    """The message with such words and turns in the standard's."""
    for pattern, words in TURNS:
        text = re.sub(pattern, words, text, flags=re.I)
    text = GIFT_CARD.sub(lambda found: _gift_card(found, lexicon), text)
    said = {_folded(word).removesuffix(IS) for word in TOKEN.findall(text)}
    known = {w for w in said if w in WORDS and not _ours(w, lexicon)}
    scots = known & SCOTS.keys()
    if not scots & SURELY and len(scots) < 2:
        known -= scots
    return TOKEN.sub(lambda m: _standard(m[0], known), text)


def _standard(word: str, known: set[str]) -> str:
    """A word in the standard's, if it is one of those `known` to be another's."""
    bare = _folded(word).removesuffix(IS)
    if bare not in known:
        return word
    return WORDS[bare] + (IS if _folded(word).endswith(IS) else "")


def _gift_card(found: re.Match[str], lexicon: Lexicon) -> str:
    """What the shop calls it, if it does not write the name itself."""
    told = (lexicon.help, *(product.text for product in lexicon.products))
    ours = any(found[1].casefold() in text.casefold() for text in told)
    return found[0] if ours else f"gift card{found[2]}"


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _ours(word: str, lexicon: Lexicon) -> bool:
    """Whether the shop writes the word itself."""
    own = stem(word)
    return shop_words.on_pages(own, lexicon) or own in shop_words.help_words(lexicon)
