"""Photos: where the shop's rules ask for one, a shopper may show what is broken or wrong.

What comes is never kept as it comes: it is decoded within limits and drawn anew, so that neither
hidden data nor a file that is two things at once gets any further. Only staff see it.
"""

from __future__ import annotations

import hashlib
import io
import struct
import uuid
from datetime import timedelta
from threading import BoundedSemaphore
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from storefront import queries

from . import delivery, ledger
from .models import Conversation, Frame, Photo, Reply

RULE = "claims.photos"  # how many a conversation may have; absent: the shop wants none
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 50_000_000  # of a JPEG, which is unfolded at the size that is kept
MOST_WHOLE = 25_000_000  # of others, which are unfolded whole
LONGEST_SIDE = 2048
A_DAY = 12  # of one browser
FORMATS = ("JPEG", "PNG", "WEBP")
ABOUT = frozenset(("damaged", "wrong_item"))  # asks that a photo helps with
ORIENTATION = 0x0112  # of the Exif standard (JEITA CP-3451), and what puts each right
TURNS = dict(enumerate((
    Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180, Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE, Image.Transpose.ROTATE_270, Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
), 2))  # fmt: skip
SIMPLE = ("RGB", "RGBA", "L")  # modes that can be made smaller as they are
_drawing = BoundedSemaphore(2)  # as many at a time; each takes some 100 MB
UNREADABLE = (
    OSError, ValueError, TypeError, SyntaxError, EOFError, struct.error,
    Image.DecompressionBombError,
)  # fmt: skip


def left(reply: Reply) -> int:
    """How many photos its shopper may add because of what this reply answers."""
    if not _asks_for_one(reply):
        return 0
    return max(0, _wanted() - reply.turn.conversation.photos.count())


def add(chat: Conversation, client_id: uuid.UUID, file: BinaryIO) -> list[Frame]:
    """Keep a photo; a repeated id changes nothing. Raises delivery.Refused."""
    if chat.photos.filter(client_id=client_id).exists():
        return []
    _check(chat)
    body, size = drawn(file)  # before anything is locked
    try:
        return _keep(chat, client_id, body, size)
    except delivery.Erased as error:
        raise delivery.Refused("photo", _("There is no such chat here.")) from error


@transaction.atomic
def _keep(
    chat: Conversation, client_id: uuid.UUID, body: bytes, size: tuple[int, int]
) -> list[Frame]:
    locked = delivery.hold(chat.pk)
    if locked.photos.filter(client_id=client_id).exists():
        return []
    _check(locked)  # others may have come meanwhile
    turn = locked.turns.order_by("-number")[0]
    photo = locked.photos.create(
        turn=turn, client_id=client_id, body=body, digest=hashlib.sha256(body).hexdigest(),
        size=len(body), width=size[0], height=size[1],
    )  # fmt: skip
    ledger.record_photo(photo)
    told = {"type": "photo", "turn": turn.number, "id": str(photo.pk), "client_id": str(client_id)}
    return [delivery.append(turn, told)]


def drawn(file: BinaryIO) -> tuple[bytes, tuple[int, int]]:
    """The picture in `file`, upright, drawn anew as a JPEG with nothing beside it, and its size.
    Raises delivery.Refused."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise delivery.Refused(
            "photo", _("The photo is larger than 8 MB; please send a smaller one.")
        )
    try:
        with _drawing:
            picture = _decoded(data)
    except UNREADABLE as error:
        told = _("That can’t be read as a photo. Please send a JPEG, PNG or WebP picture.")
        raise delivery.Refused("photo", told) from error
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue(), picture.size


def intact(photo: Photo) -> bool:
    """Whether its bytes are those that are on record."""
    return bool(photo.body) and hashlib.sha256(bytes(photo.body)).hexdigest() == photo.digest


def _decoded(data: bytes) -> Image.Image:
    """The pixels alone, on white where they let something through, no larger than is useful."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        most = MOST_PIXELS if opened.format == "JPEG" else MOST_WHOLE
        if opened.width * opened.height > most:
            raise ValueError(f"{opened.width} × {opened.height} pixels are too many.")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        small = opened if opened.mode in SIMPLE else opened.convert("RGBA")
        small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright = _upright(small, opened.getexif()).convert("RGBA")
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright.getchannel("A"))
    return plain


def _upright(picture: Image.Image, exif: Image.Exif) -> Image.Image:
    """The picture as it was held; what its file tells besides is not even written anew."""
    turn = TURNS.get(exif.get(ORIENTATION, 1))
    return picture if turn is None else picture.transpose(turn)


def _asks_for_one(reply: Reply) -> bool:
    return bool(ABOUT & set(reply.reading.get("asks", ())))


def _wanted() -> int:
    most = queries.rules().get(RULE)
    return most if isinstance(most, int) and not isinstance(most, bool) else 0


def _check(chat: Conversation) -> None:
    replies = Reply.objects.filter(turn__conversation=chat).order_by("-opened_at")[:20]
    if not _wanted() or not any(map(_asks_for_one, replies)):
        raise delivery.Refused("photo", _("No photo is needed here."))
    if chat.photos.count() >= _wanted():
        raise delivery.Refused("photo", _("That’s as many photos as this chat can hold."))
    day = timezone.now() - timedelta(days=1)
    same = Photo.objects.filter(conversation__owner=chat.owner, added_at__gte=day)
    if same.count() >= A_DAY:
        raise delivery.Refused("photo", _("That’s as many photos as we can take today."))
