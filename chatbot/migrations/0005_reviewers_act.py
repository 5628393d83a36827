"""Reviewers see actions and may switch the assistant off; releasing money is a permission that the
owner gives."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


MAY = ("view_action", "view_duty", "switch_duty")


def allow_reviewers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made after all migrations as a rule; the group needs these now."""
    config = apps.get_app_config("chatbot")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group, _new = apps.get_model("auth", "Group").objects.get_or_create(name="Reviewers")
    permissions = apps.get_model("auth", "Permission").objects
    group.permissions.add(*permissions.filter(codename__in=MAY))


class Migration(migrations.Migration):
    dependencies = [("chatbot", "0004_actions_duty_proofs")]
    operations = [migrations.RunPython(allow_reviewers, migrations.RunPython.noop)]
