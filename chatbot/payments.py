"""Names of ways to pay that mean nothing else, as people and texts write them."""

from __future__ import annotations

NAMES = (
    r"master ?cards?", r"am(?:erican )?ex(?:press)?", r"pay ?pal", r"apple ?pay",
    r"g(?:oogle)? ?pay", r"shop ?pay", r"amazon ?pay", r"revolut(?: pay)?", r"klarna",
    r"after ?pay(?! ?(?:days?|check)\b)", r"clear ?pay",
    r"affirm(?! (?:that|whether|if|it|this|my|your|our)\b)", r"sezzle", r"venmo", r"zelle",
    r"cash ?app", r"crypto(?:s|currenc(?:y|ies))?|bitcoins?", r"bancontact", r"giropay", r"twint",
    r"alipay", r"wechat(?: pay)?",
)  # fmt: skip
