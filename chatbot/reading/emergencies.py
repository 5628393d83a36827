"""Words of somebody in danger or in despair: they come before everything else that was asked."""

from __future__ import annotations

import re

from .words import fold

DESPAIR = re.compile(
    r"\b(?:kill(?:ing)? my ?self|suicid\w*|end (?:my life|it all)|want(?:ed|ing)? to die"
    r"|(?:don'?t|do not|dont) want to (?:be here|be alive|live|exist|wake up)(?: any ?more)?"
    r"|(?:took|taken|swallowed) all (?:my|the) (?:pills|tablets|meds)|won'?t be around to"
    r"|hang(?:ing)? my ?self|by the neck|better off (?:dead|without me)"
    r"|no reason to (?:live|go on)|self[- ]harm\w*"
    r"|(?:hurt|harm|cut)(?:ting|ing)? my ?self(?! (?:on|with|by|while|when)))\b"
)
HURT = re.compile(
    r"\b(?:can'?t breathe|trouble breathing|short of breath|passed out|fainted"
    r"|unconscious|won'?t wake|(?:he|she|i|they) collapsed|seizures?|overdos\w+|choking"
    r"|throwing up|vomit\w*|poison(?:ed|ing)|electrocuted|(?:got|gave me) an? (?:electric )?shock"
    r"|(?:kid|child|baby|son|daughter|toddler|dog|cat|he|she|i) (?:just |has )?swallowed"
    r"|(?:i'?m|he'?s|she'?s|finger|hand|arm|leg|head|foot|nose) (?:is |are )?bleeding"
    r"|blood everywhere|it'?s bleeding|foaming|in my eye|drank (?:from|some of) the"
    r"|throat is (?:getting )?tight|burn(?:t|ed) (?:my|his|her|their|our|me|him)"
    r"|skin is (?:peeling|blistering|burning)"
    r"|(?:face|lips?|tongue|throat|eyes?)\b.{0,20}\bswell\w*|swollen (?:face|lips?|tongue|throat)"
    r"|(?:having|had|got|has|gave \w+) an? (?:\w+ )?allergic reaction|broke out in hives)\b"
)
# Of somebody's body alone: nothing that a shop sold, and nobody there can help.
ILL = re.compile(
    r"\b(?:chest (?:pains?|hurts?|aches?|(?:is |feels )?(?:hurting|aching|tight))|heart attack"
    r"|(?:having|had|has) a stroke|slurr(?:ed|ing) (?:speech|(?:my|his|her) words)"
    r"|(?:left (?:arm|side)|face)(?: is| feels| went| has gone)? (?:numb|tingl\w+|droop\w+))\b"
)
BURNS = re.compile(
    r"\b(?:smell(?:s|ing|ed)? (?:of |like )?gas|gas (?:is )?(?:leak\w*|smell)|carbon monoxide"
    r"|caught fire|on fire|flames? (?:are|is)|(?:is|it'?s|started|was) smoking"
    r"|(?:bulb|battery|glass|lamp|bottle|canister)\b.{0,20}\bexplod\w+"
    r"|(?:canister|cartridge|cylinder|valve)\b.{0,60}\b(?:leak\w*|hiss\w*)"
    r"|(?:leak\w*|hiss\w*)\b.{0,30}\b(?:valve|canister|cartridge|cylinder)"
    r"|(?:battery|power ?bank|cell)\b.{0,30}\b(?:swell\w*|swollen|bulg\w*|puff\w*|bloat\w*|smok\w*"
    r"|hiss\w*)|(?:is|it'?s) (?:bulging|swollen)|(?:cord|plug|socket|cable)\b.{0,20}\bsmok\w+"
    r"|(?:swollen|bulging|puffed up|smoking) (?:battery|power ?bank|pack|cell))\b"
)
UNWELL = re.compile(r"\b(?:dizzy|headach\w*|nause\w+|feel\w* (?:sick|faint)|drowsy)\b")
FUMES = re.compile(
    r"\b(?:stove|gas|heater|fumes?|smoke|burner|charcoal|generator|inside|tent|camper|van)\b"
)


def emergency(text: str) -> str:
    """ "despair", "danger" or "emergency" where a message speaks of one, else empty."""
    plain = fold(text)
    if DESPAIR.search(plain):
        return "despair"
    fumes = UNWELL.search(plain) and FUMES.search(plain)
    if fumes or HURT.search(plain) or BURNS.search(plain):
        return "danger"
    return "emergency" if ILL.search(plain) else ""
