"""By what the requests of people of one name are found: a keyed hash, nothing that tells whom."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_sender_marks")]

    operations = [
        migrations.CreateModel(
            name="NameMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("request", models.CharField(max_length=16)),
                ("mark", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [models.Index(fields=["mark", "-id"], name="intake_name_same")],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "mark"), name="intake_name_once")
                ],
            },
        ),
    ]
