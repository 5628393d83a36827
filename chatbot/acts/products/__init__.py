"""What may be said of products: prices, stock, options, attributes, what fits a wish.

Where no product is in question, only what looks for one has something to say.
"""

from .cards import carded
from .choices import asks_for_options, looks_by_page, options
from .compared import compare
from .extremes import extreme
from .finding import no_such, of_a_sort, reduced, search, suggest
from .pages import TELLS, attribute, besides, fit, in_the_box, page_answers
from .prices import SIDE, before, price, span
from .stock import availability, restock

__all__ = [
    "SIDE",
    "TELLS",
    "asks_for_options",
    "attribute",
    "availability",
    "before",
    "besides",
    "carded",
    "compare",
    "extreme",
    "fit",
    "in_the_box",
    "looks_by_page",
    "no_such",
    "of_a_sort",
    "options",
    "page_answers",
    "price",
    "reduced",
    "restock",
    "search",
    "span",
    "suggest",
]
