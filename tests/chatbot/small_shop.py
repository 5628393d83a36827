"""What is known of a shop that sells a kettle, for deciding what to say."""

from datetime import UTC, datetime

from chatbot import acts
from chatbot.terms import Fact, Reading
from storefront import queries

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(*asks, intent="product_question", **more):
    base = {"text": "?", "intents": (intent,), "confidence": 0.9, "query": "?"}
    return Reading(**base | {"asks": asks, "products": ("kettle",), "named": True} | more)


def product(**values):
    base = {"name": "Larkspur Kettle", "handle": "kettle", "price_min": "$49.00", "price_max": "$49.00",
            "department": "Kitchen", "stock": "in stock", "option:Color": "Red and Blue"}  # fmt: skip
    return Fact("product", "product:kettle", "1", NOW, base | values, subject="Larkspur Kettle")


def variant(color, stock, price="49.00", left="5", **values):
    base = {"name": "Larkspur Kettle", "handle": "kettle", "options": color, "option:Color": color,
            "stock": stock, "price": f"${price}", "amount": price, "left": left}  # fmt: skip
    return Fact("variant", f"variant:{color}", "1", NOW, base | values, subject="Larkspur Kettle")


def pages(topic, texts):
    """The passages of one article."""
    return tuple(queries.Passage(topic, n, topic.title(), "", topic, text, "1", None, NOW, "")
                 for n, text in enumerate(texts))  # fmt: skip


def passage(score, text="You have 30 days.", **values):
    values |= {"text": text}
    return Fact("passage", "article:returns#0", "1", NOW, values, title="Returns", score=score)


def order(state, **values):
    base = {"number": "#2001", "state": state, "items": "Kettle", "total": "$54.00"}
    return Fact("order", "order:#2001", "1", NOW, base | values, subject="#2001")


def names(reading, *facts):
    return [act.name for act in acts.decide(reading, facts)]


def sentence(score, text="Capacity: 0.9 L.", **values):
    base = {"text": text, "handle": "kettle", "name": "Larkspur Kettle"}
    return Fact("sentence", f"product:kettle#{text}", "1", NOW, base | values, score=score)


WHERE = read("where_is_it", intent="order_status", text="where is my order?", named=False)
KETTLE = (product(), variant("Red", "in stock"), variant("Blue", "sold out"))
