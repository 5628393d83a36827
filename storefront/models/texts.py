"""The words by which things are found: the shop's search reads these, and nothing else does.

The database's own full text stands on these tables (`storefront/search/fulltext.py`) and follows
every change of a row. SQLite rebuilds a table that a migration alters, and loses its triggers then:
such a migration has to lay them anew.
"""

from __future__ import annotations

from django.db import models

from .articles import Article
from .catalogue import Product


class ProductText(models.Model):
    """The words of a product, the telling ones first."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="+")
    title = models.TextField()
    about = models.TextField()  # department, brand, tags, option values
    body = models.TextField()  # its sentences and SKUs

    def __str__(self) -> str:
        return self.title


class PassageText(models.Model):
    """The words of one piece of a help article, as it stands in the newest version."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()  # place in the article, from 0
    title = models.TextField()
    about = models.TextField()  # the section's heading, the topic
    body = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint("article", "number", name="one_passage_a_place"),)

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
