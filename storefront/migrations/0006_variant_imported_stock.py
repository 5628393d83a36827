from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storefront', '0005_search_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='variant',
            name='imported_stock',
            field=models.IntegerField(editable=False, null=True),
        ),
    ]
