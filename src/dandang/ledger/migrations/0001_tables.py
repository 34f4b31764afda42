"""The four tables of the ledger."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="EventRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stream", models.BinaryField()),
                ("seq", models.IntegerField()),
                ("type", models.TextField()),
                ("at", models.DateTimeField()),
                ("entry", models.BinaryField()),
                ("leaf_hash", models.BinaryField()),
                ("disclosures", models.TextField()),
            ],
            options={
                "db_table": "ledger_event",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stream", "seq"), name="ledger_event_stream_seq"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalDisclosure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "event_id",
                        "name",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.eventrow",
                    ),
                ),
                ("name", models.TextField()),
                ("digest", models.BinaryField()),
                ("disclosure", models.TextField()),
            ],
            options={"db_table": "ledger_personal"},
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ledger.eventrow",
                    ),
                ),
            ],
            options={"db_table": "ledger_pending"},
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("idx", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.eventrow",
                    ),
                ),
            ],
            options={"db_table": "ledger_leaf"},
        ),
    ]
