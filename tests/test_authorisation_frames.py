"""Who gets what over the socket: every frame has a row, and every row is tried by everybody.

Each is aimed at what is Ada's, a shopper's, and then at what is Gus's, a guest's. The columns are
Gus, Ada, another guest, another shopper, a browser that has not started a chat, staff without a
permission, a reviewer, the owner, and a foreign page in the victim's own browser. `d` is done where
it is aimed, `o` touches nothing but one's own chat, `n` is refused in the words for what does not
exist, `s` is sent away before any frame, `h` gets no handshake.
"""

import hashlib
import json
import uuid
from types import SimpleNamespace
from typing import get_args

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client
from django.urls import reverse

from chatbot import conversation, protocol, routing
from chatbot.inbox import desk
from chatbot.models import (
    Action,
    Contact,
    Conversation,
    Disclosure,
    Feedback,
    Frame,
    PersonRating,
    Proof,
    Reply,
    Turn,
)
from chatbot.views import SECRET
from storefront.asgi import application
from storefront.clock import now
from storefront.models import Order, OrderChange, User
from tests.conftest import accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "django.contrib.auth.backends.ModelBackend"
WHO = ("gus", "ada", "kim", "mallory", "nobody", "rita", "grace", "olive", "foreign page")
ROWS = {
    "open": "ndnnsnnnh dnnnsnnnh",
    "disclosure.seen": "odoosoooh dooosoooh",
    "message": "odoosoooh dooosoooh",
    "person": "odoosoooh dooosoooh",
    "stop": "odoosoooh dooosoooh",
    "feedback": "ndnnsnnnh dnnnsnnnh",
    "press": "ndnnsnnnh dnnnsnnnh",
    "mail": "ndnnsnnnh dnnnsnnnh",
    "rate_person": "ndnnsnnnh dnnnsnnnh",
    "chats": "odoosoooh dooosoooh",
    "ping": "odoosoooh dooosoooh",
}
# The one that the rows are of, and the one of tests/chatbot/test_widget_socket.py.
SOCKETS = {"chat/socket/", "widget/socket/"}
CHANGES = {
    "disclosure.seen",
    "stop",
    "feedback",
    "press",
    "mail",
    "rate_person",
}  # the others repeat what is there
KEPT = {Conversation: "pk", Disclosure: "conversation", Turn: "conversation", Proof: "conversation",
        Frame: "conversation", Reply: "turn__conversation", Action: "turn__conversation",
        Feedback: "reply__turn__conversation", Contact: "conversation",
        PersonRating: "takeover__conversation"}  # fmt: skip
HERE, ELSEWHERE = "http://testserver", "https://evil.example"
OWN = {"ada": ["#2001", "ada@", "Lovelace", "TRACK1234567", "please cancel"],
       "gus": ["#2001", "gus@", "Mercator Street"]}  # fmt: skip


def without_row(frames):
    return set(frames) - set(ROWS)


def aimed(kind, at):
    """The frame of this kind that means to get at something."""
    return {"type": kind} | {
        "open": {"protocol": 1, "conversation": at.chat},
        "disclosure.seen": {"version": "seen", "language": "en"},
        "message": {"client_id": at.client_id, "text": "and now?"},
        "person": {"client_id": at.client_id},
        "stop": {"turn": at.turn},
        "feedback": {"receipt": at.receipt, "helpful": False},
        "press": {"action": at.action, "choice": "decline"},
        "mail": {"address": "else@example.com"},
        "rate_person": {"takeover": at.takeover, "good": False},
    }.get(kind, {})  # fmt: skip


def made_up():
    """What an id of each kind looks like that belongs to nobody."""
    return SimpleNamespace(
        chat=str(uuid.uuid4()), client_id=str(uuid.uuid4()), turn=99, receipt="CF-222222222222",
        action=str(uuid.uuid4()), takeover=str(uuid.uuid4()),
    )  # fmt: skip


def started(client):
    """The browser, with the secret by which its conversations are its own."""
    client.post(reverse("chatbot:start"))
    return client


def sign_out(client):
    client.post(reverse("storefront:sign_out"))


def sign_in(client, name):
    client.force_login(User.objects.get(email=f"{name}@example.com"), BACKEND)
    return started(client)


def browser(name):
    """A browser that has started a chat, signed in where the name is a user's."""
    client = Client()
    if name in ("gus", "kim", "nobody"):
        return client if name == "nobody" else started(client)
    return sign_in(client, name)


def talk(client, text):
    """An answered conversation of this browser's, with a card to press."""
    user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
    chat = open_chat(hashlib.sha256(client.session[SECRET].encode()).hexdigest(), user)
    turn = accept(chat, text, user)
    list(conversation.answer(turn.pk, "test"))
    action = Action.objects.get(turn=turn)
    return SimpleNamespace(
        chat=str(chat.pk), client_id=str(turn.client_id), turn=1, receipt=turn.reply.receipt,
        action=str(action.pk), told=turn.reply.text, client=client, takeover=visited(chat),
    )  # fmt: skip


def visited(chat):
    """A person has been in the conversation, and gone again; which takeover that was."""
    grace = User.objects.get(email="grace@example.com")
    desk.take(chat.pk, grace)
    desk.say(chat.pk, grace, uuid.uuid4(), "Hello")
    desk.end(chat.pk, grace, "handed_back")
    return str(chat.takeovers.get().pk)


