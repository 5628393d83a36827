"""Who gets in where: every address of the site has a row, and every row is tried by everybody.

The columns are guest, the shopper whose things they are, another shopper, staff without a
permission, a reviewer, the owner. 2 is let in, 3 is sent to sign in (or on), 4 is refused. A column
that needs no letters is the foreign page in anybody's browser: it may change nothing at any address,
shows none of them in a frame and reads no answer.
"""

import uuid
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver, path, reverse

from chatbot import conversation, duty, errands, playground
from chatbot.ledger import running
from chatbot.models import (
    Action,
    Embed,
    EngineSetup,
    FairnessAudit,
    GoldenCase,
    Photo,
    ProductText,
    ReadyReply,
    Recall,
    Review,
    ShopAnswer,
)
from chatbot.review import answers, queue
from storefront.models import Order, User
from tests.chatbot import whole_record
from tests.conftest import accept, let_order_be_cancelled, open_chat

BACKEND = "django.contrib.auth.backends.ModelBackend"
WHO = ("guest", "ada", "mallory", "rita", "grace", "olive")
TOKEN = "t" * 32
MODELS = ("auth_group", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog",
          "chatbot_action", "chatbot_conversation", "chatbot_duty", "chatbot_embed",
          "chatbot_fairnessaudit", "chatbot_goldencase", "chatbot_guise", "chatbot_inbox", "chatbot_ledgerentry",
          "chatbot_producttext", "chatbot_readyreply", "chatbot_recall", "chatbot_review", "chatbot_toldclaim",
          "storefront_order")  # fmt: skip
CHANGED_BY_THE_OWNER = ("auth_group", "chatbot_embed", "chatbot_readyreply")
# The frame of a foreign site is shown there, and sends no cookie that could be misused.
FRAMED, COOKIELESS = {"widget:panel"}, ["widget:start", "widget:photo"]
SITE = "https://blog.example"
LEADING_ON = {"admin:<path:object_id>/", "admin:(?P<url>.*)$"}  # Django's own, to addresses above
OURS, FOREIGN = "https://testserver", "https://evil.example"
GENUINE = {"HTTP_ORIGIN": OURS, "HTTP_REFERER": f"{OURS}/"}
FORGED = {  # whether the page knows the token, and what its browser says of it
    "no token": (False, GENUINE),
    "foreign origin": (True, {"HTTP_ORIGIN": FOREIGN, "HTTP_REFERER": f"{OURS}/"}),
    "hidden origin": (True, {"HTTP_ORIGIN": "null"}),
    "foreign referer": (True, {"HTTP_REFERER": f"{FOREIGN}/"}),
    "no referer": (True, {}),
}
SEEN_BY_REVIEWERS = ("chatbot_action", "chatbot_conversation", "chatbot_duty", "chatbot_fairnessaudit", "chatbot_goldencase",
                     "chatbot_inbox", "chatbot_recall", "chatbot_review", "chatbot_toldclaim")  # fmt: skip
