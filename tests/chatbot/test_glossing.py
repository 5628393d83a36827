"""What messages in other languages say in English, by word lists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.reading import foreign
from chatbot.reading.glossing import GLOSSARIES, Glossary, glossaries, key
from chatbot.terms import Lexicon, Memory, ProductWords

KETTLE = ProductWords("kettle", "Larkspur Kettle", "Kitchen", {}, "Larkspur Kettle, 1.5 liters")
SHOP = Lexicon((KETTLE,), frozenset(), "#2001", ("en",))
LISTS = sorted(glossaries())


def ours(word):
    return word == "larkspur"


def gloss(entries, text, language="es"):
    return Glossary(language, entries).gloss(text, ours)


def english(text, **known):
    return foreign.in_english(text, Memory(**known), SHOP)


def test_the_longest_entry_counts():
    entries = {"cuanto": "how much", "cuanto cuesta": "how much does it cost", "cuesta": "slope"}
    assert gloss(entries, "¿Cuánto cuesta?").text == "how much does it cost?"


def test_an_entry_with_a_star_stands_for_every_word_so_begun():
    assert gloss({"wysylk*": "shipping"}, "wysyłkę").text == "shipping"
    assert gloss({"wysylk*": "shipping"}, "wysoki").known == 0.0


def test_words_that_are_not_set_apart_are_found_in_a_run():
    entries = {"退货": "return", "期限": "time limit", "吗": ""}
    assert gloss(entries, "退货期限吗？").text == "return time limit?"


def test_what_is_written_as_one_word_is_taken_apart():
    entries = {"woll*": "wool", "decke": "blanket"}
    assert gloss(entries, "Wolldecke", "de").text == "wool blanket"
    assert gloss(entries, "Wolldecke", "es").text == "wool"


def test_the_shops_own_words_figures_and_addresses_stay():
    told = gloss({"el": "the"}, "el Larkspur 1,5 #1001 ada@example.com")
    assert (told.text, told.known) == ("the Larkspur 1,5 #1001 ada@example.com", 1.0)


@pytest.mark.parametrize(
    "said",
    ["info@beispiel.de", "jean-luc@exemple.fr", "anna-lena@t-online.de", "SOMMER20", "Bestellung1234",
     "#1001-A", "FF-24816", "https://kaas.example.nl/garten", "1,5"],
)  # fmt: skip
def test_no_list_touches_addresses_numbers_and_codes(said):
    for one in glossaries().values():
        assert one.gloss(f"{said} {said}", ours).text == f"{said} {said}"


@pytest.mark.parametrize(
    ("code", "word", "said"),
    [("de", "milchfreie", "milk-free"), ("nl", "melkvrij", "milk-free"), ("tr", "şekersiz", "sugar-free"),
     ("ru", "безлактозный", "without lactose"), ("de", "Milch", "milk")],
)  # fmt: skip
def test_a_word_for_what_is_without_something_keeps_its_no(code, word, said):
    assert glossaries()[code].gloss(word, ours).text == said


class Counted(dict):
    """Entries that count how often they are looked up."""

    looked = 0

    def __contains__(self, key):
        self.looked += 1
        return super().__contains__(key)


@pytest.mark.parametrize("long", ["я@" * 2000, "a@" * 2000, "1" * 4000, "b" * 4000, "de " * 1300])
@pytest.mark.parametrize("code", ["de", "ru"])
def test_a_long_message_is_looked_up_in_steps_that_grow_no_faster(code, long):
    entries = Counted(glossaries()[code].entries)
    Glossary(code, entries).gloss(long, ours)
    assert entries.looked <= 100 * len(long)


@pytest.mark.parametrize("code", LISTS)
def test_no_list_says_two_things_of_one_word_or_holds_figures(code):
    lines = (GLOSSARIES / f"{code}.tsv").read_text("utf-8").splitlines()
    keys = [key(line.split("\t")[0]) for line in lines]
    assert len(keys) == len(set(keys))
    assert not any(c.isdigit() for k in keys for c in k)


def test_the_name_of_a_product_stays():
    entries = {"llama": "flame", "post": "mail"}
    told = Glossary("es", entries).gloss("Llama Post, llama", ours, {"llama post"})
    assert told.text == "Llama Post, flame"


def test_it_is_told_how_much_is_known():
    assert gloss({"el": "the"}, "el Larkspur pronto xyzzy").known == 0.5


@settings(deadline=None)  # the first message loads the lists
@given(st.text())
def test_no_message_breaks_a_list(text):
    for one in glossaries().values():
        assert 0.0 <= one.gloss(text, ours).known <= 1.0


@pytest.mark.parametrize("code", LISTS)
def test_a_list_has_no_entry_without_letters(code):
    assert all(key.strip("* ") for key in glossaries()[code].entries)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [("¿Cuánto cuesta la tetera?", "es", "how much"), ("Wie lange dauert der Versand?", "de", "shipping"),
     ("combien coûte la livraison", "fr", "how much"), ("Сколько стоит доставка?", "ru", "how much")],
)  # fmt: skip
def test_a_message_is_read_by_the_list_of_its_language(text, language, said):
    told = english(text)
    assert told.language == language
    assert said in told.text


@pytest.mark.parametrize(
    "text",
    [
        "how much is the kettle",
        "is it in stock in red",
        "hi",
        "can i pay with paypal",
        "Me too, pan?",
        "any promo codes?",
        "washed the duvet cover once and now dont like the feel",
        "slippers not wool, vegan cappuccino",
        "the corded version, the description said cordless",
        "restock the chestnut suede dungarees",
    ],
)
def test_english_stays_as_it_is(text):
    assert english(text) is None


def test_a_language_without_a_list_is_not_read():
    assert english("Hur mycket kostar frakten till Sverige och hur länge dröjer det?") is None


def test_a_shop_that_does_not_speak_english_first_reads_no_list():
    german = Lexicon((KETTLE,), frozenset(), "#2001", ("de", "en"))
    assert foreign.in_english("¿Cuánto cuesta la tetera?", Memory(), german) is None


def test_a_few_words_go_on_in_the_language_before():
    assert english("y en azul?") is None
    assert english("y en azul?", language="es").text == "and in blue?"


def test_foreign_words_in_an_english_message_are_read_without_more_ado():
    told = english("do u have botas de montaña para mujer size 8")
    assert (told.language, "boots" in told.text) == ("en", True)
    german = Lexicon((KETTLE,), frozenset(), "#2001", ("en", "de"))
    assert foreign.in_english("do u have botas de montaña para mujer", Memory(), german) is None
