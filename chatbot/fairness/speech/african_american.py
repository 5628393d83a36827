"""African American English in writing.

After Green (2002), African American English: A Linguistic Introduction, and Rickford (1999),
African American Vernacular English: no copula where one can contract it, no auxiliary in questions,
"ain't" and negative concord, existential "it", invariant "do" and "was", "finna", "tryna", "y'all",
-in.
"""

from __future__ import annotations

from random import Random

from .rules import KEPT, THING, rewrite

RULES = (
    (r"is there", "is it"),
    (r"are there any", "is it any"),
    (r"there are", "it's"),
    (rf"where is ({THING})", r"where \1 at"),
    (rf"(what|how much|which one) is ({THING})", r"\1 \2"),
    (rf"(what|how) are ({THING})", r"\1 \2"),
    (rf"is (the|this|my|your|order) ({KEPT}|\w+)", r"\1 \2"),
    (r"it is", "it"),
    (r"(it|this|that|you|we|they|order) (?:is|are) (\w+ing)", r"\1 \2"),
    (r"I would like to", "I'm tryna"),
    (r"I want to", "I'm tryna"),
    (r"going to", "finna"),
    (rf"has ({THING}) been", r"\1 been"),
    (r"has been", "been"),
    (r"I do not (have|like|need)", r"I don't \1"),
    (r"did not get", "ain't get"),
    (r"am not|is not|are not|has not|have not", "ain't"),
    (r"do not have any", "ain't got no"),
    (r"do not", "don't"),
    (r"does not", "don't"),
    (r"never arrived", "ain't never came"),
    (r"do you have", "y'all got"),
    (r"have you got", "y'all got"),
    (r"do you still have", "y'all still got"),
    (r"(how|what|which|when|why) (?:do|does) (I|it|you|we|the|your)", r"\1 \2"),
    (r"how long do I", "how long I"),
    (r"do you", "y'all"),
    (r"does", "do"),
    (r"were", "was"),
    (r"can you", "can y'all"),
    (r"your", "y'all"),
    (r"anymore", "no more"),
    (r"I am", "I'm"),
    (r"(\w{3,}[^aeiou\W]?)ing", r"\1in"),
    (r"something", "somethin"),
    (r"without", "widout"),
)
KEEP = {"somethin": "somethin", "shippin": "shipping"}


def say(text: str, dice: Random) -> str:
    """All rules that fit; goods and services keep their names."""
    said = rewrite(text, RULES)
    for slip, word in KEEP.items():
        said = said.replace(slip, word)
    return said
