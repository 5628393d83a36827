"""What the database holds of all conversations, and whether shoppers and record agree with it."""

from __future__ import annotations

from collections import Counter

ENDS = {"answered", "clarified", "declined", "identity_required", "action_offered", "handed_off",
        "held_for_staff", "stopped", "unavailable"}  # fmt: skip


def read(seal: bool = False) -> dict:
    """All turns, frames and receipts, as plain data; `seal` chains the record first."""
    from chatbot import ledger
    from chatbot.models import Frame, LedgerEntry, Reply, Takeover, Turn

    if seal:
        ledger.seal()
    turns = Turn.objects.values_list(
        "conversation", "number", "client_id", "state", "reply__outcome"
    )
    frames = Frame.objects.order_by("conversation", "seq").values_list(
        "conversation", "seq", "body", "created_at"
    )
    replies = Reply.objects.values_list(
        "turn__conversation", "turn__number", "receipt", "text", "outcome", "acts"
    )
    return {
        "turns": [[str(c), n, str(cid), state, end] for c, n, cid, state, end in turns],
        "frames": [[str(c), seq, body | {"seq": seq}, at.timestamp()] for c, seq, body, at in frames],
        "replies": [[str(c), n, *rest, [act["told"] for act in acts]] for c, n, *rest, acts in replies],
        "entries": list(LedgerEntry.objects.filter(kind="reply").values_list("subject", flat=True)),
        "people": [str(c) for c in Takeover.objects.values_list("conversation", flat=True)],
        "fault": ledger.verify().fault if seal else "",
    }  # fmt: skip


def faults(told: dict, shoppers: list) -> list[str]:
    """Everything that was lost, doubled, left open or shown otherwise than it stands there."""
    found = [fault for shopper in shoppers for fault in shopper.faults]
    for shopper in shoppers:
        found += _of_shopper(told, shopper)
    return found + _of_turns(told) + _of_record(told)


def _of_shopper(told: dict, shopper) -> list[str]:
    turns = {cid: number for chat, number, cid, *_ in told["turns"] if chat == shopper.chat}
    lost = [cid for cid, number in shopper.acked.items() if turns.get(cid) != number]
    extra = set(turns) - set(shopper.texts)
    found = [f"acknowledged and lost: {cid}" for cid in lost]
    found += [f"never sent, yet there: {cid}" for cid in extra]
    stored = [body for chat, _seq, body, _at in told["frames"] if chat == shopper.chat]
    if shopper.transcript != stored:
        found.append(f"{shopper.chat}: {len(shopper.transcript)} frames shown, {len(stored)} kept")
    return found


def _of_turns(told: dict) -> list[str]:
    ended = Counter(), Counter(), Counter()
    for chat, _seq, body, _at in told["frames"]:
        for kind, counter in zip(("said", "reply", "done"), ended, strict=True):
            counter[chat, body.get("turn")] += body["type"] == kind
    found = []
    for chat, number, _cid, state, end in told["turns"]:
        to_person = end is None and chat in told["people"] and number > 1
        if state != "done" or not (to_person or end in ENDS):
            found.append(f"turn left open: {chat} {number} {state} {end}")
        elif [c[chat, number] for c in ended] != ([1, 0, 0] if to_person else [1, 1, 1]):
            found.append(f"said, announced or ended otherwise than once: {chat} {number}")
    return found + _of_sentences(told)


def _of_sentences(told: dict) -> list[str]:
    """Every reply is what was shown of it, and each draft of it was shown once."""
    shown: dict[tuple, list] = {}
    for chat, _seq, body, _at in told["frames"]:
        if body["type"] == "sentence":
            shown.setdefault((chat, body["turn"]), []).append(body["text"])
    found = []
    for chat, number, receipt, text, end, drafts in told["replies"]:
        said = shown.get((chat, number), [])
        once = end == "unavailable" or len(said) == sum(len(set(act)) for act in drafts)
        if " ".join(said) != text or not once:
            found.append(f"{receipt} was shown otherwise, or twice: {said} / {drafts}")
    return found


def _of_record(told: dict) -> list[str]:
    receipts = sorted(receipt for _chat, _number, receipt, *_rest in told["replies"])
    same = sorted(told["entries"]) == receipts
    found = [] if same else ["the ledger's entries are not the replies"]
    return found + ([f"ledger: {told['fault']}"] if told["fault"] else [])
