"""How an officer wants the desk: kept with the account, of no meaning to any rule."""

from django.conf import settings
from django.db import models
from typing_extensions import override


class Preferences(models.Model):
    """How the desk looks for one account. An account without a row has the usual look.

    `is_compact`: lists are narrow. `uses_keys`: single keys act on the page.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    is_compact = models.BooleanField(default=False)
    uses_keys = models.BooleanField(default=False)

    class Meta:
        db_table = "organization_preferences"

    @override
    def __str__(self) -> str:
        return f"preferences of account {self.pk}"


class SavedView(models.Model):
    """A worklist with its filters under a name. `query` is the query string of its address.

    At most one of an account's is the first that the worklist shows.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "organization_saved_view"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"], name="organization_saved_view_name"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(is_default=True),
                name="organization_saved_view_default",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"view {self.pk} of account {self.account_id}"
