"""Words for what the check of the register of duties finds."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.names import Names
from dandang.organization.checks import Finding, FindingKind

FINDINGS: Mapping[FindingKind, str | Promise] = MappingProxyType(
    {
        FindingKind.GAP: _(
            "Nobody leads %(category)s in %(area)s: the fallback post takes such cases."
        ),
        FindingKind.GAP_UNPLACED: _(
            "%(category)s in %(area)s: somebody leads in its parts, but nobody leads cases "
            "that are placed no more exactly."
        ),
        FindingKind.OVERLAP: _(
            "%(category)s in %(area)s: %(units)s lead with equal rank. "
            "Such cases wait for the dispatcher."
        ),
        FindingKind.POST_EMPTY: _("%(posts)s: no officer is in the post all day."),
        FindingKind.ROSTER_HOLE: _(
            "%(posts)s: no officer is in the post from %(since)s to %(until)s."
        ),
        FindingKind.DUTY_EXPIRED: _(
            "%(category)s in %(area)s: the last duty (%(units)s) has ended."
        ),
        FindingKind.RESTRICTED_BELOW_LEAD: _(
            "%(category)s in %(area)s: %(last_unit)s leads, but may not pass this down to "
            "%(first_unit)s."
        ),
        FindingKind.CATEGORY_UNKNOWN: _(
            "The policy has no category %(category)s: this duty never applies."
        ),
    }
)


def finding(found: Finding, names: Names) -> str:
    """Return one line for a finding in the language of the moment; times in the current zone."""
    units = [names.unit(code) for code in found.units]
    values = {
        "category": names.category(found.category) if found.category else gettext("every category"),
        "area": names.area(found.area) if found.area else gettext("the whole body"),
        "units": ", ".join(units),
        "posts": ", ".join(names.post_with_unit(code) for code in found.posts),
        "first_unit": units[0] if units else "",
        "last_unit": units[-1] if units else "",
        "since": f"{timezone.localtime(found.since):%H:%M}" if found.since else "",
        "until": f"{timezone.localtime(found.until):%H:%M}" if found.until else "",
    }
    return str(FINDINGS[found.kind]) % values
