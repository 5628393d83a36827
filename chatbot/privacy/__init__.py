"""The privacy room: a shopper's own data, shown, given out whole, erased, and not kept for ever."""

from __future__ import annotations

from .erasing import erase
from .exporting import everything, export
from .kept import Kept, conversations, kept
from .liking import forget, liking

__all__ = ["Kept", "conversations", "erase", "everything", "export", "forget", "kept", "liking"]
