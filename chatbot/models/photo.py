"""What shoppers show the team: photos of what arrived."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from .talk import Conversation, Turn, new_salt


class Photo(models.Model):
    """A photo as it was made anew here: a JPEG without a word about where and by what it was taken.

    It lies in the database, so that it comes, is erased and is backed up with its conversation. The
    record vouches for the digest of its bytes, by which they are checked whenever they are shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="photos")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="photos")  # the last one before it
    client_id = models.UUIDField()  # the client's; a repeated one changes nothing
    salt = models.CharField(max_length=32, default=new_salt)
    digest = models.CharField(max_length=64)  # SHA-256 of the body
    size = models.PositiveIntegerField()  # bytes
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    body = models.BinaryField()
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("added_at",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint("conversation", "client_id", name="one_photo_a_client_id"),
        )

    def __str__(self) -> str:
        return f"{self.turn}, {self.width} × {self.height}"
