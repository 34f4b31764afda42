"""What is said once after signing in: what changed about the account since the last time here."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dandang.interfaces.account.event_words import line_of
from dandang.interfaces.shared.signing_in import now
from dandang.interfaces.shared.words.times import stamp
from dandang.organization.access.asking import Account, SignInEvent, events_of, last_sign_in
from dandang.organization.access.kinds import TELLING, Happened
from dandang.organization.actions.sign_in_events import Circumstances

TOLD = timedelta(days=7)
"""How long the account page tells of changes, and how far back where one never came before."""

MOST = 5


def say_what_changed(request: HttpRequest, account: Account, seen: Circumstances) -> None:
    """Say above the next page what changed since the account signed in from here, before now.

    From here: with this kind of device at this place. Who signs in elsewhere and changes something
    cannot have the words to themselves.
    """
    last = last_sign_in(account, seen)
    since = now() - TOLD if last is None else last.at
    told = [
        one
        for one in events_of(account, kinds=TELLING, since=since, limit=MOST)
        if not _is_own_invitation(one, seen)
    ]
    if told:
        words = _("Changed since you last signed in here: %(what)s.")
        what = "; ".join(_line(one) for one in reversed(told))
        advice = _("Was this not you? Tell an administrator at once.")
        messages.warning(request, f"{words % {'what': what}} {advice}")


def _is_own_invitation(one: SignInEvent, seen: Circumstances) -> bool:
    here = (one.device, bytes(one.source)) == (seen.device, seen.source)
    return one.kind == Happened.INVITATION_USED and here


def _line(one: SignInEvent) -> str:
    line = line_of(one)
    how = f" ({line.how})" if line.how else ""
    return f"{stamp(line.at)} {line.words}{how}"
