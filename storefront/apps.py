"""The shop as a Django app."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "storefront"
    verbose_name = "Shop"

    def ready(self) -> None:
        from django.conf import settings

        from . import carts, checks, logs  # noqa: F401 - registers them
        from .search import index

        index.listen()
        if settings.LOG_FORMAT == "json":
            logs.catch_the_rest()
