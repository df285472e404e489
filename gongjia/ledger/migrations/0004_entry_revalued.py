from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_entry_moved_on")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(models.Q(("kind", "register"), _negated=True), models.Q(("cost_delta", 0), _negated=True)),
                fields=["asset"],
                name="entry_revalued",
            ),
        ),
    ]
