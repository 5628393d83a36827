"""What is sold is found however a wish is framed, and nothing is shown that hardly fits beside it."""

import pytest

from chatbot.facts import finding
from chatbot.terms import Judged
from tests.chatbot.test_facts import ask, found, nowhere, on_sale
from tests.chatbot.test_measures import page
from tests.chatbot.test_page_lines import paged

BEANS, PRESS = on_sale("Foghorn Coffee Beans", "coffee"), on_sale("Galley Press", "coffee")


def only_bare(question, texts, near, **_more):
    """A judge that knows beans by the bare word alone."""
    sure = {text: 0.9 if question == "coffee" and "Beans" in text else 0.1 for text in texts}
    return [Judged(sure[text], 0.9) for text in texts]


@pytest.mark.parametrize(
    "text",
    ["coffee", "do you sell coffee", "Hi! Have you guys got any coffee", "I'm looking for coffee"],
)
def test_a_wish_is_read_without_its_frame_as_well(text):
    assert found(ask(text), PRESS, BEANS, answers=only_bare) == [BEANS.title]


def test_every_thing_that_may_fit_is_read_not_only_the_likeliest():
    asked = []

    def answers(_question, texts, _near, *, every=False):
        asked.append(every)
        return [Judged(0.5, 0.9) for _text in texts]

    assert len(found(ask("coffee"), PRESS, BEANS, answers=answers)) == 2 and all(asked)


@pytest.mark.parametrize(
    ("text", "sure", "shown"),
    [("coffee", (0.9, 0.1), 1), ("coffee", (0.9, 0.3), 2), ("coffee", (0.4, 0.05), 2),
     ("coffee beans or a press", (0.9, 0.1), 2)],
)  # fmt: skip
def test_beside_what_is_surely_meant_nothing_far_less_sure_is_shown(text, sure, shown):
    def answers(_question, _texts, near, **_more):
        return [Judged(s, 0.9) for s, _near in zip(sure, near, strict=True)]

    assert len(found(ask(text), BEANS, PRESS, answers=answers)) == shown


def test_what_goes_by_the_word_is_shown_beside_what_only_is_surer():
    def answers(_question, texts, _near, **_more):
        return [Judged(0.9 if "Banjolele" in text else 0.05, 0.9) for text in texts]

    stock = on_sale("Pennine Banjolele", "ukulele"), on_sale("Wren Ukulele")
    assert len(found(ask("show me ukuleles"), *stock, answers=answers)) == 2


@pytest.mark.parametrize(
    ("wish", "reason"),
    [("kettle for induction", "Works on induction."), ("kettle for a cold kitchen", "It sings.")],
)
def test_the_reason_for_a_thing_has_a_word_of_the_wish_and_is_no_word_on_its_care(wish, reason):
    kettle = page("Hob Kettle", "It sings.", "Works on induction.", "Care: wash cold.")
    (told,) = finding.search(ask(wish), paged(kettle), nowhere, lambda *_, **_more: [Judged(1, 1)])
    assert told.values.get("about", "It sings.") == reason
