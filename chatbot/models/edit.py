"""Which message a shopper has written anew."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .talk import Turn


class Edit(models.Model):
    """That a message was replaced by a later one. Both stay as they were said, each with its reply;
    what is spoken of further on is the later one's."""

    turn = models.OneToOneField(Turn, models.CASCADE, related_name="edit")  # what was replaced
    by = models.OneToOneField(Turn, models.CASCADE, related_name="edit_of")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.turn} -> {self.by}"
