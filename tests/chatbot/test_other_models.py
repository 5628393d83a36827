"""Which models a message names that the shop does not have, by the name of one that it does."""

import pytest

from chatbot.reading import products, strangers
from chatbot.terms import Lexicon, ProductWords

COMMON = frozenset(
    "a the how much is are do you have price of in stock for with me need water small nights long"
    " ukulele speaker jacket fountain interface headphone studio over ear rain pet".split()
)


def page(title, text, **options):
    handle = title.lower().replace(" ", "-")
    return ProductWords(handle, title, "Music", options, f"{title} {text}")


SHOP = Lexicon(
    (page("Wren Soprano Ukulele", "A small ukulele.", Colour=("Sage", "Coral")),
     page("Wren Concert Ukulele", "A larger ukulele with a bone saddle."),
     page("Vellum 60 Studio Headphones", "Headphones for mixing.", Impedance=("80 ohm",)),
     page("Moonwater Pet Fountain", "A fountain of ceramic."),
     page("Kestrel Rain Jacket", "A jacket with a hood.", Size=("S", "M"))),
    frozenset(), "", ("en",), help="Tuning is free. Refunds go back to the card.",
)  # fmt: skip


def rarity(word):
    return 0.3 if word in COMMON else 0.95


def stranger(text):
    matches = products.named(text, SHOP, rarity)
    return strangers.stranger(text, matches, SHOP, rarity, frozenset(("people",)))


@pytest.mark.parametrize(
    ("text", "name"),
    [("how much is the Wren tenor ukulele?", "wren tenor ukulele"),
     ("how heavy is the vellum 80", "vellum 80"),
     ("do you have the moonwater 2 fountain", "moonwater 2 fountain"),
     ("is the kestrel pro in stock", "kestrel pro"),
     ("price of the vellum 60 deluxe headphones", "vellum 60 deluxe headphones"),
     ("moonwater xl fountain?", "moonwater xl fountain"),
     ("how much is the wren banjo", "wren banjo")],
)  # fmt: skip
def test_a_model_beside_those_of_a_name_comes_back_as_typed(text, name):
    assert stranger(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "how much is the wren soprano ukulele",  # on sale
        "the wren soprno ukulele",  # with a slip
        "is the wren sop ukulele in stock",  # and short
        "wren crimson ukulele",  # a color, which it may not come in
        "do you have the kestrel xl jacket",  # a size, likewise
        "is the vellum 60 80 ohm in stock",  # a value of its own
        "how much is it, and is the wren cheaper",  # beside another
        "price of the wren tuning",  # what an article speaks of
        "is the wren waterproof ukulele nice",  # how it is
        "is the moonwater dishwasherproof",
        "do you have the wren. tenors, any?",  # in another breath
        "is the wren banjolike",  # nobody asks whether there is one
        "2 vellum 60 please",
    ],
)
def test_what_goes_by_its_own_name_or_may_be_said_of_it_is_no_other_model(text):
    assert stranger(text) == ""
