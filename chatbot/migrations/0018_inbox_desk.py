"""What the inbox still lacked."""

import chatbot.models.ready
import chatbot.models.talk
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0017_held_replies'),
        ('storefront', '0002_order_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('away', models.BooleanField(default=False)),
                ('letters', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Playground',
            fields=[
            ],
            options={
                'verbose_name': 'try of the assistant',
                'verbose_name_plural': 'playground',
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('chatbot.conversation',),
        ),
        migrations.AddField(
            model_name='conversation',
            name='alerted_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='PersonRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('good', models.BooleanField(verbose_name='good')),
                ('comment', models.TextField(blank=True, max_length=1000, verbose_name='comment')),
                ('salt', models.CharField(default=chatbot.models.talk.new_salt, max_length=32)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                ('takeover', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='chatbot.takeover')),
            ],
            options={
                'verbose_name': 'rating of a person',
                'verbose_name_plural': 'ratings of persons',
            },
        ),
        migrations.CreateModel(
            name='ReadyReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('text', models.TextField(help_text="{name} becomes the shopper's first name, or “there”; {me} your own name.", validators=[django.core.validators.MaxLengthValidator(4000), chatbot.models.ready.check_placeholders], verbose_name='text')),
                ('shortcut', models.CharField(blank=True, help_text='Typed after “/” it comes first; for example “late”.', max_length=20, validators=[django.core.validators.RegexValidator('^[a-z0-9-]*\\Z', 'Use a–z, 0–9 and hyphens.')], verbose_name='shortcut')),
                ('active', models.BooleanField(default=True, help_text='Off: nobody is offered it any more.', verbose_name='active')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'ready reply',
                'verbose_name_plural': 'ready replies',
                'ordering': ('title', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('shortcut'), condition=models.Q(('shortcut', ''), _negated=True), name='one_ready_reply_a_shortcut', violation_error_message='Another ready reply has this shortcut; choose one more.')],
            },
        ),
    ]
