"""The tables of published cases."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0013_clocks_by_their_constraint"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseCursor",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("idx", models.BigIntegerField(default=-1)),
            ],
            options={
                "db_table": "publication_case_cursor",
            },
        ),
        migrations.CreateModel(
            name="SearchToken",
            fields=[
                ("token", models.TextField(primary_key=True, serialize=False)),
                ("cases", models.IntegerField()),
            ],
            options={
                "db_table": "publication_token",
            },
        ),
        migrations.CreateModel(
            name="ShownCase",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="casework.case",
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("text_event", models.BigIntegerField()),
                ("text_name", models.TextField(default="text")),
                ("title", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("place", models.CharField(blank=True, max_length=300)),
                ("area", models.CharField(blank=True, max_length=64)),
                ("category", models.CharField(blank=True, max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=20)),
                ("is_open", models.BooleanField()),
                ("sent_at", models.DateTimeField()),
                ("requests", models.IntegerField()),
                ("published_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("found_by", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "db_table": "publication_case",
                "indexes": [
                    models.Index(fields=["-sent_at", "-case"], name="shown_newest"),
                    models.Index(fields=["area", "-sent_at", "-case"], name="shown_area"),
                    models.Index(fields=["category", "-sent_at", "-case"], name="shown_category"),
                    models.Index(fields=["area", "-changed_at", "-case"], name="shown_area_feed"),
                    models.Index(
                        fields=["category", "-changed_at", "-case"], name="shown_category_feed"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["area", "category", "-sent_at"],
                        name="shown_open_near",
                    ),
                    models.Index(fields=["text_event", "text_name"], name="shown_text"),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["found_by"], name="shown_found_by"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("is_open", True)),
                        fastupdate=False,
                        fields=["found_by"],
                        name="shown_open_found_by",
                    ),
                ],
            },
        ),
    ]
