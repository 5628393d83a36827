"""The record vouches for more: disclosures, the switch, what the assistant runs under; entries carry a
mark, checkpoints their key's id.

What was there before stays as it is sealed. Disclosures and switches that predate this are recorded
now, as they stand: so from here on every one of them needs its entry, and none can be slipped in as
if it were old.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chatbot import guards, ledger

FORM = 1  # of rows as they are here; later columns are not there yet


def take_guards_off(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes a changed table anew, without its triggers."""
    guards.remove(editor.connection)


def put_guards_on(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    guards.install(editor.connection)


def mark_what_is_open(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Entries that no sealer has come to yet are marked, as new ones are."""
    for entry in apps.get_model("chatbot", "LedgerEntry").objects.filter(seal=None):
        entry.mark = ledger.mark(entry)
        entry.save(update_fields=["mark"])


def record_what_was(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """An entry for every disclosure and switch there is."""
    entries = apps.get_model("chatbot", "LedgerEntry").objects
    for kind in ("disclosure", "duty"):
        for row in apps.get_model("chatbot", kind).objects.order_by("pk").iterator(2000):
            subject, salt, body = ledger.parts(kind, row, FORM)
            entry = entries.model(kind=kind, subject=subject, form=FORM)
            entry.digest = ledger.digest(salt, body)
            entry.mark = ledger.mark(entry)
            entry.save()


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0009_queue_by_priority'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_guards_off, put_guards_on),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('to', models.CharField(max_length=300, verbose_name='to')),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('outcome', models.CharField(blank=True, choices=[('sent', 'Sent'), ('failed', 'Could not be sent')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
            ],
            options={
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Setup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('settings', models.JSONField(verbose_name='settings')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'setup',
                'verbose_name_plural': 'setups',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begun')),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(default=0)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('count', models.PositiveBigIntegerField(default=0)),
                ('fault', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='ledgercheckpoint',
            name='key',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='after',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='form',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='ledgerentry',
            name='mark',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='action',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AlterField(
            model_name='duty',
            name='switched_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='switched by'),
        ),
        migrations.AlterField(
            model_name='ledgerentry',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='written'),
        ),
        migrations.AlterField(
            model_name='review',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.UniqueConstraint(models.F('mark'), condition=models.Q(('mark', ''), _negated=True), name='one_entry_a_mark'),
        ),
        migrations.AddConstraint(
            model_name='dispatch',
            constraint=models.UniqueConstraint(models.F('day'), models.F('to'), name='one_dispatch_a_day'),
        ),
        migrations.AddField(
            model_name='verification',
            name='begun_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        # No way back: without forms and marks no later entry would verify.
        migrations.RunPython(mark_what_is_open),
        migrations.RunPython(record_what_was),
        migrations.RunPython(put_guards_on, take_guards_off),
    ]
