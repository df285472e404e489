from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_disposal_reason")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("kind", "register"), _negated=True), fields=["effective_on"], name="entry_moved_on"),
        ),
    ]
