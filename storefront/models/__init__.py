"""The shop's rows: people, catalogue, orders, help, rules. Money is in the shop's currency."""

from __future__ import annotations

from .articles import Answer, Article, ArticleVersion
from .carts import Cart, CartLine
from .catalogue import PricePoint, Product, ProductSentence, Shop, Variant
from .orders import Order, OrderChange, OrderEvent, OrderLetter, OrderLine
from .people import User, UserManager
from .texts import PassageText, ProductText

__all__ = [
    "Answer",
    "Article",
    "ArticleVersion",
    "Cart",
    "CartLine",
    "Order",
    "OrderChange",
    "OrderEvent",
    "OrderLetter",
    "OrderLine",
    "PassageText",
    "PricePoint",
    "Product",
    "ProductSentence",
    "ProductText",
    "Shop",
    "User",
    "UserManager",
    "Variant",
]
