"""What a conversation tells by itself is in its language, whatever the process speaks."""

import threading
import uuid
from contextlib import nullcontext

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import translation

from chatbot import conversation, delivery, notices, pressing, proofs, replay
from chatbot.inbox import contact, desk, letters, line
from chatbot.models import Conversation, Disclosure, Embed, Frame, Reply
from chatbot.models.embed import check_disclosure
from storefront import hours
from tests.chatbot.test_consumer import ask, connect, hear, opened, tell
from tests.conftest import accept, let_order_be_cancelled

pytestmark = pytest.mark.django_db(transaction=True)


def chat_in(language, shopper=None):
    """A conversation whose disclosure has been seen in this language."""
    chat = delivery.open_conversation("a" * 64, shopper.pk if shopper else None, language)
    shown = notices.disclosure(language)
    delivery.disclose(chat, shown.version, shown.language)
    return chat


def answered(chat, text, shopper=None, **more):
    turn = accept(chat, text, shopper, **more)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


@pytest.mark.parametrize("process", ["en", "fr"])
def test_a_fixed_text_is_in_the_language_of_the_conversation(linden, engine, process):
    with translation.override(process):
        reply = answered(chat_in("de"), "are you a human?")
    assert reply.text == notices.text("ai.yes", {}, "de")
    assert reply.disclosure.endswith(" de")


@pytest.mark.parametrize("process", ["en", "ar"])
def test_a_reply_comes_out_the_same_again(linden, engine, process):
    replies = [answered(chat_in(code), "are you a human?") for code in ("de", "zh-hans", "en")]
    with translation.override(process):
        assert [replay.differences(reply) for reply in replies] == [[], [], []]


def test_a_reply_whose_language_was_changed_on_record_is_found(linden, engine):
    reply = answered(chat_in("de"), "are you a human?")
    reply.disclosure = f"{notices.VERSION} fr"
    assert replay.differences(reply)


def test_what_was_told_before_the_language_changed_stays(linden, engine):
    chat = chat_in("de")
    first = answered(chat, "are you a human?")
    delivery.speak(chat, "es")
    delivery.disclose(chat, notices.VERSION, "es")
    second = answered(chat, "are you a human?")
    assert second.text == notices.text("ai.yes", {}, "es")
    assert replay.differences(first) == replay.differences(second) == []


def test_who_goes_back_to_a_language_is_on_record_as_told_in_it(linden):
    chat = chat_in("de")
    for code in ("es", "es", "de"):
        delivery.disclose(chat, notices.VERSION, code)
    told = Disclosure.objects.order_by("seen_at").values_list("language", flat=True)
    assert list(told) == ["de", "es", "de"]


def test_an_action_is_offered_and_told_of_in_the_conversations_language(ada, engine):
    let_order_be_cancelled()
    chat = chat_in("fr", ada)
    answered(chat, "please cancel my order #2001", ada)
    card = Frame.objects.get(body__type="action").body
    assert (card["title"], card["decline"]) == ("Annuler la commande #2001", "Garder la commande")
    told = pressing.press(chat, uuid.UUID(card["id"]), "decline", ada.pk)
    assert told.body["text"] == "Rien n’a été changé."


def test_a_code_comes_in_a_letter_of_the_conversations_language(linden):
    proofs._post("#2001", "123456", "es")
    assert mail.outbox[0].subject == "Su código para el pedido #2001"


async def refused(language):
    socket = await connect()
    await opened(socket, language=language)
    await tell(socket, "mail", address="nobody")
    told = (await hear(socket, "error"))["message"]
    await socket.disconnect()
    return told


async def test_a_refusal_is_in_the_conversations_language(linden, engine):
    assert (await refused("de-AT")).startswith("Fragen Sie zuerst nach einem Menschen")
    assert (await refused("ar")).startswith("اطلب شخصًا")
    assert (await refused("xx")).startswith("Ask for a person first")


