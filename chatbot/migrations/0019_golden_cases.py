"""What corrections become, and trials by them. Reviewers may make answers of the shop; the owner can take that away."""

import chatbot.models.talk
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MAY = ("publish_answer",)


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

    dependencies = [
        ('chatbot', '0018_inbox_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ShopAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('article', models.CharField(max_length=200, verbose_name='help article')),
                ('digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shop_answers', to='chatbot.review')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
            ],
            options={
                'verbose_name': 'answer of the shop',
                'verbose_name_plural': 'answers of the shop',
                'ordering': ('made_at',),
                'permissions': (('publish_answer', 'Can make corrections answers of the shop'),),
            },
        ),
        migrations.CreateModel(
            name='GoldenCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.CharField(default=chatbot.models.talk.new_salt, max_length=32)),
                ('questions', models.JSONField(default=list, verbose_name='messages')),
                ('page', models.CharField(blank=True, max_length=200, verbose_name='product page')),
                ('outcome', models.CharField(blank=True, max_length=20, verbose_name='outcome')),
                ('must_state', models.JSONField(default=list, verbose_name='has to say')),
                ('must_not', models.JSONField(default=list, verbose_name='must not say')),
                ('text', models.TextField(verbose_name='right answer')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('changed_at', models.DateTimeField(null=True, verbose_name='changed')),
                ('emptied_at', models.DateTimeField(null=True, verbose_name='deleted')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='golden_cases', to='chatbot.review')),
            ],
            options={
                'verbose_name': 'golden case',
                'verbose_name_plural': 'golden cases',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('setup', models.JSONField(verbose_name='what was tried')),
                ('engine', models.CharField(max_length=120, verbose_name='engine')),
                ('weights', models.CharField(blank=True, max_length=64)),
                ('cases', models.PositiveIntegerField(verbose_name='cases')),
                ('before', models.PositiveIntegerField(null=True, verbose_name='passed before')),
                ('after', models.PositiveIntegerField(verbose_name='passed')),
                ('broken', models.PositiveIntegerField(verbose_name='passed before and fail now')),
                ('kept_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='kept')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by')),
            ],
            options={
                'verbose_name': 'trial',
                'verbose_name_plural': 'trials',
                'ordering': ('-pk',),
                'indexes': [models.Index(models.F('digest'), models.F('id'), name='trials_of_a_setup')],
            },
        ),
        migrations.RunPython(allow_reviewers, migrations.RunPython.noop),
    ]