@pytest.fixture
def victims(ada, staff, engine, settings):
    """Ada's conversation and Gus's; what is written to them from now on waits for its answer."""
    let_order_be_cancelled()
    told = [talk(browser("gus"), "i am gus@example.com of Mercator Street, where is order #2001?"),
            talk(browser("ada"), "please cancel my order #2001")]  # fmt: skip
    Conversation.objects.update(state="waiting", waiting_since=now())  # so that an address fits
    settings.ANSWER_TURNS = False  # the process would look for turns by itself, too
    return {"ada": told[1], "gus": told[0]}


def kept(at):
    """Everything the database keeps of a conversation, and of the orders it may act on."""
    of_chat = [list(m.objects.filter(**{path: at.chat}).values()) for m, path in KEPT.items()]
    return [of_chat, list(Order.objects.values()), list(OrderChange.objects.values())]


async def connect(client, origin=HERE):
    """A socket of a page of `origin` in this browser, on the whole application."""
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = {"host": "testserver", "origin": origin, "cookie": cookies}
    return WebsocketCommunicator(
        application, "/chat/socket/", [(k.encode(), v.encode()) for k, v in headers.items()]
    )


async def send(socket, *frames):
    """What comes back for these frames, up to the answer to one that is none, or the end."""
    for frame in (*frames, {"type": "none"}):
        await socket.send_to(text_data=json.dumps(frame))
    came = []
    while True:
        came.append(await socket.receive_output(5))
        if came[-1]["type"] == "websocket.close":
            return came
        if '"malformed"' in came[-1]["text"]:
            return came[:-1]


def first_frames(kind, own):
    """What a page of ours says before it sends a frame of this kind."""
    start = {"type": "open", "protocol": 1} | ({"conversation": own} if own else {})
    seen = {"type": "disclosure.seen", "version": "1", "language": "en"}
    return [] if kind == "open" else [start] if own else [start, seen]


async def attempt(client, origin, kind, at, own=""):
    """What becomes of a frame: a letter of the table, and what came back for it."""
    socket = await connect(client, origin)
    shaken, _protocol = await socket.connect()
    if not shaken:
        return "h", []
    for frame in first_frames(kind, own):
        if any(e["type"] == "websocket.close" for e in await send(socket, frame)):
            return "s", []
    came = await send(socket, aimed(kind, at))
    await socket.disconnect()
    if came and came[-1].get("code") == protocol.SIGNED_OUT:
        return "s", []
    refused = came and (came[-1]["type"] == "websocket.close" or '"error"' in came[-1]["text"])
    return "n" if refused else "d" if own or kind == "open" else "o", _without(came, at)


def _without(came, at):
    """What came, but for the ids that the frame itself had named."""
    text = json.dumps(came)
    for named in (at.chat, at.client_id, at.receipt, at.action, at.takeover):
        text = text.replace(named, "…")
    return text


async def tried(who, whose, at, kind):
    """The letter of one cell; raises AssertionError where anything of another's is touched."""
    foreign = who == "foreign page"
    client = at.client if foreign or who == whose else await sync_to_async(browser)(who)
    origin, own = ELSEWHERE if foreign else HERE, at.chat if who == whose else ""
    before = await sync_to_async(kept)(at)
    letter, came = await attempt(client, origin, kind, at, own)
    changed = before != await sync_to_async(kept)(at)
    assert changed == (letter == "d" and kind in CHANGES), f"{kind} changed: {changed}"
    if letter != "d":
        assert (letter, came) == await attempt(client, origin, kind, made_up()), kind
        theirs = {*OWN[whose], at.told, at.receipt} - set(OWN.get(who, ()))
        assert not [s for s in theirs if s in str(came)], kind
    return letter


def test_every_frame_and_every_socket_has_its_row():
    kinds = [get_args(f.model_fields["type"].annotation)[0] for f in get_args(protocol.AnyFrame)]
    assert not without_row([*kinds, *protocol.CLIENT_FRAMES])
    assert {str(route.pattern) for route in routing.routes} == SOCKETS


def test_a_new_frame_is_missed_in_the_table():
    assert without_row([*protocol.CLIENT_FRAMES, "whisper"]) == {"whisper"}


@pytest.mark.parametrize("who", range(len(WHO)))
async def test_every_frame_does_what_the_table_says_and_touches_nothing_else(victims, who):
    wrong = {}
    for kind, row in ROWS.items():
        for whose, expected in zip(("ada", "gus"), row.split(), strict=True):
            letter = await tried(WHO[who], whose, victims[whose], kind)
            if letter != expected[who]:
                wrong[f"{kind} at {whose}'s"] = f"{letter} for {expected[who]}"
    assert wrong == {}


@pytest.mark.parametrize("kind", sorted(set(ROWS) - {"open"}))
async def test_no_frame_is_heard_before_open(victims, kind):
    at = victims["ada"]
    before = await sync_to_async(kept)(at)
    socket = await connect(at.client)
    await socket.connect()
    (came,) = await send(socket, aimed(kind, at))
    assert json.loads(came["text"])["code"] == "order"
    assert await sync_to_async(kept)(at) == before
    await socket.disconnect()
