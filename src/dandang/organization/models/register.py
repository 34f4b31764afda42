"""The rows of what has a code. Each gives back the entry it was made from with `entry()`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.organization import entries
from dandang.organization.models.kept import Coded, Kept


class OrganizationVersion(models.Model):
    """The one row that moves with every change of what rules may know about the organisation.

    `number` counts the changes. `stamp` is drawn anew each time, so that a number reached in a
    transaction that was rolled back is never taken for the same one reached later.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.IntegerField(default=0)
    stamp = models.UUIDField()
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        db_table = "organization_version"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="organization_version_one")]

    @override
    def __str__(self) -> str:
        return str(self.number)


class BodyRow(Coded):
    """The body; there is one in a database. `stream` is the tag of its chain in the ledger."""

    only = models.BooleanField(default=True, unique=True)
    stream = models.BinaryField(unique=True)
    time_zone = models.TextField()
    country = models.TextField()
    calendar = models.TextField()
    policy = models.TextField()
    fallback_post = models.ForeignKey("PostRow", models.PROTECT, related_name="+")

    class Meta:
        db_table = "organization_body"
        constraints = [models.CheckConstraint(condition=Q(only=True), name="organization_body_one")]

    def entry(self) -> entries.Body:
        """Return the body as rules know it."""
        return entries.Body(
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            time_zone=self.time_zone,
            country=self.country,
            calendar=entries.Calendar(self.calendar),
            policy=self.policy,
            fallback_post=self.fallback_post_id,
        )


class AreaRow(Coded, Kept):
    """An area."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "organization_area"

    def entry(self) -> entries.Area:
        """Return the area as rules know it."""
        return entries.Area(self.code, self.name_zh, self.name_en, self.parent_id, self.ended)


class UnitRow(Coded, Kept):
    """A unit."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(AreaRow, models.PROTECT, null=True, related_name="+")
    supervised_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "organization_unit"

    def entry(self) -> entries.Unit:
        """Return the unit as rules know it."""
        return entries.Unit(
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            parent=self.parent_id,
            area=self.area_id,
            supervised_by=self.supervised_by_id,
            ended=self.ended,
        )


class PostRow(Coded, Kept):
    """A post. `kinds` are sorted words of `PostKind`."""

    unit = models.ForeignKey(UnitRow, models.PROTECT, related_name="+")
    kinds = ArrayField(models.TextField())
    phone = models.TextField()

    class Meta:
        db_table = "organization_post"

    def entry(self) -> entries.Post:
        """Return the post as rules know it."""
        return entries.Post(
            code=self.code,
            unit=self.unit_id,
            name_zh=self.name_zh,
            name_en=self.name_en,
            kinds=frozenset(entries.PostKind(kind) for kind in self.kinds),
            phone=self.phone,
            ended=self.ended,
        )


class ReplyTemplateRow(Coded, Kept):
    """A standard text. `verb` is a word of `TemplateVerb`, `category` "" for every category."""

    verb = models.TextField()
    category = models.TextField(blank=True)
    unit = models.ForeignKey(UnitRow, models.PROTECT, null=True, related_name="+")
    text_zh = models.TextField()
    text_en = models.TextField()

    class Meta:
        db_table = "organization_reply_template"
        indexes = [
            models.Index(
                fields=["verb"], condition=Q(ended=None), name="organization_template_verb"
            )
        ]

    def entry(self) -> entries.ReplyTemplate:
        """Return the text as rules know it."""
        return entries.ReplyTemplate(
            code=self.code,
            name_zh=self.name_zh,
            name_en=self.name_en,
            verb=entries.TemplateVerb(self.verb),
            text_zh=self.text_zh,
            text_en=self.text_en,
            category=self.category,
            unit=self.unit_id or "",
            ended=self.ended,
        )


class OfficerRow(Coded, Kept):
    """An officer."""

    class Meta:
        db_table = "organization_officer"

    def entry(self) -> entries.Officer:
        """Return the officer as rules know it."""
        return entries.Officer(self.code, self.name_zh, self.name_en, self.ended)
