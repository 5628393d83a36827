"""What a message tells of rather than asks: wishes, good news, a loss, a good night."""

import pytest

from chatbot.reading.occasions import occasion


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("happy thanksgiving to you guys", "wishes"),
        ("Merry Christmas when it comes!", "wishes"),
        ("season's greetings", "wishes"),
        ("have a lovely weekend", "wishes"),
        ("good night then", "night"),
        ("night!", "night"),
        ("we passed our exam!!", "joy"),
        ("got a puppy today!!! so excited", "joy"),
        ("my husband passed away, may i return his boots?", "loss"),
        ("we lost our dog last week", "loss"),
    ],
)
def test_what_is_told_is_heard(text, told):
    assert occasion(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "happy thanksgiving! where's my parcel?",
        "do you deliver on good friday",
        "have you a christmas jumper",
        "my lantern died in october",
        "i lost my dog's collar",
        "i want the good night lamp",
        "i passed the wrong address",
        "is it any good for a new puppy",
    ],
)
def test_what_asks_or_tells_of_things_is_not_taken_for_it(text):
    assert occasion(text) == ""
