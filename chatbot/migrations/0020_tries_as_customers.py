"""To try the assistant as a customer takes a permission, and is recorded. Whoever may answer shoppers in
the inbox may do so; the owner can take that away."""

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def allow_who_answers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Permissions are made after all migrations as a rule; groups and staff need this one now."""
    config = apps.get_app_config("chatbot")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    of_chats = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="chatbot")
    answering, trying = of_chats.get(codename="answer_inbox"), of_chats.get(codename="try_as_customer")
    trying.group_set.add(*answering.group_set.all())
    trying.user_set.add(*answering.user_set.all())


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0019_golden_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='playground',
            options={'default_permissions': (), 'permissions': (('try_as_customer', 'Can try the assistant as a customer'),), 'verbose_name': 'try of the assistant', 'verbose_name_plural': 'playground'},
        ),
        migrations.CreateModel(
            name='Guise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shopper', models.PositiveBigIntegerField(verbose_name='number of the customer')),
                ('tried_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='tried')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tried by')),
            ],
            options={
                'verbose_name': 'try as a customer',
                'verbose_name_plural': 'tries as customers',
                'ordering': ('-pk',),
            },
        ),
        migrations.RunPython(allow_who_answers, migrations.RunPython.noop),
    ]
