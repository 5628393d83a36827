"""The claim register, filled with what replies have told so far."""

from itertools import chain, islice

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from chatbot.recall import register

BATCH = 1000  # rows written at a time


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Enter the claims of every reply that is complete and not erased."""
    told, replies = (apps.get_model("chatbot", name) for name in ("ToldClaim", "Reply"))
    whole = replies.objects.filter(completed_at__isnull=False).exclude(salt="").exclude(claims=[])
    if not whole.exists():
        return
    currency = register.shop_currency()
    rows = chain.from_iterable(
        (told(reply_id=r.pk, conversation_id=r.turn.conversation_id, **row)
         for row in register.rows(r, currency))
        for r in whole.select_related("turn").order_by("pk").iterator(BATCH)
    )  # fmt: skip
    while some := list(islice(rows, BATCH)):
        told.objects.bulk_create(some)


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0011_erased_at'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('text', models.TextField(verbose_name='claim')),
                ('sentence', models.TextField(verbose_name='sentence')),
                ('source', models.CharField(max_length=255, verbose_name='source')),
                ('version', models.CharField(max_length=64, verbose_name='version')),
                ('page', models.CharField(max_length=255, verbose_name='page')),
                ('title', models.CharField(blank=True, max_length=255, verbose_name='title')),
                ('field', models.CharField(blank=True, max_length=20)),
                ('value', models.TextField(blank=True, verbose_name='told')),
                ('amount', models.BigIntegerField(null=True, verbose_name='amount')),
                ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
                ('day', models.DateField(null=True, verbose_name='date')),
                ('told_at', models.DateTimeField(verbose_name='told at')),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_claims', to='chatbot.conversation')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_claims', to='chatbot.reply')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
                'ordering': ('-pk',),
                'indexes': [models.Index(models.F('page'), models.F('id'), name='claims_of_a_page'), models.Index(models.F('source'), models.F('field'), name='claims_of_a_fact'), models.Index(models.F('kind'), models.F('id'), name='claims_of_a_kind'), models.Index(models.F('amount'), models.F('id'), condition=models.Q(('amount', None), _negated=True), name='claims_of_money'), models.Index(models.F('told_at'), name='claims_by_time')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
