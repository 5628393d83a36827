"""What stands in the sidebar of the staff's pages, and how many shoppers wait."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from chatbot.inbox import line

# The assistant's pages by how often they are needed; others follow by name.
ICONS = {
    "Day": "monitoring",
    "Inbox": "inbox",
    "ReadyReply": "quickreply",
    "Review": "rate_review",
    "Action": "task_alt",
    "Conversation": "forum",
    "Order": "local_shipping",
    "ToldClaim": "fact_check",
    "Recall": "campaign",
    "Playground": "science",
    "ProductText": "edit_note",
    "GoldenCase": "workspace_premium",
    "FairnessAudit": "balance",
    "EngineSetup": "memory",
    "Duty": "toggle_on",
    "Embed": "web",
    "Guise": "supervised_user_circle",
    "LedgerEntry": "receipt_long",
    "Group": "group",
    "AccessAttempt": "gpp_maybe",
    "AccessFailureLog": "gpp_bad",
    "AccessLog": "gpp_good",
}


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages that this member of staff may see, in groups; the inbox with its number."""
    apps = sorted(admin.site.get_app_list(request), key=lambda app: app["app_label"] != "chatbot")
    return [{"title": app["name"], "items": _items(app["models"])} for app in apps]


def _items(models: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = {name: place for place, name in enumerate(ICONS)}
    known = sorted(models, key=lambda m: places.get(m["object_name"], len(places)))
    return [_item(model) for model in known if model["admin_url"]]


def _item(model: dict[str, Any]) -> dict[str, Any]:
    name = model["object_name"]
    item = {"title": model["name"], "link": model["admin_url"], "icon": ICONS.get(name, "table")}
    if name == "Inbox" and (number := line.waiting().count()):
        item |= {"badge": number, "badge_variant": "warning", "badge_style": "solid"}
    return item
