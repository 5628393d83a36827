"""What a conversation counts for on its side of a share: once for each thing that went wrong in it,
so that both sides can be compared conversation by conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from chatbot.models import Review, Side

from .statistics import bucket

if TYPE_CHECKING:
    from .tallies import Story

MARK = "side"
WRONG = (Review.Verdict.CORRECTED, Review.Verdict.REJECTED)


def key(chat: Mapping[str, Any]) -> str:
    """Under which share and side it counts."""
    return f"{MARK}|{chat['engine_share']}|{int(chat['on_candidate'])}"


def is_one(part: str) -> bool:
    """Whether a part of a tally is a side, and not a day."""
    return part.startswith(f"{MARK}|")


def split(part: str) -> tuple[int, bool]:
    """The share, and whether the side is the candidate's."""
    _mark, share, side = part.split("|")
    return int(share), side == "1"


def of(story: Story) -> Counter[str]:
    """Everything counted of a conversation. What begins with "held." outlives an erasure."""
    side = "candidate" if story.chat["on_candidate"] else "standing"
    name = (story.chat["engine_share__names"] or {}).get(side, "")
    found = Counter(_of_replies(story.replies, name))
    found.update("up" if thumb["helpful"] else "down" for thumb in story.thumbs)
    for review in story.reviews:
        if review["reason"] == Review.Reason.SAMPLE and review["verdict"]:
            found.update(["reviewed"] + ["wrong"] * (review["verdict"] in WRONG))
    once = {
        "chats": 1, "held.chats": found["held.sentences"], "chats.broke": found["broke"],
        "chats.person": found["handed_off"], "chats.down": found["down"],
    }  # fmt: skip
    found.update(name for name, number in once.items() if number)
    return found


def _of_replies(replies: list[dict[str, Any]], name: str) -> Iterator[str]:
    """What is counted of replies; one that another engine had to help with has broken as well."""
    for reply in replies:
        if not reply["completed_at"]:
            continue
        yield "replies"
        helped = bool(name and reply["engine"] and reply["engine"] != name)
        if helped or reply["outcome"] == "unavailable":
            yield "broke"
        if reply["outcome"] in ("unavailable", "handed_off"):
            yield reply["outcome"]
        for span in ("first", "total"):
            if reply["engine"] and reply[f"{span}_ms"]:
                yield f"{span}.{bucket(reply[f'{span}_ms'])}"
        yield from ["held.sentences"] * len(_held(reply["claims"]))


def _held(claims: list[dict[str, Any]]) -> set[str]:
    """The sentences of a reply that were kept back."""
    return {c["sentence"] for c in claims if c["verdict"] == "held" and not c["shown"]}


def move(part: str, by: Mapping[str, int]) -> None:
    """Add to the sum of a side; under the lock of whoever counts."""
    share, candidate = split(part)
    row, _new = Side.objects.get_or_create(share_id=share, candidate=candidate)
    counts = Counter(row.counts)
    counts.update(by)
    row.counts = {name: number for name, number in counts.items() if number}
    row.save(update_fields=["counts"])


def kept(share: int) -> dict[bool, Counter[str]]:
    """The sums of both sides."""
    rows = dict(Side.objects.filter(share=share).values_list("candidate", "counts"))
    return {side: Counter(rows.get(side, {})) for side in (False, True)}
