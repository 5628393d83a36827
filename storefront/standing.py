"""Which state of its texts the shop is in, told in one question to the database."""

from __future__ import annotations

from django.db import connection

# One row a part: what it is, until when it was changed, how many there are; of the articles that
# can be read each one's number, because nothing else tells that one was withdrawn.
PARTS = """
    SELECT 'goods', MAX(updated_at), COUNT(*) FROM storefront_product
    UNION ALL SELECT 'variants', MAX(updated_at), 0 FROM storefront_variant
    UNION ALL SELECT 'texts', MAX(imported_at), 0 FROM storefront_articleversion
    UNION ALL SELECT digest, NULL, 0 FROM storefront_shop
    UNION ALL SELECT 'read', NULL, id FROM storefront_article WHERE NOT withdrawn
"""


def catalogue_version() -> str:
    """Changes whenever products, articles or rules do; caches built from them compare it."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS)
        return repr(sorted(cursor.fetchall(), key=repr))
