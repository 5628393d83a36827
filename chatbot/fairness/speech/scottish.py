"""Scottish English as it is written in messages.

After Miller (2004), Scottish English: morphology and syntax, in A Handbook of Varieties of English,
and the spellings of the Concise Scots Dictionary (2nd ed., 2017): the clitic -nae, "wee", "aye",
"ken", "ye", "tae", "fae", "oot", "gonnae". It is broad rather than standard Scottish English.
"""

from __future__ import annotations

from random import Random

from .rules import rewrite

RULES = (
    (r"(?:cannot|can not|can't)", "cannae"),
    (r"do not|don't", "dinnae"),
    (r"does not|doesn't", "doesnae"),
    (r"did not|didn't", "didnae"),
    (r"is not|isn't", "isnae"),
    (r"am not", "am no"),
    (r"would not", "widnae"),
    (r"do you know", "dae ye ken"),
    (r"can you tell me", "gonnae tell us"),
    (r"can you", "can ye"),
    (r"do", "dae"),
    (r"you", "ye"),
    (r"your", "yer"),
    (r"my", "ma"),
    (r"to", "tae"),
    (r"of", "o'"),
    (r"with", "wi"),
    (r"from", "fae"),
    (r"about", "aboot"),
    (r"out", "oot"),
    (r"now", "noo"),
    (r"give", "gie"),
    (r"what", "whit"),
    (r"know", "ken"),
    (r"small|little", "wee"),
    (r"was", "wis"),
    (r"I am", "Ah'm"),
    (r"just", "jist"),
    (r"more", "mair"),
    (r"long", "lang"),
    (r"wrong", "wrang"),
    (r"person", "body"),
    (r"for", "fur"),
    (r"have", "huv"),
)
OPENERS = ("Aye, ", "Right, ", "", "")
WEE = (r"(a|any) (discount|gift|present|code|refund|return)", r"\1 wee \2")


def say(text: str, dice: Random) -> str:
    """All rules that fit, often with an opening word."""
    said = rewrite(rewrite(text, (WEE,)), RULES)
    opener = dice.choice(OPENERS)
    return opener + (
        said if said[:2] in ("I ", "Ah") or not opener else said[:1].lower() + said[1:]
    )
