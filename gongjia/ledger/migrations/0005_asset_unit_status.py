from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_entry_revalued")]

    operations = [
        migrations.RemoveIndex(model_name="asset", name="asset_unit"),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(condition=models.Q(closed_on__isnull=True), fields=["unit", "status", "id"], name="asset_unit"),
        ),
    ]