ROWS = {
    "storefront:home": "GET 222222",
    "storefront:search": "GET 222222",
    "storefront:suggest": "GET 222222",
    "storefront:department": "GET 222222",
    "storefront:product": "GET 222222",
    "storefront:help": "GET 222222",
    "storefront:article": "GET 222222",
    "storefront:language": "POST 333333",
    "storefront:sign_in": "GET 233333",
    "storefront:sign_out": "POST 333333",
    "storefront:orders": "GET 322222",
    "storefront:order": "GET 324444",
    "storefront:find_order": "GET 222222",
    "storefront:cart": "GET 222222",
    "storefront:cart_add": "POST 333333",
    "storefront:cart_change": "POST 333333",
    "storefront:checkout": "GET 333333",
    "storefront:placed": "GET 323333",
    "chatbot:start": "POST 222222",
    "chatbot:data": "GET 222222",
    "chatbot:panel": "GET 222222",
    "chatbot:download_page": "GET 222222",
    "chatbot:download_json": "GET 222222",
    "chatbot:photo": "POST 444444",  # none without a chat of one's own; see test_photos
    "chatbot:erase": "POST 222222",
    "widget:loader": "GET 222222",
    "widget:panel": "GET 222222",
    "widget:start": "POST 222222",
    "widget:photo": "POST 444444",  # none without a frame's token; see test_widget_photos
    "chatbot:google_feed": "GET 222222",
    "chatbot:for_you": "GET 222222",
    "chatbot:dismiss": "POST 333333",
    "chatbot:restore": "POST 333333",
    "chatbot:switch": "POST 333333",
    "chatbot:wipe": "POST 333333",
    "chatbot:metrics": "GET 444444",  # none without METRICS_TOKEN; see test_metrics_page
    "chatbot:receipt_form": "GET 222222",
    "chatbot:receipt": "GET 222222",
    "admin:login": "GET 222333",
    "admin:logout": "POST 333333",
    "admin:index": "GET 333222",
    "admin:search": "GET 333222",
    "admin:password_change": "GET 333222",
    "admin:password_change_done": "GET 333222",
    "admin:autocomplete": "GET 333444",
    "admin:jsi18n": "GET 333222",
    "admin:view_on_site": "GET 333444",
    "admin:app_list": "GET 333422",
    "admin:chatbot_day_changelist": "GET 333422",
    "admin:chatbot_day_csv": "GET 333422",
    "admin:chatbot_day_json": "GET 333422",
    "admin:chatbot_toldclaim_changes": "GET 333422",
    "admin:chatbot_recall_new": "GET 333433",
    "admin:chatbot_recall_live": "GET 333422",
    "admin:chatbot_recall_deed": "POST 333433",
    "admin:chatbot_playground_changelist": "GET 333422",
    "admin:chatbot_review_next": "POST 333433",
    "admin:chatbot_review_deed": "POST 333433",
    "admin:chatbot_review_answer": "GET 333422",
    "admin:chatbot_review_withdraw": "POST 333433",
    "admin:chatbot_review_golden": "GET 333422",
    "admin:chatbot_goldencase_deed": "POST 333433",
    "admin:chatbot_enginesetup_changelist": "GET 333442",
    "admin:chatbot_enginesetup_live": "GET 333442",
    "admin:chatbot_enginesetup_deed": "POST 333443",
    "admin:chatbot_enginesetup_switch": "POST 333443",
    "admin:chatbot_producttext_next": "GET 333443",
    "admin:chatbot_producttext_csv": "GET 333442",
    "admin:chatbot_producttext_deed": "POST 333442",
    "admin:chatbot_producttext_compare": "GET 333442",
    "admin:chatbot_producttext_commission": "GET 333442",
    "admin:chatbot_producttext_commission_live": "GET 333442",
    "admin:chatbot_producttext_commission_deed": "POST 333443",
    "admin:chatbot_action_deed": "POST 333443",
    "admin:chatbot_embed_key": "POST 333442",
    "admin:chatbot_conversation_photo": "GET 333422",
    "admin:chatbot_inbox_line": "GET 333422",
    "admin:chatbot_inbox_live": "GET 333422",
    "admin:chatbot_inbox_seat": "POST 333433",
    "admin:chatbot_inbox_ready": "GET 333422",
    "admin:chatbot_inbox_deed": "POST 333433",
    "admin:storefront_order_deed": "POST 333443",
    "admin:duty_switch": "POST 333433",
    "admin:ledger_verify": "POST 333443",
    "admin:ledger_verifying": "GET 333442",
}


def rows():
    """All rows: those above, and those that the pages of a model share."""
    yield from ROWS.items()
    for model in MODELS:
        seen = "2" if model in SEEN_BY_REVIEWERS else "4"
        pages = dict.fromkeys(("changelist", "change", "history"), f"3334{seen}2")
        changed = "2" if model in CHANGED_BY_THE_OWNER else "4"
        pages |= {"add": f"33344{changed}", "delete": f"33344{changed}"}
        if model.startswith("axes"):  # empty here: nothing to change is a way back to the index
            pages |= {"change": "333443", "history": "333333", "delete": "333443"}
        yield from ((f"admin:{model}_{page}", f"GET {row}") for page, row in pages.items())


