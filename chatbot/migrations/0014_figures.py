"""The dashboard's sums, what finds quickly what they are made of, and who may see them."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def allow_reviewers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made after all migrations as a rule; the group needs this one now."""
    config = apps.get_app_config("chatbot")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    group, _new = apps.get_model("auth", "Group").objects.get_or_create(name="Reviewers")
    permission = apps.get_model("auth", "Permission").objects
    group.permissions.add(*permission.filter(codename="view_day", content_type__app_label="chatbot"))


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0013_inbox_promises'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Bookmark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveBigIntegerField(default=0)),
                ('looked_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('engine', models.CharField(blank=True, max_length=120, verbose_name='engine')),
                ('weights', models.CharField(blank=True, max_length=64)),
                ('counts', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'dashboard',
                'verbose_name_plural': 'dashboard',
                'ordering': ('day', 'engine', 'weights'),
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('conversation', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('parts', models.JSONField(default=dict)),
                ('came_back', models.BooleanField(default=False)),
                ('due_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(models.F('created_at'), name='newest_thumbs'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(models.F('created_at'), condition=models.Q(('state', 'closed'), _negated=True), name='open_reviews'),
        ),
        migrations.AddConstraint(
            model_name='day',
            constraint=models.UniqueConstraint(models.F('day'), models.F('engine'), models.F('weights'), name='one_row_a_day_and_version'),
        ),
        migrations.AddIndex(
            model_name='tally',
            index=models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='due_tallies'),
        ),
        migrations.RunPython(allow_reviewers, migrations.RunPython.noop),
    ]
