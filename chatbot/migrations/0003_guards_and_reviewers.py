"""The ledger's triggers, and the group of staff who may review and nothing else."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chatbot import guards

MAY = (
    "view_conversation", "view_turn", "view_reply", "view_disclosure", "view_feedback",
    "view_review", "decide_review",
)  # fmt: skip


def install_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(editor.connection)


def remove_guards(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    guards.remove(editor.connection)


def create_reviewers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made after all migrations as a rule; the group needs them now."""
    config = apps.get_app_config("chatbot")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group, _new = apps.get_model("auth", "Group").objects.get_or_create(name="Reviewers")
    permissions = apps.get_model("auth", "Permission").objects
    group.permissions.set(permissions.filter(content_type__app_label="chatbot", codename__in=MAY))


class Migration(migrations.Migration):
    dependencies = [
        ("chatbot", "0002_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        migrations.RunPython(install_guards, remove_guards),
        migrations.RunPython(create_reviewers, migrations.RunPython.noop),
    ]
