"""The doorway: sockets. Everything they tell is read from the database."""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext

from . import conversation, delivery, doorbell, editing, notices, past, pressing, protocol
from .inbox import contact, line, ratings
from .models import Conversation, Embed, Turn
from .review import corrections
from .sockets import Request, Socket
from .views import owner
from .waiting import newest, told
from .widget import tokens
from .working import answer_soon, in_database, places, ring, watch

FIRST_FRAME_SECONDS = 5
POLL_SECONDS = 5  # a lost ring costs so long, never a message
IDENTITY_SECONDS = 30  # how often a socket asks whether its shopper is still signed in


class ChatConsumer(Socket):
    """One socket of one conversation. It carries frames; the turn's task lives without it."""

    embed: Embed | None = None  # the website whose frame it comes from
    placing: asyncio.Task[None] | None = None  # what tells the place in the line

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = False  # for a conversation to be opened
        self.chat: Any = None  # the Conversation, once it is open
        self.last_seq = 0
        self.outlook = line.NOTHING  # as told last
        self.sending = asyncio.Lock()

    async def connect(self) -> None:
        await self._begin()
        if await self._enter(await in_database(owner, self.scope["session"])):
            self._help(self._expect_open())

    async def _begin(self) -> None:
        watch()
        await self.accept()

    async def _leave(self) -> None:
        await super()._leave()
        if self.chat:
            await self.channel_layer.group_discard(doorbell.group(self.chat.pk), self.channel_name)

    async def _listen(self) -> None:
        """Hear the bell. Said again and again: a Redis that was restarted knows nobody."""
        await self.channel_layer.group_add(doorbell.group(self.chat.pk), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.over:
            return  # said before it heard that it is closed
        try:
            frame = protocol.parse(text_data)
        except protocol.Malformed as error:
            await self.tell("error", code="malformed", message=str(error))
            return
        if isinstance(frame, protocol.Open) == bool(self.chat):
            await self.tell("error", code="order", message='Expected exactly one "open", first.')
            return
        await self._handle(frame)

    async def _handle(self, frame: protocol.AnyFrame) -> None:
        match frame:
            case protocol.Open():
                self.asked = True
                await self._open(frame)
            case protocol.DisclosureSeen():
                await in_database(delivery.disclose, self.chat, frame.version, frame.language)
            case protocol.Message():
                await self._accept(frame.client_id, frame.text, frame.page, replaces=frame.replaces)
            case protocol.Person():
                said = notices.text("person.button", {}, self.chat.language)
                await self._accept(frame.client_id, said, "", True)
            case protocol.Stop():
                await in_database(delivery.request_stop, self.chat, frame.turn)
            case protocol.Rating() | protocol.Press() | protocol.Mail() | protocol.RatePerson():
                await self._pressed(frame)
            case protocol.Chats() | protocol.Ping():
                await self._asked(frame)

    async def _open(self, frame: protocol.Open) -> None:
        spoken = notices.language(frame.language)
        if frame.conversation:
            found = await in_database(past.find, frame.conversation, self._whose())
        else:
            embed_id = self.embed.pk if self.embed else None
            begun = (self.owner, self._user_id(), spoken, embed_id)
            found = await in_database(delivery.open_conversation, *begun)
        if found is None:
            await self.close(protocol.NOT_FOUND)
            return
        await in_database(delivery.speak, found, spoken)
        self.chat, self.last_seq = found, frame.last_seq
        await self._listen()
        await self._welcome(found)
        await self.ring({})
        self._help(self._poll())
        self._help(self._watch_identity())
        if waits := await in_database(newest, found.pk):
            self.placing = self._help(self._place(waits), self.placing)

    async def _welcome(self, chat: Conversation) -> None:
        own = self.embed.wording(chat.language) if self.embed else ()
        shown = notices.disclosure(chat.language, *own)
        await self.tell(
            "welcome", protocol=protocol.PROTOCOL, conversation=str(chat.pk),
            last_seq=chat.last_seq, disclosure=vars(shown),
            seen=await in_database(delivery.has_seen, chat, shown.version, shown.language),
            **await in_database(line.standing, chat),
        )  # fmt: skip

    async def _accept(
        self, client_id: uuid.UUID, text: str, page: str, wants_person: bool = False,
        replaces: int | None = None,
    ) -> None:  # fmt: skip
        """Store the message, acknowledge it after its commit, see that it is answered."""
        try:
            turn = await self._spoken(
                editing.accept, self.chat.pk, replaces, client_id=client_id, text=text, page=page,
                shopper_id=self._user_id(), wants_person=wants_person,
                address=(self.scope.get("client") or ("",))[0],
            )  # fmt: skip
        except delivery.Refused as error:
            await self.tell("error", code=error.code, message=str(error), client_id=str(client_id))
            return
        await self.tell("ack", client_id=str(client_id), turn=turn.number)
        await ring(self.chat.pk)
        answer_soon()
        self.placing = self._help(self._place(turn), self.placing)

    async def _place(self, turn: Turn) -> None:
        """Tell how many questions come before the newest, for as long as it waits."""
        async for place in places(turn.pk):
            text = await self._spoken(told, place)
            await self.tell("queue", turn=turn.number, before=place or 0, text=text)

    async def _pressed(self, frame: protocol.AnyFrame) -> None:
        match frame:
            case protocol.Press():
                pressed = (frame.action, frame.choice, self._user_id())
                await self._do("action", pressing.Refused, pressing.press, *pressed)
            case protocol.Rating():
                await self._rate(frame)
            case protocol.Mail():
                left = (frame.address, self._user())  # goes out again only masked
                await self._do("address", contact.NotTaken, contact.leave, *left)
            case protocol.RatePerson():
                rated = (frame.takeover, frame.good, frame.comment)
                await self._do("rating", ratings.NotRated, ratings.give, *rated)

    async def _asked(self, frame: protocol.AnyFrame) -> None:
        """Answer what changes nothing."""
        if isinstance(frame, protocol.Chats):
            await self.tell("chats", chats=await in_database(past.chats, self._whose()))
        else:
            await self.tell("pong")

    async def _rate(self, frame: protocol.Rating) -> None:
        stored = await in_database(
            conversation.rate, self.chat, frame.receipt, frame.helpful, frame.comment
        )
        if stored:
            await self.tell("thanks", receipt=frame.receipt)
        else:
            told = await self._spoken(lambda: gettext("This answer is not one of this chat."))
            await self.tell("error", code="receipt", message=told)

    async def _do(self, code: str, refused: type[Exception], work: Any, *args: Any) -> None:
        """Carry out what was pressed: what comes of it is rung for, a refusal told in words."""
        try:
            if await self._spoken(work, self.chat, *args):
                await ring(self.chat.pk)
        except refused as error:
            await self.tell("error", code=code, message=str(error))

    async def _look_out(self) -> None:
        """Tell what who waits may expect, when that has changed."""
        outlook = await self._spoken(line.outlook, self.chat.pk, self._user())
        outlook = outlook | {"back": notices.values.one(outlook["back"], self.chat.language)}
        if outlook != self.outlook:
            self.outlook = outlook
            await self.tell("outlook", **outlook)

    async def _spoken(self, work: Any, *args: Any, **more: Any) -> Any:
        """Run `work`, whose words are the conversation's, in a thread with a database
        connection."""

        def speaking() -> Any:
            with translation.override(self.chat.language):
                return work(*args, **more)

        return await in_database(speaking)

    async def ring(self, event: dict[str, Any]) -> None:
        """Send what the database holds beyond the last frame sent; rings carry nothing."""
        if self.chat is None:
            return
        async with self.sending:
            while frames := await in_database(delivery.frames_after, self.chat.pk, self.last_seq):
                for frame in frames:
                    if not await self._show(frame):
                        return
        if self.chat.state == Conversation.State.WAITING or self.outlook != line.NOTHING:
            await self._look_out()

    async def _show(self, frame: dict[str, Any]) -> bool:
        """Send a frame of the sequence; whether the next one may follow."""
        if frame["type"] == delivery.ERASED:
            await self.close(protocol.NOT_FOUND)
        if not await self._send(frame):
            return False
        self.last_seq = frame["seq"]
        if frame["type"] == "correction":
            await in_database(corrections.carried, self.chat.pk, frame["seq"])
        if frame["type"] == "state":
            self.chat.state = frame["state"]
        return True

    async def _expect_open(self) -> None:
        """Close a socket that asks for no conversation; who has asked waits for a busy server."""
        await asyncio.sleep(FIRST_FRAME_SECONDS)
        if not self.asked:
            await self.close(protocol.POLICY)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await self._listen()
            with suppress(DatabaseError):  # it may be away for a moment
                await self.ring({})

    async def _watch_identity(self) -> None:
        """A shopper who signs out elsewhere is signed out here."""
        while True:
            await asyncio.sleep(IDENTITY_SECONDS)
            with suppress(DatabaseError):
                if not await self._is_same():
                    await self.close(protocol.SIGNED_OUT)

    async def _is_same(self) -> bool:
        user = await in_database(get_user, Request(self.scope["session"]))
        return bool(user.pk == self._user_id())

    def _user(self) -> Any:
        """Who is signed in; None for a guest."""
        user = self.scope["user"]
        return user if user.is_authenticated else None

    def _whose(self) -> past.Whose:
        return past.Whose(self.owner, self._user_id(), bool(self.embed))

    def _user_id(self) -> int | None:
        user = self._user()
        return user.pk if user else None


class WidgetConsumer(ChatConsumer):
    """A socket of a frame on a foreign site. Who is there stands in the token of its first frame;
    cookies are blocked there, or are those of our own pages: they are never looked at."""

    async def connect(self) -> None:
        self.visitor: tokens.Visitor | None = None
        await self._begin()
        self._help(self._expect_open())

    async def _open(self, frame: protocol.Open) -> None:
        if self.owner:
            return  # sent away already
        self.visitor = await in_database(tokens.visitor, frame.token)
        if self.visitor and await self._enter(self.visitor.owner):
            self.embed = self.visitor.embed
            await super()._open(frame)
            await self._claim()
        elif not self.visitor:
            await self.close(protocol.SIGNED_OUT)

    async def _claim(self) -> None:
        if self.chat and (shopper_id := self._user_id()):
            await in_database(delivery.belong, self.chat, shopper_id)

    async def _accept(self, *said: Any, **more: Any) -> None:
        if await in_database(delivery.disclosure_due, self.chat.pk):
            await self._welcome(self.chat)
        await super()._accept(*said, **more)

    async def _is_same(self) -> bool:
        return bool(self.visitor and await in_database(tokens.still_there, self.visitor))

    def _user(self) -> Any:
        return self.visitor.shopper if self.visitor else None
