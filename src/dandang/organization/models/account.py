"""The account with which a person signs in. It says who somebody is, never what they may do."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from typing_extensions import override

from dandang.organization.models.register import OfficerRow


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their name. They are made by `organization.actions.accounts`."""

    @override
    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of this name, whatever its width or composition."""
        return self.get(username=self.model.normalize_username(username or ""))


class Account(AbstractBaseUser, PermissionsMixin):
    """An account. What its officer may do follows from the posts the directory gives them.

    `language` is that of its screens; empty follows the browser.
    """

    username = models.CharField(
        max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    officer = models.ForeignKey(OfficerRow, models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True, choices=settings.LANGUAGES)
    created_at = models.DateTimeField()
    created_by = models.TextField()
    password_set_at = models.DateTimeField(null=True)
    password_set_by = models.TextField(blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        db_table = "organization_account"

    @override
    def __str__(self) -> str:
        return self.username
