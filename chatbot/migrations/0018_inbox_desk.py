"""What the inbox still lacked."""

import chatbot.models.talk
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0017_held_replies'),
    ]

    operations = [
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
    ]
