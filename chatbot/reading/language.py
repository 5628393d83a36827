"""Which language a message is in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from py3langid import langid

SURE = 0.5  # below this a short message counts as the shop's first language
LETTERS_FOR_A_GUESS = 8  # "hi", "ok pls" say nothing of a language
OF_HOME = 0.6  # of the words known in the shop's own language: it is that one
# Spoken by enough shoppers to be told apart; rarer ones only confuse short messages.
TOLD_APART = (
    "ar cs da de el en es fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh".split()
)


def language(text: str, served: tuple[str, ...], at_home: float = 0.0) -> str:
    """The ISO 639-1 code of `text`; in doubt the first language the shop serves.

    Scripts other than Latin decide at once, whatever the length. `at_home` is the share of the
    words that are known in the shop's first language, 0..1.
    """
    home = served[0] if served else "en"
    letters = [c for c in text if c.isalpha()]
    foreign_script = sum("LATIN" not in unicodedata.name(c, "LATIN") for c in letters)
    if letters and foreign_script / len(letters) > 0.4:
        return str(_identifier().classify(text)[0])
    if len(letters) < LETTERS_FOR_A_GUESS or len(text.split()) < 2 or at_home >= OF_HOME:
        return home
    code, probability = _identifier().classify(text)
    return str(code) if probability >= SURE else home


@lru_cache(maxsize=1)
def _identifier() -> langid.LanguageIdentifier:
    found = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    found.set_languages(TOLD_APART)
    return found
