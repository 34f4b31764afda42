from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SenderMark",
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
                "indexes": [models.Index(fields=["mark", "-id"], name="intake_mark_same")],
                "constraints": [
                    models.UniqueConstraint(fields=("request", "mark"), name="intake_mark_once")
                ],
            },
        ),
    ]
