"""Where the shop's rules and the articles that explain them disagree."""

import pytest

from storefront.importing.rows import ArticleRow, Problems
from storefront.importing.shop_rules import disagreements, read


def told(rules, topic, text):
    return disagreements(rules, [ArticleRow(topic, topic.title(), topic, None, text, "")])


@pytest.mark.parametrize(
    ("hours", "text", "fine"),
    [
        (2, "within 2 hours of ordering", True),
        (2, "within **2** hours of ordering", True),
        (1, "within 1 hour of ordering", True),
        (2, "within a day of ordering", False),
        (1, "within 2 hours of ordering", False),
    ],
)
def test_a_rule_has_to_stand_in_its_article_as_it_is_said_there(hours, text, fine):
    rules = {"cancellation": {"window_hours": hours}}
    assert (told(rules, "cancel", text) == []) is fine


def test_a_fee_stands_in_its_article_in_any_currency():
    rules = {"returns": {"label_fee": 3.95}}
    assert told(rules, "returns", "The label costs £3.95.") == []
    assert "label_fee = 3.95" in told(rules, "returns", "The label is free.")[0]


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ('currency = "EUR"', True),
        ("", True),
        ('currency = "eur"', False),
        ('currency = "€"', False),
        ('currency = ""', False),
        ("currency = 978", False),
    ],
)
def test_a_currency_is_three_capital_letters(tmp_path, line, fine):
    problems = Problems()
    (tmp_path / "shop.toml").write_text(f"[shop]\n{line}\n")
    read(tmp_path / "shop.toml", problems)
    assert [p.column for p in problems] == ([] if fine else ["shop.currency"])
