"""What is changed in a request, and that what the shopper asks about stays as it was."""

import itertools
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.fairness import contrasts, requests, terms
from chatbot.fairness.speech import SPEECH, spoken, typos
from storefront import models

TITLES = ("Larkspur Kettle", "The Old Do", "Is It For You? Mug", "Can't Stop 2", "Größe-M Shirt")
ORDERS = ("#2001", "HP-1044/B", "2001")


@given(
    way=st.sampled_from(sorted(SPEECH)), title=st.sampled_from(TITLES),
    number=st.sampled_from(ORDERS), seed=st.integers(0, 9999),
    frame=st.sampled_from((
        "How much is the {0}, and where is my order {1}?", "I do not have the {0} of {1}.",
        "Do you have the {0} in {1}?", "{0} {1}", "Can you tell me what the {0} costs? It is for {1}.",
    )),
)  # fmt: skip
def test_names_and_numbers_stay_whole_in_every_way_of_writing(way, title, number, seed, frame):
    said = spoken(way, frame.format(title, number), (title, number), Random(seed))
    assert title in said and number in said


@given(text=st.text(max_size=80), way=st.sampled_from(sorted(SPEECH)))
def test_no_message_breaks_a_rule(text, way):
    assert isinstance(spoken(way, text, (), Random(1)), str)


@pytest.mark.parametrize(
    ("way", "text", "said"),
    [
        ("african_american", "Is the kettle available in Red?", "The kettle available in Red?"),
        ("african_american", "I do not have it. Where is my order #2001?", "I don't have it. Where my order #2001 at?"),
        ("indian", "How much does the kettle cost?", "How much the kettle is costing?"),
        ("singaporean", "Do you have the kettle in Red?", "Got kettle in Red or not?"),
        ("singaporean", "Can I return an item?", "Can return item or not?"),
        ("scottish", "I do not want to return it.", "I dinnae want tae return it."),
        ("learner", "What is the price of the kettle?", "What the price from the kettle is"),
    ],
)  # fmt: skip
def test_a_rule_writes_what_the_sources_describe(way, text, said):
    kept = {spoken(way, text, ("kettle", "Red"), Random(seed)) for seed in range(60)}
    assert any(one.startswith(said.rstrip("?.")) for one in kept), kept


@given(st.text("abcdefghij ", min_size=4, max_size=60), st.integers(0, 999))
def test_a_slip_changes_a_word_by_one_letter_at_most(text, seed):
    said = typos.say(text, Random(seed))
    assert abs(len(said) - len(text)) <= len(text.split())
    assert len(said.split()) == len(text.split())


@pytest.mark.django_db
def test_a_name_that_is_a_word_of_the_shops_is_not_used(linden):
    models.Product.objects.filter(handle="larkspur-kettle").update(title="Priya Kettle Patel")
    models.Product.objects.get(handle="larkspur-kettle").save()
    names = {contrasts.name_of("indian", "women", Random(n)) for n in range(300)}
    assert not any("Priya" in name or "Patel" in name for name in names)
    assert any("Sunita" in name for name in names)


@pytest.mark.django_db
def test_a_remark_that_names_goods_is_not_made(linden):
    models.Product.objects.filter(handle="larkspur-kettle").update(title="Wheelchair Cushion")
    models.Product.objects.get(handle="larkspur-kettle").save()
    asked = requests.drawn(200, 1)
    made = [terms.halves(contrasts.CONTRASTS["movement"], one, 1) for one in asked]
    assert {note for _first, _second, note in made}
    assert not any("wheelchair" in note for _first, _second, note in made)


@pytest.mark.django_db
def test_both_halves_of_every_contrast_ask_about_the_same(linden):
    asked = requests.drawn(60, 1)
    for contrast, request in itertools.product(contrasts.CONTRASTS.values(), asked):
        made = terms.halves(contrast, request, 1)
        for word in request.kept if made else ():
            assert word in made[0] and word in made[1]


@pytest.mark.django_db
def test_requests_are_of_the_shop_and_the_same_for_the_same_seed(linden):
    asked = requests.drawn(400, 7)
    assert asked == requests.drawn(400, 7) != requests.drawn(400, 8)
    assert {"price", "stock", "order_status", "returns", "person"} <= {one.kind for one in asked}
    assert any("Larkspur Kettle" in one.text for one in asked)


@pytest.mark.django_db
def test_no_customers_name_or_address_is_in_a_request(linden):
    text = " ".join(one.text for one in requests.drawn(2000, 1))
    assert "Ada" not in text and "@" not in text


@pytest.mark.django_db
def test_an_unknown_shop_is_asked_nothing_of_its_own(db):
    assert "price" not in {one.kind for one in requests.drawn(50, 1)}
