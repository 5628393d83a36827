"""By what words a long message names a product, and does not only speak of what things are for."""

import pytest

from chatbot.reading.spoken import spoken_of
from chatbot.terms import Lexicon, Memory, ProductWords

TITLES = ("Granite Bay Cocoa", "Larkspur Theorbo String", "Fern Mug")
SHOP = Lexicon(
    tuple(ProductWords(t, t, "All", {}, f"{t}. The granite, the bay, the theorbo.") for t in TITLES),
    frozenset(), "", ("en",),
)  # fmt: skip


def rarity(word):
    return 0.95 if word in ("theorbo", "larkspur") else 0.6


@pytest.mark.parametrize(
    ("text", "handles"),
    [("what thickness do the theorbos come in, tell me all of them", TITLES[1:2]),
     ("how do we store the granite and a bay leaf so that they stay fresh", ()),
     ("our kitchen has a granite top and a bay window, what goes well there", ()),
     ("my uncle plays theorbo in a church and wants something new for it", ())],
)  # fmt: skip
def test_in_a_story_a_thing_is_named_by_words_used_as_a_name(text, handles):
    assert spoken_of(text, "", Memory(), SHOP, rarity, frozenset()).handles == tuple(handles)
