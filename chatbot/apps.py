"""The assistant as a Django app."""

from django.apps import AppConfig


class ChatbotConfig(AppConfig):
    name = "chatbot"
    verbose_name = "Assistant"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers them
        from .review import intake

        intake.holding()  # a rule that there is not is told at the start, not at the first message
