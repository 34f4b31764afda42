"""Words for what happened about getting in, and for what somebody came with."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.organization.access.asking import SignInEvent
from dandang.organization.access.kinds import Happened

WORDS: dict[Happened, Promise] = {
    Happened.SIGNED_IN: _("Signed in"),
    Happened.FAILED: _("Sign-in failed"),
    Happened.LOCKED: _("Has to wait after too many wrong tries"),
    Happened.LOCK_LIFTED: _("Need not wait any longer"),
    Happened.SIGNED_OUT: _("Signed out"),
    Happened.SESSION_ENDED: _("Ended other sessions"),
    Happened.PASSWORD_CHANGED: _("Password changed"),
    Happened.FACTOR_ADDED: _("Second factor added"),
    Happened.FACTOR_REMOVED: _("Second factor taken away"),
    Happened.FACTOR_SHOWN: _("Confirmed who it is"),
    Happened.RECOVERY_USED: _("Recovery code used"),
    Happened.RECOVERY_MADE: _("New recovery codes made"),
    Happened.INVITED: _("Invitation made"),
    Happened.INVITATION_REVOKED: _("Invitation revoked"),
    Happened.INVITATION_USED: _("Invitation used, password set"),
    Happened.CLOSED: _("Account closed"),
    Happened.REOPENED: _("Account opened again"),
    Happened.RESET_ASKED: _("Asked to take the second factors away"),
    Happened.RESET_GRANTED: _("Second factors taken away by two administrators"),
    Happened.RESET_REFUSED: _("Taking the second factors away refused"),
    Happened.IDENTITY_LINKED: _("Linked with the body's own sign-in"),
    Happened.IDENTITY_UNLINKED: _("No longer linked with the body's own sign-in"),
    Happened.DEMONSTRATION: _("Signed in with one click in the demonstration"),
}
_DETAILS: dict[str, Promise] = {
    "password": _("password"),
    "code": _("code"),
    "totp": _("app"),
    "recovery_codes": _("recovery code"),
    "webauthn": _("passkey"),
    "passkey": _("passkey"),
    "socialaccount": _("the body's own sign-in"),
    "oidc": _("the body's own sign-in"),
}
_DEVICES = {
    "wechat": "WeChat",
    "dingtalk": "DingTalk",
    "edge": "Edge",
    "opera": "Opera",
    "firefox": "Firefox",
    "chromium": "Chromium",
    "chrome": "Chrome",
    "safari": "Safari",
    "harmonyos": "HarmonyOS",
    "android": "Android",
    "iphone": "iPhone",
    "ipad": "iPad",
    "windows": "Windows",
    "macos": "macOS",
    "chromeos": "ChromeOS",
    "linux": "Linux",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words. `by` is a staff code, or empty where it was the person."""

    pk: int
    at: datetime
    kind: Happened
    words: str
    how: str
    account: str
    by: str
    device: str


def line_of(event: SignInEvent) -> Line:
    """Return what happened, in the language of the moment."""
    kind = Happened(event.kind)
    return Line(
        pk=event.pk,
        at=event.at,
        kind=kind,
        words=str(WORDS[kind]),
        how=", ".join(detail_words(event.detail)),
        account=event.account.username if event.account else "",
        by=event.by.partition(":")[2] or event.by,
        device=device_words(event.device),
    )


def detail_words(detail: str) -> list[str]:
    """Return words for the codes of a detail like `password+totp`."""
    return [str(_DETAILS.get(code, code)) for code in detail.split("+") if code]


def device_words(device: str) -> str:
    """Return a coarse word like `chrome-windows` as people read it; empty stays empty."""
    names = [_DEVICES[one] for one in device.split("-") if one in _DEVICES]
    if names:
        return " · ".join(names)
    return str(_("another device")) if device else ""
