"""Second factors as they are kept and named here."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.organization.access.asking import body_name
from dandang.organization.access.sealing import seal, unseal


class FactorsAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Hooks of allauth around second factors."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, has run out, or was used before."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    @override
    def get_totp_issuer(self) -> str:
        return body_name()

    @override
    def build_totp_svg(self, url: str) -> str:
        """Return nothing: the page draws its own picture."""
        return ""

    @override
    def encrypt(self, text: str) -> str:
        return seal(text)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    @override
    def generate_authenticator_name(self, user: object, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    @override
    def _get_site_name(self) -> str:
        return body_name()
