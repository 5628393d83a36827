"""Corrections that may have to go by letter, found without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0020_tries_as_customers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(models.F('told_at'), condition=models.Q(('carried_at', None), ('letter_at', None), ('withdrawn_at', None)), name='untold_corrections'),
        ),
    ]