async def test_the_disclosure_comes_in_the_panels_language_and_is_on_record(linden, engine):
    socket = await connect()
    welcome = await opened(socket, language="zh-CN")
    assert welcome["disclosure"]["text"] == notices.text("disclosure", {}, "zh-hans")
    await ask(socket, "hello")
    await hear(socket, "ack")
    seen = await Disclosure.objects.select_related("conversation").aget()
    assert (seen.language, seen.conversation.language) == ("zh-hans", "zh-hans")
    await socket.disconnect()


async def test_who_comes_back_in_another_language_is_told_anew(linden, engine):
    first = await connect()
    chat = (await opened(first, language="de"))["conversation"]
    await first.disconnect()
    again = await connect()
    welcome = await opened(again, conversation=chat, language="fr")
    assert (welcome["seen"], welcome["disclosure"]["language"]) == (False, "fr")
    assert (await Conversation.objects.aget()).language == "fr"
    await again.disconnect()


async def test_the_button_for_a_person_speaks_the_shoppers_language(linden, engine):
    socket = await connect()
    await opened(socket, language="de")
    await tell(socket, "person", client_id=str(uuid.uuid4()))
    assert (await hear(socket, "said"))["text"] == "Ich möchte mit einem Menschen sprechen."
    assert (await hear(socket, "sentence"))["text"].startswith("Ich habe diesen Chat an einen")
    assert (await hear(socket, "done"))["outcome"] == "handed_off"
    await socket.disconnect()


async def test_when_the_team_is_back_is_said_in_the_conversations_language(
    linden, engine, monkeypatch
):
    shut = hours.Hours("no", "Saturday, November 21 at 10:00 AM EST")
    monkeypatch.setattr(line.queries, "chat_hours", lambda _shop: shut)
    socket = await connect()
    await opened(socket, language="de")
    await tell(socket, "person", client_id=str(uuid.uuid4()))
    outlook = await hear(socket, "outlook")
    assert outlook["back"] == "Samstag, 21. November, 10:00 EST"
    assert line.NOTHING["back"] == ""
    await socket.disconnect()


@pytest.mark.parametrize(("code", "own"), [("de", True), ("fr", False)])
def test_a_websites_own_disclosure_is_told_in_its_language_only(linden, code, own):
    words = "Hier antwortet ein KI-Assistent."
    embed = Embed(name="Blog", languages=["de", "fr"], disclosure=words)
    embed.full_clean(exclude=["origins"])
    shown = notices.disclosure(code, *embed.wording(code))
    assert (shown.text == words, "+" in shown.version) == (own, own)


@pytest.mark.parametrize(
    ("words", "says"),
    [("Hier antwortet eine KI.", True), ("Hier antwortet keine KI.", False), ("本店由 AI助手回答。", True),
     ("这里不是人工智能。", False), ("Un asistente de IA le responde.", True), ("Sin IA.", False),
     ("Vous parlez à une intelligence artificielle.", True), ("Ce n’est pas une IA.", False),
     ("يجيبك مساعد يعمل بالذكاء الاصطناعي.", True), ("Wir sind für Sie da.", False)],
)  # fmt: skip
def test_a_disclosure_says_in_any_of_the_languages_that_an_ai_answers(words, says):
    with nullcontext() if says else pytest.raises(ValidationError):
        check_disclosure(words)


@pytest.mark.parametrize(
    ("code", "subject"), [("es", "Nuestra respuesta del chat"), ("en", "Our answer from the chat")]
)
def test_a_letter_from_the_inbox_is_in_the_conversations_language(
    ada, engine, grace, code, subject
):
    chat = chat_in(code, ada)
    answered(chat, "a person please", ada, wants_person=True)
    contact.leave(chat, "ada@example.com")
    desk.take(chat.pk, grace)
    desk.say(chat.pk, grace, uuid.uuid4(), "Hello Ada.", by_letter=True)
    letters.send_due()
    for thread in threading.enumerate():
        if thread.name == "letter":
            thread.join()
    assert mail.outbox[-1].subject == subject
