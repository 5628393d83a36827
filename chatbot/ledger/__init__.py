"""The record: append-only, hash-chained, signed. This room is its only writer.

An entry holds the salted digest of a body that lives elsewhere and can be erased. One sealer at a
time chains entries with HMAC-SHA256 (RFC 2104) and signs the head, so that no lock stands in a
shopper's way, and whoever alters, removes, adds or moves a row without the key is found.
"""

from __future__ import annotations

from .bodies import ACTION_FIELDS, FORM, RECORDED, REPLY_FIELDS, REVIEW_FIELDS, digest
from .dispatch import last_sent, places, send, send_due
from .entries import (
    mark,
    parts,
    record,
    record_action,
    record_answer,
    record_correction,
    record_disclosure,
    record_duty,
    record_edit,
    record_engine,
    record_erasure,
    record_golden,
    record_guise,
    record_hold,
    record_photo,
    record_rating,
    record_recall,
    record_remark,
    record_reply,
    record_review,
    record_setup,
    record_switch,
    record_takeover,
    record_trial,
)
from .heads import BadHead, read
from .keys import KeyMissing
from .running import begin, present
from .sealing import NothingToRotate, rotate, seal, unsealed
from .verifying import Verdict, verify

__all__ = [
    "ACTION_FIELDS",
    "FORM",
    "RECORDED",
    "REPLY_FIELDS",
    "REVIEW_FIELDS",
    "BadHead",
    "KeyMissing",
    "NothingToRotate",
    "Verdict",
    "begin",
    "digest",
    "last_sent",
    "mark",
    "parts",
    "places",
    "present",
    "read",
    "record",
    "record_action",
    "record_answer",
    "record_correction",
    "record_disclosure",
    "record_duty",
    "record_edit",
    "record_engine",
    "record_erasure",
    "record_golden",
    "record_guise",
    "record_hold",
    "record_photo",
    "record_rating",
    "record_recall",
    "record_remark",
    "record_reply",
    "record_review",
    "record_setup",
    "record_switch",
    "record_takeover",
    "record_trial",
    "rotate",
    "seal",
    "send",
    "send_due",
    "unsealed",
    "verify",
]
