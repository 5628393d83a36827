"""The assistant as a Django app."""

from django.apps import AppConfig


class ChatbotConfig(AppConfig):
    name = "chatbot"
    verbose_name = "Assistant"

    def ready(self) -> None:
        from . import (
            checks,  # noqa: F401 - registers them
            remote,
        )
        from .review import intake

        # What there is not is told at the start, not at the first message.
        remote.place()
        intake.holding()
