"""Photos and documents, kept beside the events of a case and erased with it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_what_requesters_say")]

    operations = [
        migrations.CreateModel(
            name="KeptFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("event_id", models.BigIntegerField()),
                ("place", models.SmallIntegerField()),
                ("request", models.IntegerField(null=True)),
                ("name", models.CharField(max_length=100)),
                ("media_type", models.CharField(max_length=32)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.IntegerField()),
                ("width", models.IntegerField(null=True)),
                ("height", models.IntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "db_table": "casework_file",
                "constraints": [
                    models.UniqueConstraint(fields=("event_id", "place"), name="file_place")
                ],
            },
        ),
    ]
