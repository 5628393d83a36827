"""Names, manners, and who somebody is leave the reading as it is; so do the words of other Englishes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading import manners, varieties
from chatbot.terms import Lexicon, ProductWords

TITLE = "Larkspur Kettle"
LEXICON = Lexicon(
    (ProductWords("larkspur-kettle", TITLE, "Kitchen", {"Color": ("Red", "Moss")}, f"{TITLE} Red Moss wee"),),
    frozenset(), "#1001", ("en",), "We ship to France. Write to Clover.",
)  # fmt: skip
ASKED = "How much is the Larkspur Kettle?"


@pytest.mark.parametrize(
    "around",
    [
        "Hi, this is Lakisha Washington. {}", "Hi, this is Ngozi, {}", "{} – Wei Zhou", "{} Thanks, José",
        "My name is Małgorzata Nowak. {}", "Hello, I'm Khadija Al-Masri. {}", "Brad here. {}",
        "Hello! {} Thank you very much!", "Good day to you. {} Many thanks.", "Sorry to bother you. {}",
        "Could you please help me? {}", "{} And hurry up.", "Answer me. {}", "{} Please do the needful.",
        "I'm 78 and not good with computers. {}", "I am blind. {}", "{} I use a wheelchair.",
        "Hi, this is Clover. {}", "Kenya Banks here. {}", "{} – Clover Banks", "I have a job. {}",
        "Money is tight at the moment. {}", "{}\n\nKind regards,\nPriya",
    ],
)  # fmt: skip
def test_what_stands_around_a_question_is_left_out(around):
    assert manners.without(around.format(ASKED), LEXICON) == ASKED


@pytest.mark.parametrize(
    "text",
    [
        "hello", "Thanks!", "Hello! Thank you very much", "this is great, thank you", "Hi, this is Ngozi",
        "How much is the Larkspur Kettle – Moss", "This is Larkspur. How much?", "I'm pregnant. Is it safe?",
        "I am allergic to nickel. Can I use it?", "Do you ship abroad - France", "my name is on it",
        "I'm looking for a kettle", "Order 1001. John", "Hi Anna, do you ship to France?",
    ],
)  # fmt: skip
def test_what_says_something_stays(text):
    assert manners.without(text, LEXICON) == text


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Whit dae ye huv in Red?", "what do you have in Red?"),
        ("I cannae find ma order", "I cannot find my order"),
        ("I am wanting to return it.", "I want to return it."),
        ("Are you having it in Red?", "do you have it in Red?"),
        ("How much this one leh?", "How much is this one?"),
        ("Kindly cancel it", "please cancel it"),
        ("Got kettles in Red or not?", "do you have kettles in Red?"),
        ("Can return it or not?", "can I return it?"),
        ("What sizes y'all got?", "What sizes do you have?"),
        ("I'm waitin on my order", "I'm waiting on my order"),
        ("How I return it?", "How do I return it?"),
        ("It come already lah.", "It come already."),
        ("two of them, what's the damage?", "two of them, how much is it?"),
        ("how long do you stand behind it", "how long do you guarantee it"),
        ("whaur's ma mug", "where's my mug"),
        ("whit's da cost o' it", "what's the cost of it"),
    ],
)
def test_words_and_turns_of_other_englishes_are_read_as_the_standards(said, plain):
    assert varieties.plain(said, LEXICON) == plain


@pytest.mark.parametrize(
    "said", ["gift vouchers", "Gift certificates", "e-vouchers", "gift tokens"]
)
def test_a_gift_card_goes_by_several_names_where_the_shop_does_not_write_them(said):
    assert varieties.plain(f"do you sell {said}?", LEXICON) == "do you sell gift cards?"
    own = replace(LEXICON, help=f"Our {said} last 2 years.")
    assert varieties.plain(f"do you sell {said}?", own) == f"do you sell {said}?"


@pytest.mark.parametrize(
    "text",
    [
        "Do you have a fur coat?", "is Ma Chérie in stock", "ah ok", "What have you got in blue",
        "do you have the wee kettle", "How much I love it", "when I return it, who pays?", "a cabin in Maine",
        "what's the damage to my parcel", "what is the damage? my mug came in pieces", "does it stand behind a sofa",
    ],
)  # fmt: skip
def test_words_that_only_look_like_them_stay(text):
    assert varieties.plain(text, LEXICON) == text


@pytest.mark.parametrize(
    ("remark", "article"),
    [
        ("I am retired.", "Retired? 10% off."), ("I'm 16.", "You must be 18 to buy knives."),
        ("I am disabled.", "Free delivery for disabled people."),
    ],
)  # fmt: skip
def test_what_the_shops_articles_speak_of_is_read(remark, article):
    asked = f"{remark} {ASKED}"
    assert manners.without(asked, LEXICON) == ASKED
    assert manners.without(asked, replace(LEXICON, help=article)) == asked


@pytest.mark.parametrize("article", [
    "Refunds within 21 days.", "Our shop: 18 Cannery Lane.", "Points expire after 18 months.",
    "Parcels over 18 lb cost more.",
])  # fmt: skip
def test_a_number_of_something_else_does_not_make_the_shop_mind_an_age(article):
    asked = f"I'm 16. {ASKED}"
    assert manners.without(asked, replace(LEXICON, help=article)) == ASKED


@pytest.mark.parametrize("remark", ["I still go to work.", "I still go to school."])
def test_who_works_is_read_as_who_learns_where_articles_say_how_things_work(remark):
    lexicon = replace(LEXICON, help="How our repairs work.")
    assert manners.without(f"{remark} {ASKED}", lexicon) == ASKED


def test_a_page_that_tells_from_which_age_on_something_is_sold_has_ages_read():
    knife = replace(LEXICON.products[0], text="Knife. Buyers must be 18 or over.")
    asked = f"I'm 16. {ASKED}"
    assert manners.without(asked, replace(LEXICON, products=(knife,))) == asked


@given(st.text(max_size=120))
def test_nothing_breaks_either_and_something_is_always_left(text):
    bare = varieties.plain(manners.without(text, LEXICON), LEXICON)
    assert bool(bare.strip()) == bool(text.strip()) or not text.strip()


@given(st.sampled_from(["Hi, this is {}. ", "My name is {}. ", "{} here. "]),
       st.sampled_from(["Agnieszka", "Oluwaseun", "Xiuying", "Emily", "Jesús", "Al-Sayed"]))  # fmt: skip
def test_a_name_leaves_every_question_as_it_is(frame, name):
    for asked in (ASKED, "is it in stock in Red?", "where is #1001", "can I talk to a person"):
        assert manners.without(frame.format(name) + asked, LEXICON) == asked
