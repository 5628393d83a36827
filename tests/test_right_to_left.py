"""Pages turn round with their language: styles name no side of the screen."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "static"
STYLES = [*ROOT.glob("storefront/*.css"), *ROOT.glob("widget/*.css"),
          *(ROOT / "chatbot" / f"{name}.css" for name in ("panel", "data", "receipt"))]  # fmt: skip
CHOSEN = re.compile(r":host\(\[data-position=")  # a website that says "left" means it
SIDES = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)
FOUR = re.compile(r"(?<![\w-])(margin|padding|border-radius|border-width|inset)\s*:\s*([^;}]+)")


def one_sided(css):
    """Declarations that would stay on their side where the page turns round."""
    rules = [rule for rule in css.split("}") if not CHOSEN.search(rule)]
    found = [hit.group() for rule in rules for hit in SIDES.finditer(rule)]
    for rule in rules:
        for name, value in FOUR.findall(rule):
            parts = value.split()
            if len(parts) == 4 and (parts[1] != parts[3] or name == "border-radius"):
                found.append(f"{name}: {value}")
    return found


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_a_style_names_no_side(path):
    assert one_sided(path.read_text()) == []


@pytest.mark.parametrize(
    "css",
    ["a { margin-left: 1px; }", "a{left:0}", "a { text-align: right; }", "a { padding: 1px 2px 1px 3px; }",
     "a { border-top-left-radius: 1px; }", "a { border-radius: 4px 1px 1px 1px; }"],
)  # fmt: skip
def test_a_side_that_is_named_is_found(css):
    assert one_sided(css)


@pytest.mark.parametrize(
    "css",
    ["a { margin-inline-start: 1px; }", "a { padding: 1px 2px 3px 2px; }", "a { justify-content: left-over; }",
     ":host([data-position='left']) a { left: 0; }".replace("'", '"')],
)  # fmt: skip
def test_what_turns_round_is_none(css):
    assert not one_sided(css)
