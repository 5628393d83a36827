"""The catalogue as a Google Merchant feed, which other shop windows and agents read as well.

Attributes and limits: support.google.com/merchants/answer/7052112. What an AI wrote leaves as
structured_title and structured_description, marked trained_algorithmic_media, and never beside the
plain attribute, which Google would take, without the mark.
"""

from __future__ import annotations

from .goods import Texts, Written, items
from .required import Checked, checked
from .writing import FORMATS, pieces

__all__ = ["FORMATS", "Checked", "Texts", "Written", "checked", "items", "pieces"]
