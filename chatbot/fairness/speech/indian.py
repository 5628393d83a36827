"""Indian English in writing.

After Kachru (1983), The Indianization of English, Sailaja (2009), Indian English, and Sedlatschek
(2009), Contemporary Indian English: the progressive of states ("I am wanting"), questions without
inversion, "kindly", "do the needful", "only" and "itself" for stress, the tag "isn't it".
"""

from __future__ import annotations

from random import Random

from .rules import KEPT, THING, rewrite

DEEDS = "recommend|suggest|check|compare|connect|change|make|give|wrap|track|cancel"
RULES = (
    (r"can you tell me", "kindly tell me"),
    (rf"can you ({DEEDS})", r"kindly \1"),
    (r"please", "kindly"),
    (r"show me", "kindly show me"),
    (r"I would like to", "I am wanting to"),
    (r"I want to", "I am wanting to"),
    (r"I need", "I am needing"),
    (r"do you (still )?have", r"are you \1having"),
    (r"have you got", "are you having"),
    (rf"does ({THING}) have", r"is \1 having"),
    (r"I have", "I am having"),
    (rf"how much does ({THING}) cost", r"how much \1 is costing"),
    (rf"what does ({THING}) cost", r"what \1 is costing"),
    (rf"(where|how much) is ({THING})", r"\1 \2 is"),
    (r"what do you have", "what all you are having"),
    (r"(how|what|which|when|why) (?:do|does) (I|it|you|we)", r"\1 \2"),
    (r"(how|what|which|when|where) (can|will|would) (I|you|we|my order)", r"\1 \3 \2"),
    (r"right now", "now itself"),
    (r"today", "today itself"),
    (r"I did not get", "I have not got only"),
    (r"I am looking for", "I am searching for"),
    (r"do not know", "am not knowing"),
    (r"I like", "I am liking"),
    (r"talk to", "talk with"),
    (r"under (" + KEPT + ")", r"within \1 only"),
    (r"arrived", "got delivered"),
)
ENDS = (" Please do the needful.", " Kindly revert.", "", "")


def say(text: str, dice: Random) -> str:
    """All rules that fit, often with a set phrase at the end."""
    return rewrite(text, RULES) + dice.choice(ENDS)
