"""Make the demo shop's people able to sign in: shoppers, a reviewer, the owner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError

from storefront.models import User

PASSWORD = "harbour-demo"  # noqa: S105 - printed, documented, refused outside DEBUG
SHOPPERS = ("maya.okafor@example.com", "grace.kimani@example.com", "wei.zhang@example.com")
REVIEWER, OWNER = "reviewer@harbourandpine.example", "owner@harbourandpine.example"
TEXTS = ("write_text", "approve_text")


class Command(BaseCommand):
    """Sets the documented demo password; only while DEBUG is on."""

    help = __doc__

    def handle(self, *args: object, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("DEBUG is off: demo passwords have no place on a real site.")
        for email in SHOPPERS:
            self._let_in(email)
        self._let_in(REVIEWER, is_staff=True, first_name="Robin", last_name="Reviewer")
        reviewer = User.objects.get(email=REVIEWER)
        reviewer.groups.add(Group.objects.get(name="Reviewers"))
        # A second person for the owner's product texts, and the other way round.
        reviewer.user_permissions.add(*Permission.objects.filter(codename__in=TEXTS))
        self._let_in(OWNER, is_staff=True, is_superuser=True, first_name="Olive", last_name="Owner")
        self.stdout.write(
            f"Demo logins, password {PASSWORD}:\n"
            f"  shopper   {SHOPPERS[0]}\n  reviewer  {REVIEWER}\n  owner     {OWNER}"
        )

    def _let_in(self, email: str, **fields: Any) -> None:
        user, _new = User.objects.get_or_create(email=email)
        for name, value in fields.items():
            setattr(user, name, value)
        user.set_password(PASSWORD)
        user.save()
