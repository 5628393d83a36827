"""Units, by what they are units of, and the figures that stand before them."""

from __future__ import annotations

import re

LENGTH, MASS, VOLUME, TIME, PEOPLE = "length", "mass", "volume", "time", "people"
# Each unit with its kind, and how much of the kind's own unit it is.
UNITS: dict[str, tuple[str, float]] = {
    "mm": (LENGTH, 0.1), "cm": (LENGTH, 1), "m": (LENGTH, 100), "inch": (LENGTH, 2.54),
    "inches": (LENGTH, 2.54), "in": (LENGTH, 2.54), "ft": (LENGTH, 30.48), "feet": (LENGTH, 30.48),
    "foot": (LENGTH, 30.48), "metre": (LENGTH, 100), "metres": (LENGTH, 100),
    "meter": (LENGTH, 100), "meters": (LENGTH, 100),
    "g": (MASS, 1), "gram": (MASS, 1), "grams": (MASS, 1), "kg": (MASS, 1000), "kgs": (MASS, 1000),
    "kilo": (MASS, 1000), "kilos": (MASS, 1000), "oz": (MASS, 28.35), "ounces": (MASS, 28.35),
    "lb": (MASS, 453.6), "lbs": (MASS, 453.6), "ml": (VOLUME, 1), "l": (VOLUME, 1000),
    "litres": (VOLUME, 1000), "liters": (VOLUME, 1000), "litre": (VOLUME, 1000),
    "liter": (VOLUME, 1000), "fl oz": (VOLUME, 29.57), "qt": (VOLUME, 946.4),
    "quarts": (VOLUME, 946.4), "quart": (VOLUME, 946.4), "gallon": (VOLUME, 3785),
    "gallons": (VOLUME, 3785), "minutes": (TIME, 1 / 60), "mins": (TIME, 1 / 60),
    "min": (TIME, 1 / 60), "hours": (TIME, 1), "hour": (TIME, 1), "hrs": (TIME, 1), "h": (TIME, 1),
    "days": (TIME, 24), "weeks": (TIME, 168), "months": (TIME, 730),
    "lumens": ("light", 1), "lumen": ("light", 1), "lm": ("light", 1), "lux": ("lux", 1),
    "db": ("sound", 1), "°c": ("cold", -1), "°f": ("cold", -1), "tog": ("tog", 1),
    "w": ("power", 1), "watt": ("power", 1), "watts": ("power", 1), "kw": ("power", 1000),
}  # fmt: skip
# What sizes are called, from small to big.
SCALE = tuple(
    "xxs,xs,extra small,mini,tiny,travel,pocket,s,small,carry-on,cabin,regular,standard,m,medium,l"
    ",large,big,xl,extra large,jumbo,giant,xxl,xxxl".split(",")
)
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
FIGURE = re.compile(rf"({NUMBER})[ -]?({UNIT})(?!\w)", re.I)


def amount(number: str) -> float:
    """ "1,380" as 1380, "1,5" as 1.5."""
    return float(THOUSANDS.sub("", number).replace(",", "."))
