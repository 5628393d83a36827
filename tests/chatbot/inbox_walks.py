"""Random walks through the inbox: real desk, real road, real frames; what must hold at each step.

Shoppers write, ask for a person and stop; staff take, say, hand back, close, pass on, note and are
lost; the shop opens and closes, the assistant is switched off and on, processes die and the reaper
comes. A turn is walked frame by frame, so that anything may happen in its middle. The rules are
told by what the shopper has been sent, not by the machine's own table.
"""

import random
import uuid
from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from chatbot import conversation, delivery, duty, waiting
from chatbot.inbox import desk, line
from chatbot.models import Conversation, Frame, Takeover, Turn
from storefront.models import Shop
from tests.conftest import accept, open_chat

STEPS = 10
WORDS = ("how much is the larkspur kettle?", "hello", "can I send it back?")
WISH = "I'd like to talk to a person."
FROM_THE_ASSISTANT = {"reply", "sentence", "card", "action"}
# What a shopper may be told next; a way back to the assistant is only a person's doing.
LEADS = {
    "assistant": {"waiting", "person"},
    "waiting": {"waiting", "person"},
    "person": {"person", "waiting", "assistant", "closed"},
    "closed": {"assistant", "waiting", "person"},
}
OPEN = {day: ["00:00", "24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
SHUT = {day: [] for day in OPEN}


class Broken(AssertionError):
    """Raised with the walk that led there."""


class Walk:
    """One walk: two shoppers, the staff given, and what has been told so far."""

    def __init__(self, seed, staff):
        self.dice, self.seed, self.staff, self.trail = random.Random(seed), seed, staff, []
        self.chats = [open_chat(owner=owner * 64) for owner in "ab"]
        self.answers = {}  # turn -> the answer that is under way
        self.wishes = {}  # conversation -> the turn that asked for a person, until that has been met
        self.told = {c.pk: {"state": "assistant", "place": 0} for c in self.chats}
        self.seq, self.ended, self.last = Counter(), set(), 0

    def go(self):
        """Take the steps, then let everything come to rest."""
        weighted = [e for e, weight in EVENTS for _time in range(weight)]
        for _step in range(STEPS):
            self.step(self.dice.choice(weighted), self.dice.choice(self.chats))
        self.step(Walk.settle, self.chats[0])

    def step(self, event, chat):
        person = self.dice.choice(self.staff)
        self.trail.append(f"{event.__name__} {self.chats.index(chat)} {person.pk}")
        try:
            event(self, chat, person)
        except (desk.DeskRefused, delivery.Refused):
            self.trail[-1] += " refused"
        self.check()

    def writes(self, chat, _person):
        self.begin(accept(chat, self.dice.choice(WORDS)))

    def asks(self, chat, _person):
        turn = accept(chat, WISH, wants_person=True)
        self.wishes[chat.pk] = turn.pk
        self.begin(turn)

    def begin(self, turn):
        self.answers[turn.pk] = conversation.answer(turn.pk, f"walk {turn.pk}")
        for _frame in range(self.dice.choice((0, 1, 2, 3, 99))):
            if not self.forward(turn.pk):
                return

    def forward(self, pk):
        """Whether the answer went one frame on."""
        if next(self.answers[pk], None) is None:
            return bool(self.answers.pop(pk)) and False
        return True

    def goes_on(self, _chat, _person):
        for pk in list(self.answers)[:1]:
            self.forward(pk)

    def stops(self, chat, _person):
        for number in chat.turns.order_by("-number").values_list("number", flat=True)[:1]:
            delivery.request_stop(chat, number)

    def takes(self, chat, person):
        desk.take(chat.pk, person)

    def says(self, chat, person):
        desk.say(chat.pk, person, uuid.uuid4(), "One moment, please.")

    def notes(self, chat, person):
        desk.note(chat.pk, person, "sounds upset")

    def hands_back(self, chat, person):
        self.ends(chat, person, "handed_back")

    def closes(self, chat, person):
        self.ends(chat, person, "closed")

    def ends(self, chat, person, ending):
        if desk.end(chat.pk, person, ending):
            self.ended.add(chat.pk)
            self.wishes.pop(chat.pk, None)

    def passes_on(self, chat, person):
        desk.transfer(chat.pk, person, self.dice.choice(self.staff).pk)

    def is_lost(self, chat, _person):
        gone = timezone.now() - timedelta(minutes=1)
        Takeover.objects.filter(conversation=chat, ended_at=None).update(leased_until=gone)

    def process_dies(self, _chat, _person):
        for pk in list(self.answers)[:1]:
            self.answers.pop(pk).close()
            gone = timezone.now() - timedelta(minutes=1)
            Turn.objects.filter(pk=pk, state="running").update(leased_until=gone)

    def reaper_comes(self, _chat, _person):
        list(desk.let_lapse())
        for pk in waiting.turns():
            if pk not in self.answers:
                list(conversation.answer(pk, f"reaper {pk}"))

    def shop_opens_or_closes(self, _chat, _person):
        shop = Shop.objects.get()
        shop.rules["hours"] = {"chat": self.dice.choice((OPEN, SHUT))}
        shop.save()

    def staff_look_in_or_leave(self, _chat, person):
        line.seen(person) if self.dice.random() < 0.5 else cache.clear()

    def switch(self, _chat, person):
        duty.switch(not duty.people_only(), person, "")

    def settle(self, chat, person):
        """Everything under way is answered to its end, by whoever is left."""
        for pk in list(self.answers):
            while self.forward(pk):
                pass
        while waiting.turns():
            self.reaper_comes(chat, person)

    def check(self):
        """What must hold after every step."""
        for frame in Frame.objects.filter(pk__gt=self.last).order_by("pk"):
            self.last = frame.pk
            self.read(frame)
        held = Counter(
            Takeover.objects.filter(ended_at=None).values_list("conversation", flat=True)
        )
        for chat in Conversation.objects.filter(pk__in=self.told):
            self.stands(chat, held[chat.pk])

    def read(self, frame):
        """One frame, as the shopper reads it."""
        chat, body = frame.conversation_id, frame.body
        before = self.told[chat]["state"]
        self.holds(frame.seq == self.seq[chat] + 1, "the sequence has a gap")
        self.seq[chat] = frame.seq
        silent = before != "person" or body["type"] not in FROM_THE_ASSISTANT
        self.holds(silent, f"the assistant speaks over a person: {body}")
        if body["type"] == "state":
            self.holds(body["state"] in LEADS[before], f"{before} became {body['state']}")
            back = before == "person" and body["state"] in ("assistant", "closed")
            self.holds(not back or chat in self.ended, "bounced back by nobody")
            self.ended.discard(chat)
            self.told[chat] = body

    def stands(self, chat, held):
        """A conversation between two steps."""
        told = self.told[chat.pk]
        self.holds(chat.state == told["state"], f"is {chat.state}, told was {told['state']}")
        self.holds(held == (chat.state == "person"), f"{held} takeovers while {chat.state}")
        self.holds(line.place(chat) == told["place"], f"place told: {told['place']}")
        wish = self.wishes.get(chat.pk)
        met = not wish or chat.state in ("waiting", "person")
        self.holds(met or wish_pends(wish), "who asked for a person is lost")

    def holds(self, true, what):
        if not true:
            raise Broken(f"{what}; walk {self.seed}: {', '.join(self.trail)}")


def wish_pends(wish):
    return Turn.objects.exclude(state="done").filter(pk=wish).exists()


EVENTS = (
    (Walk.writes, 4), (Walk.asks, 8), (Walk.goes_on, 4), (Walk.stops, 1), (Walk.takes, 5),
    (Walk.says, 2), (Walk.notes, 1), (Walk.hands_back, 3), (Walk.closes, 2), (Walk.passes_on, 2),
    (Walk.is_lost, 3), (Walk.process_dies, 1), (Walk.reaper_comes, 3),
    (Walk.shop_opens_or_closes, 1), (Walk.staff_look_in_or_leave, 1), (Walk.switch, 1),
)  # fmt: skip
