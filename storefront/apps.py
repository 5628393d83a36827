"""The shop as a Django app."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "storefront"
    verbose_name = "Shop"

    def ready(self) -> None:
        from . import carts, checks  # noqa: F401 - registers them
        from .search import index

        index.listen()
