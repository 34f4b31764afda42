"""The index by which cases in one state are listed, however few they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("published_cases", "0003_feeds")]

    operations = [
        migrations.AddIndex(
            model_name="showncase",
            index=models.Index(fields=["state", "-sent_at", "-case"], name="shown_state"),
        ),
    ]
