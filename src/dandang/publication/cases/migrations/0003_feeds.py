"""The index by which a feed of something large is read: of a whole city, of everything noisy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("published_cases", "0002_kept_right")]

    operations = [
        migrations.AddIndex(
            model_name="showncase",
            index=models.Index(fields=["-changed_at", "-case"], name="shown_feed"),
        ),
    ]
