import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storefront', '0007_orders_by_address'),
    ]

    operations = [
        migrations.CreateModel(
            name='OrderLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('site', models.CharField(max_length=255)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='storefront.order')),
            ],
            options={
                'indexes': [models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='letters_that_are_due')],
            },
        ),
    ]
