"""The rows of who is where and who answers for what. Each gives back its entry with `entry()`."""

from django.db import models
from django.db.models import Q

from dandang.organization import entries
from dandang.organization.models.kept import Kept
from dandang.organization.models.register import AreaRow, OfficerRow, PostRow, UnitRow


class AppointmentRow(Kept):
    """An officer is in a post."""

    officer = models.ForeignKey(OfficerRow, models.PROTECT, related_name="+")
    post = models.ForeignKey(PostRow, models.PROTECT, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        db_table = "organization_appointment"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "post", "starts"],
                condition=Q(ended=None),
                name="organization_appointment_once",
            )
        ]

    def entry(self) -> entries.Appointment:
        """Return the appointment as rules know it."""
        ends = self.last_day(self.ends)
        return entries.Appointment(self.officer_id, self.post_id, self.starts, ends)


class RosterRow(Kept):
    """An officer is on duty for a post."""

    post = models.ForeignKey(PostRow, models.PROTECT, related_name="+")
    officer = models.ForeignKey(OfficerRow, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "organization_roster"
        constraints = [
            models.UniqueConstraint(
                fields=["post", "officer", "starts_at"],
                condition=Q(ended=None),
                name="organization_roster_once",
            )
        ]

    def entry(self) -> entries.Roster:
        """Return the roster entry as rules know it."""
        return entries.Roster(self.post_id, self.officer_id, self.starts_at, self.ends_at)


class SubstituteRow(Kept):
    """An officer stands in for a post or for an absent officer."""

    officer = models.ForeignKey(OfficerRow, models.PROTECT, related_name="+")
    post = models.ForeignKey(PostRow, models.PROTECT, null=True, related_name="+")
    absent = models.ForeignKey(OfficerRow, models.PROTECT, null=True, related_name="+")
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        db_table = "organization_substitute"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "post", "absent", "starts"],
                condition=Q(ended=None),
                nulls_distinct=False,
                name="organization_substitute_once",
            ),
            models.CheckConstraint(
                condition=Q(post=None) ^ Q(absent=None), name="organization_substitute_for_one"
            ),
        ]

    def entry(self) -> entries.Substitute:
        """Return the substitute as rules know it."""
        return entries.Substitute(
            officer=self.officer_id,
            starts=self.starts,
            ends=self.last_day(self.ends) or self.ends,
            post=self.post_id,
            absent=self.absent_id,
        )


class DutyRow(Kept):
    """A unit answers for a category in an area. No area: the whole body."""

    category = models.TextField()
    area = models.ForeignKey(AreaRow, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(UnitRow, models.PROTECT, related_name="+")
    post = models.ForeignKey(PostRow, models.PROTECT, null=True, related_name="+")
    type = models.TextField()
    basis = models.TextField()
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        db_table = "organization_duty"
        constraints = [
            models.UniqueConstraint(
                fields=["category", "area", "unit", "post", "starts"],
                condition=Q(ended=None),
                nulls_distinct=False,
                name="organization_duty_once",
            )
        ]

    def entry(self) -> entries.Duty:
        """Return the duty as rules know it."""
        return entries.Duty(
            category=self.category,
            area=self.area_id or "",
            unit=self.unit_id,
            post=self.post_id or "",
            type=entries.DutyType(self.type),
            basis=self.basis,
            starts=self.starts,
            ends=self.ends,
        )