def routes(resolver=None, namespace=""):
    """The name of every address; what stands in the address where it has none."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        else:
            yield from routes(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


@pytest.fixture
def site(ada, staff, engine, monkeypatch):
    """Something to see and to press at every address."""
    for module in (running, errands):  # they would wait for the test's end
        monkeypatch.setattr(module, "_aside", lambda _row: None)
    let_order_be_cancelled()
    duty.switch(False, None, "")
    chat = open_chat(shopper=ada)
    turn = accept(chat, "please cancel my order #2001", ada)
    list(conversation.answer(turn.pk, "test"))
    conversation.rate(chat, turn.reply.receipt, False, "")
    grace = User.objects.get(email="grace@example.com")
    whole_record.recall(grace)
    playground.note(grace, ada.pk)
    Embed.objects.create(name="Blog", origins=[SITE])
    ReadyReply.objects.create(title="Late parcels", text="Hello {name}")
    make_answer(Review.objects.first())
    whole_record.photo(turn)
    whole_record.switch_engines(grace)
    FairnessAudit.objects.create(seed=1, pairs=1, passed=True)
    return addresses(chat)


def make_answer(review):
    """The first review's correction, made an answer of the shop and a golden case."""
    owner = get_user_model().objects.get(email="olive@example.com")
    queue.claim(review, owner)
    queue.decide(review, owner, "corrected", correction="We can cancel it.")
    answers.publish(review, owner, answers.proposed(review), uuid.uuid4())
    GoldenCase.objects.create(review=review, questions=["?"], text="!", made_by=owner)
    ProductText.objects.create(handle="larkspur-kettle", kind="ad", seed=0, whole=False)


def addresses(chat):
    """Where each row is found; asked of the database once, not before every request."""
    values = arguments(chat)
    return {route: address(route, values) for route, _row in rows()}


def arguments(chat):
    """What stands in the addresses that name a thing."""
    action, review = Action.objects.get(), Review.objects.first()
    return {
        "storefront:department": ["Kitchen"], "storefront:product": ["larkspur-kettle"],
        "chatbot:receipt": [chat.turns.get().reply.receipt],
        "storefront:article": ["returns"], "storefront:order": ["2001"],
        "storefront:cart_add": ["larkspur-kettle"], "storefront:cart_change": [1], "storefront:placed": ["2001"],
        "admin:view_on_site": [ContentType.objects.get_for_model(Review).pk, review.pk], "admin:app_list": ["chatbot"],
        "admin:chatbot_review_deed": [review.pk, "claim"], "admin:chatbot_review_answer": [review.pk],
        "admin:chatbot_review_golden": [review.pk],
        "admin:chatbot_enginesetup_deed": [EngineSetup.objects.first().pk, "try"],
        "admin:chatbot_enginesetup_switch": ["back"],
        "admin:chatbot_goldencase_deed": [GoldenCase.objects.get().pk, "off"],
        "admin:chatbot_review_withdraw": [ShopAnswer.objects.get().pk],
        "admin:chatbot_conversation_photo": [Photo.objects.get().pk],
        "admin:chatbot_inbox_live": [chat.pk], "admin:chatbot_inbox_ready": [chat.pk],
        "admin:chatbot_producttext_deed": [ProductText.objects.get().pk, "restore"],
        "admin:chatbot_producttext_csv": ["ad"],
        "admin:chatbot_producttext_compare": [ProductText.objects.get().pk],
        "admin:chatbot_producttext_commission_deed": [1, "end"],
        "admin:chatbot_embed_key": [Embed.objects.get().pk],
        "admin:chatbot_inbox_deed": [chat.pk, "note"],
        "admin:chatbot_recall_live": [Recall.objects.get().pk],
        "admin:chatbot_recall_deed": [Recall.objects.get().pk, "word"],
        "admin:chatbot_action_deed": [action.pk, "release"],
        "admin:storefront_order_deed": [Order.objects.get().pk],
    }  # fmt: skip


