from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Lower


def lower(apps, schema_editor):
    """Addresses are looked for in lower case, as they have been kept from the first."""
    orders = apps.get_model("storefront", "Order").objects.using(schema_editor.connection.alias)
    orders.exclude(email=Lower(F("email"))).update(email=Lower(F("email")))


class Migration(migrations.Migration):

    dependencies = [
        ('storefront', '0006_variant_imported_stock'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['email'], name='orders_by_address'),
        ),
        migrations.RunPython(lower, migrations.RunPython.noop, elidable=True),
    ]
