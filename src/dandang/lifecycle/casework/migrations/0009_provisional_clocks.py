from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_time_runs_out"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("provisional", True)),
                fields=["case"],
                name="clock_provisional",
            ),
        ),
    ]
