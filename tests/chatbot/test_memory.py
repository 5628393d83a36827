"""What a conversation remembers of a reply, so that the next message can point back at it."""

from chatbot import memory
from chatbot.models import Reply
from chatbot.terms import Memory, Reading


def fact(kind, handle, name, **values):
    return {"kind": kind, "subject": name, "values": {"handle": handle, **values}}


KETTLE, TEAPOT = ("kettle", "Larkspur Kettle"), ("teapot", "Brindle Teapot")


NOTHING = Memory()


def after(text, *facts, before=NOTHING, acts=(), **reading):
    base = {"text": "?", "intents": ("product_question",), "asks": ("price",), "confidence": 1.0}
    reply = Reply(text=text, facts=list(facts), acts=list(acts))
    return memory.after(Reading(**base | reading), reply, before)


def both(kind):
    return fact(kind, *KETTLE), fact(kind, *TEAPOT)


def test_products_are_kept_in_the_order_in_which_the_reply_names_them():
    told = "The Brindle Teapot or the Larkspur Kettle."
    assert after(told, *both("found")).products == ("teapot", "kettle")
    assert after(told, *both("found")).group == ("teapot", "kettle")


def test_what_is_reduced_and_named_is_spoken_of_and_what_is_not_named_is_not():
    assert after("The Larkspur Kettle, $40.00.", *both("reduced")).products == ("kettle",)


def test_the_group_stands_while_one_of_it_is_spoken_of_and_ends_with_another_thing():
    group = Memory(products=("kettle", "teapot"), group=("kettle", "teapot"))
    one = after("It holds 0.9 L.", fact("product", *KETTLE), before=group,
                products=("kettle",), named=True)  # fmt: skip
    assert one.group == ("kettle", "teapot")
    other = after("The Fern Mug.", fact("product", "mug", "Fern Mug"), before=one,
                  products=("mug",), named=True)  # fmt: skip
    assert other.group == ()


def test_all_that_a_reply_tells_of_stay_in_view_although_one_was_found_besides():
    view = {"products": ("kettle", "teapot")}
    told = [{"name": "compare.two_text", "facts": [*both("product")]}]
    shown = fact("found", *KETTLE)
    text = "The Larkspur Kettle: no lid. The Brindle Teapot: no lid."
    assert after(text, shown, acts=told, **view).products == ("kettle", "teapot")
    one = [{"name": "search.found_one", "facts": [shown]}]
    assert after("The Larkspur Kettle.", shown, acts=one, **view).products == ("kettle",)


def test_orders_listed_stand_when_only_one_of_them_is_told_of():
    def told(*numbers):
        return {"name": "order.list", "facts": [{"values": {"number": n}} for n in numbers]}

    listed = after("#1 and #2.", acts=[told("#1", "#2")])
    assert listed.orders == ("#1", "#2")
    assert after("#2 has shipped.", acts=[told("#2")], before=listed).orders == ("#1", "#2")


def test_the_choices_told_can_be_pointed_at_while_the_same_thing_is_spoken_of():
    def told(*options):
        return [{"name": "option.list", "slots": {"option.name": o}, "facts": []} for o in options]

    kettle, teapot = fact("product", *KETTLE), fact("product", *TEAPOT)
    one = after("The Larkspur Kettle: red, blue.", kettle, acts=told("Color"))
    assert one.choice == "Color"
    assert after("The Larkspur Kettle.", kettle, before=one).choice == "Color"
    assert (
        after("The Brindle Teapot.", teapot, before=one, products=("teapot",), named=True).choice
        == ""
    )
    assert after("The Larkspur Kettle.", kettle, acts=told("Color", "Size")).choice == ""


def test_what_was_told_is_kept_and_no_message_goes_on_about_an_aside():
    acts = [{"name": n, "slots": {}, "facts": []} for n in ("order.change_person", "person.away")]
    kept = after("A person can.", acts=acts)
    assert kept.told == ("order.change_person", "person.away")
    assert kept.act == "order.change_person"


def test_what_was_found_comes_into_view_when_its_page_is_quoted_without_its_name():
    quoted = [{"name": "attribute.passage", "facts": [fact("sentence", *KETTLE)]}]
    assert after("It holds 0.9 L.", *both("found"), acts=quoted).products == ("kettle",)
    assert after("It holds 0.9 L.", *both("found")).products == ()
