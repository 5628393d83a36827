"""Shopify's customer export, older and newer columns."""

from __future__ import annotations

from pathlib import Path

from storefront import models

from .rows import CustomerRow, Line, Problem, lines, longest

REGION = ("Default Address Province Code", "Province Code", "Province")
MOST = longest(models.User)


def read(path: Path, problems: list[Problem]) -> list[CustomerRow]:
    """The customers of `path` that have an e-mail address, each address once."""
    found = [_customer(line) for line in lines(path, problems) if line.text("Email")]
    return list({row.email: row for row in found}.values())


def _customer(line: Line) -> CustomerRow:
    email = line.text("Email", most=MOST["email"]).lower()
    if "@" not in email:
        line.problem("Email", f'"{email}" is not an e-mail address.')
    return CustomerRow(
        email=email,
        first_name=line.text("First Name", most=MOST["first_name"]),
        last_name=line.text("Last Name", most=MOST["last_name"]),
        country=line.text("Default Address Country Code", "Country Code")[:2],
        region=line.text(*REGION, most=MOST["region"]),
        tags=tuple(t.strip() for t in line.text("Tags").split(",") if t.strip()),
        note=line.text("Note"),
    )