def address(route, values):
    if route in values:
        return reverse(route, args=values[route])
    if route in ("widget:panel", "widget:start"):
        return f"{reverse(route)}?shop={Embed.objects.get().key}"
    model, _, page = route.removeprefix("admin:").rpartition("_")
    if model in MODELS and page in ("change", "history", "delete"):
        row = apps.get_model(*model.split("_")).objects.first()
        return reverse(route, args=[row.pk if row else 1])
    return reverse(route)


def without_row(names):
    return set(names) - {name for name, _row in rows()} - LEADING_ON


def test_every_address_has_a_row_and_every_row_an_address():
    assert without_row(routes()) == set()
    assert {name for name, _row in rows()} <= set(routes())


def test_a_new_address_is_missed_in_the_table_with_a_name_or_without():
    new = [path("export/", lambda request: None, name="export"), path("all/", lambda request: None)]
    assert without_row(routes(SimpleNamespace(url_patterns=new))) == {"export", "all/"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", range(6))
def test_everybody_gets_where_the_table_says_and_nowhere_else(site, client, who, django_user_model):
    wrong = {}
    for route, row in rows():
        method, expected = row.split()
        client.logout()
        if who:
            user = django_user_model.objects.get(email=f"{WHO[who]}@example.com")
            client.force_login(user, BACKEND)
        get = getattr(client, method.lower())
        status = get(site[route], HTTP_ORIGIN="http://testserver").status_code
        if str(status)[0] != expected[who]:
            wrong[route] = f"{status} for {expected[who]}"
    assert wrong == {}


def strict(who, users):
    """A browser of somebody's that minds where a form comes from, and whether it has the token."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = TOKEN
    if who:
        client.force_login(users.objects.get(email=f"{WHO[who]}@example.com"), BACKEND)
    return client


def send(client, where, method="post", known=True, **said):
    """A form of a page that knows the token or does not."""
    token = {"HTTP_X_CSRFTOKEN": TOKEN} if known else {}
    return getattr(client, method)(where, secure=True, **token, **said)


def forged(response):
    """Whether it was refused for where it came from."""
    return response.status_code == 403 and b"CSRF verification failed" in response.content


def obeyed(site, client, method, known, said):
    """The addresses that take what a page sends for the word of its reader."""
    return [r for r, _row in rows()
            if not forged(send(client, site[r], method, known, **said))]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("who", range(6))
def test_a_foreign_page_changes_nothing_at_any_address(site, who, django_user_model):
    client = strict(who, django_user_model)
    for how, (known, said) in FORGED.items():
        taken = COOKIELESS if how == "no token" else []
        assert obeyed(site, client, "post", known, said) == taken, how


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_takes_a_foreign_page_for_ours(site, method, django_user_model):
    client = strict(WHO.index("olive"), django_user_model)
    assert obeyed(site, client, method, True, {"HTTP_ORIGIN": FOREIGN}) == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", range(6))
def test_a_page_of_ours_gets_where_the_table_says(site, who, django_user_model):
    for route, row in rows():
        if row.startswith("POST"):
            response = send(strict(who, django_user_model), site[route], **GENUINE)
            assert not forged(response), route
            assert str(response.status_code)[0] == row.split()[1][who], route


@pytest.mark.django_db
@pytest.mark.parametrize("who", [0, 5])
def test_no_page_is_framed_or_read_by_a_foreign_one(site, who, django_user_model):
    client = strict(who, django_user_model)
    for route, row in rows():
        for method in ("get", "options") if row.startswith("GET") else ("options",):
            got = getattr(client, method)(site[route], secure=True, HTTP_ORIGIN=FOREIGN)
            framed = route in FRAMED and got.status_code == 200
            assert got.get("X-Frame-Options") == (None if framed else "DENY"), route
            shown = f"'self' {SITE};" if framed else "'none'"
            assert f"frame-ancestors {shown}" in got["Content-Security-Policy"] + ";", route
            assert not [h for h in got.headers if h.startswith("Access-Control-")], route
