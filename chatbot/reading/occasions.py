"""What a message tells of rather than asks: seasonal wishes, good news, a loss, a good night."""

from __future__ import annotations

import re

from .words import fold, words

FEW_WORDS = 12  # of a message that is nothing else
FEASTS = (
    r"(?:thanksgiving|christmas|x-?mas|holidays?|holiday season|hanukkah|chanukah|kwanzaa|diwali"
    r"|eid|ramadan|passover|easter|halloween|new year'?s?|nye|valentine'?s?|mother'?s day"
    r"|father'?s day|st\.? patrick'?s day|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|hols)"
)
GOOD = r"(?:very|really|nice|great|good|lovely|happy|merry|wonderful|fab|safe|fun)"
WISHES = re.compile(
    rf"\b(?:happy|merry|joyous|blessed) {FEASTS}\b|\bseason'?s greetings\b|\beid mubarak\b"
    r"|\bhappy (?:early|belated) \w+\b|\bmerry (?:crimbo|chrimbo)\b"
    rf"|\b(?:have|enjoy) (?:an? |your |the )?(?:{GOOD} )*{FEASTS}\b"
)
NIGHT = re.compile(
    r"\b(?:good ?night|nighty night|night night|sweet dreams|sleep well)\b|^\W*night\b"
)
KIN = (
    r"(?:wife|husband|partner|mom|mum|mother|dad|father|sister|brother|son|daughter|friend|uncle|aunt"
    r"|cousin|gran|granny|nan|grandma|grandpa|grand(?:mother|father|son|daughter)|baby|child|dog|pup"
    r"|puppy|cat|kitten|kitty|pet|horse|bunny|hamster)"
)
LOSS = re.compile(
    rf"\b(?:my|our) (?:\w+ )?{KIN}(?: \w+)? (?:has |have |had |just |sadly |recently |suddenly )*"
    r"(?:passed(?: away| on)?|died|is dead|was killed)\b"
    rf"|\b(?:i|we)(?:'ve| have)? (?:just |recently |sadly )?lost (?:my|our) (?:\w+ )?{KIN}\b(?!'s)"
    r"|\b(?:my|our|his|her) \w+'s (?:funeral|memorial service)\b|\bbereave\w*"
    r"|\bi(?:'m| am) (?:recently |newly )?(?:widowed|a widow|a widower|grieving)\b"
)
PETS = r"(?:puppy|kitten|baby|dog|cat|job|house|flat)"
PASSED = r"(?:exams?|tests?|grade \w+|finals|course|degree|audition|interview)"
JOY = re.compile(
    rf"\b(?:passed|got|aced) (?:my|our|the) (?:\w+ ){{0,2}}{PASSED}\b"
    r"|\b(?:i|we)(?:'ve| have| just| finally)* (?:graduated|won|had (?:a|our) baby"
    r"|got (?:in|engaged|married|promoted|the (?:job|keys|house)))\b"
    rf"|\b(?:got|have|adopted) (?:an?|our|my) (?:(?:new|first|little) )*{PETS}\b.*(?:!|\bexcited\b)"
    r"|\b(?:i'm|we're|i am|we are) (?:expecting|having a baby|engaged|getting married)\b"
    r"|\b(?:it's|its|today is) my (?:\w+ )?birthday\b"
)
# Who writes one of these wants something besides.
WANTS = re.compile(
    r"\?|\b(?:where|when (?!it\b)|what|how|which|who|can|could|do|does|is there|need|want|looking"
    r"|order\w*|return|refund|buy|price|cancel|code|discount|track\w*|suggest\w*|recommend\w*"
    r"|gifts?|present|show|deliver\w*|arriv\w*|ship\w*)\b"
)


def occasion(text: str) -> str:
    """ "loss", whatever else is asked; "wishes", "night" or "joy" of a message that is nothing
    else; empty for none."""
    plain = fold(text)
    if LOSS.search(plain):
        return "loss"
    if len(words(plain)) > FEW_WORDS or WANTS.search(plain):
        return ""
    kinds = {"wishes": WISHES, "night": NIGHT, "joy": JOY}
    return next((kind for kind, pattern in kinds.items() if pattern.search(plain)), "")
