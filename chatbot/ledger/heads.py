"""Signed heads out of the house: what nobody who rewrites the database can reach.

A head is one line of JSON: so many entries, the last mac of the chain, the checkpoint's signature.
Who holds database and key can make a record anew that holds by itself; it does not lead to the
heads that were sent out before.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, PositiveInt, StringConstraints
from pydantic import ValidationError as Invalid

from chatbot.models import LedgerCheckpoint, LedgerSeal

from . import keys
from .bodies import stamp
from .chain import Chain, Fault
from .sealing import GENESIS, newest_checkpoint, signature

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class BadHead(Exception):
    """Raised for a file of heads that can't be read: says where, what and what to do."""


class Head(BaseModel):
    """One head, as it was sent out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    count: PositiveInt
    head: Digest
    before: Digest  # the signature of the checkpoint before, which this one's covers
    signature: Digest
    signed_at: AwareDatetime
    key: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{8})?$")]  # its id


def newest() -> Head | None:
    """The head of the newest checkpoint; None while nothing is sealed."""
    point = newest_checkpoint()
    if point is None:
        return None
    earlier = LedgerCheckpoint.objects.filter(count__lt=point.count).order_by("-count").first()
    return Head(
        count=point.count, head=point.head, signature=point.signature, key=point.key,
        before=earlier.signature if earlier else GENESIS, signed_at=point.signed_at,
    )  # fmt: skip


def write(head: Head, path: Path) -> None:
    """Append a head to a file, unless it is the last there."""
    text = path.read_text() if path.exists() else ""
    line = head.model_dump_json()
    if text.rstrip().endswith(line):
        return
    with path.open("a") as file:
        file.write(f"{'' if text.endswith(chr(10)) or not text else chr(10)}{line}\n")


def read(path: Path) -> list[tuple[str, Head]]:
    """The heads of a file, each with where it stands. Raises BadHead."""
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError as error:
        raise BadHead(
            f"There is no file {path}; `manage.py checkpoint --to` writes one."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadHead(f"{path} can't be read ({error}); give a file of heads.") from error
    heads = [(f"{path}, line {n}", line) for n, line in enumerate(lines, 1) if line.strip()]
    if not heads:
        raise BadHead(f"{path} holds no head; give a file that `manage.py checkpoint` wrote.")
    return [(where, _parse(where, line)) for where, line in heads]


def _parse(where: str, line: str) -> Head:
    try:
        head = Head.model_validate_json(line)
    except Invalid as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "line"
        raise BadHead(
            f"{where}: {name} is {str(first['input'])[:80]!r}: {first['msg']}. The line is damaged "
            "or none of ours; take it from another copy, or remove it."
        ) from error
    _check_signature(where, head)
    return head


def _check_signature(where: str, head: Head) -> None:
    point = LedgerCheckpoint(**head.model_dump(exclude={"before"}))
    try:
        tried = [keys.by_id(head.key)] if head.key else keys.known()
    except keys.KeyMissing as error:
        raise BadHead(f"{where}: {error} Or the line is of another record.") from error
    signed = (signature(key, head.before, point) for key in tried)
    if not any(hmac.compare_digest(found, head.signature) for found in signed):
        raise BadHead(
            f"{where}: signature is {head.signature}, which none of our keys made of the rest of "
            "the line. It was altered, or is of another record; take it from another copy."
        )


def compare(heads: Sequence[tuple[str, Head]], chain: Chain) -> None:
    """Find every head on the chain that was walked. Raises Fault."""
    for where, head in heads:
        if head.count > chain.count:
            raise Fault(
                f"The record ends with entry {chain.count}, and {where} vouches for {head.count} "
                f"of {_day(head.signed_at)}: its end was cut off."
            )
        if LedgerSeal.objects.get(position=head.count).mac != head.head:
            raise Fault(
                f"The chain at place {head.count} is not the one that {where} vouches for: the "
                f"record was written anew after {_day(head.signed_at)}."
            )
        point = LedgerCheckpoint.objects.filter(count=head.count).first()
        if point is None or point.signature != head.signature:
            raise Fault(f"Checkpoint {head.count} was signed anew; {where} holds the one before.")


def _day(moment: datetime) -> str:
    return stamp(moment)[:16].replace("T", " ") + " UTC"
