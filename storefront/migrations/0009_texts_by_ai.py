from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storefront', '0008_order_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='product',
            name='ai_description',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='product',
            name='ai_title',
            field=models.CharField(blank=True, default='', max_length=255),
        ),
    ]
