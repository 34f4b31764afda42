"""Words for the tables of the register, their columns, and what is wrong with what was typed."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dandang.interfaces.shared.words.problems import problem_place, problem_words
from dandang.organization.directory import DutyType, PostKind
from dandang.organization.events import What
from dandang.organization.files.schema import CATEGORIES
from dandang.organization.files.writing import BODY_TABLE
from dandang.terms import Problem

Words = Mapping[str, str | Promise]

TITLES: Words = MappingProxyType(
    {
        BODY_TABLE: gettext_lazy("Body"),
        "areas": gettext_lazy("Areas"),
        "units": gettext_lazy("Units"),
        "posts": gettext_lazy("Posts"),
        "officers": gettext_lazy("Officers"),
        "appointments": gettext_lazy("Appointments"),
        "substitutes": gettext_lazy("Substitutes"),
        "rosters": gettext_lazy("Duty rosters"),
        "duties": gettext_lazy("Duties"),
        "reply_templates": gettext_lazy("Standard texts"),
        CATEGORIES: gettext_lazy("Categories"),
    }
)
"""The tables in the order in which they are shown."""

ADD: Words = MappingProxyType(
    {
        "areas": gettext_lazy("Add an area"),
        "units": gettext_lazy("Add a unit"),
        "posts": gettext_lazy("Add a post"),
        "officers": gettext_lazy("Add an officer"),
        "appointments": gettext_lazy("Appoint an officer"),
        "substitutes": gettext_lazy("Name a substitute"),
        "rosters": gettext_lazy("Add a shift"),
        "duties": gettext_lazy("Add a duty"),
        "reply_templates": gettext_lazy("Add a standard text"),
    }
)
CHANGE: Words = MappingProxyType(
    {
        BODY_TABLE: gettext_lazy("Change the body"),
        "areas": gettext_lazy("Change the area"),
        "units": gettext_lazy("Change the unit"),
        "posts": gettext_lazy("Change the post"),
        "officers": gettext_lazy("Change the officer"),
        "appointments": gettext_lazy("Change the appointment"),
        "substitutes": gettext_lazy("Change the substitution"),
        "rosters": gettext_lazy("Change the shift"),
        "duties": gettext_lazy("Change the duty"),
        "reply_templates": gettext_lazy("Change the standard text"),
    }
)
END: Words = MappingProxyType(
    {
        "areas": gettext_lazy("End the area"),
        "units": gettext_lazy("End the unit"),
        "posts": gettext_lazy("End the post"),
        "officers": gettext_lazy("End the entry of the officer"),
        "appointments": gettext_lazy("End this appointment"),
        "substitutes": gettext_lazy("End the substitution"),
        "rosters": gettext_lazy("End the shift"),
        "duties": gettext_lazy("End the duty"),
        "reply_templates": gettext_lazy("End the standard text"),
    }
)
EMPTY: Words = MappingProxyType(
    {
        "areas": gettext_lazy("There is no such area."),
        "units": gettext_lazy("There is no such unit."),
        "posts": gettext_lazy("There is no such post."),
        "officers": gettext_lazy("There is no such officer."),
        "appointments": gettext_lazy("There is no such appointment."),
        "substitutes": gettext_lazy("Nobody stands in for anybody here."),
        "rosters": gettext_lazy("There is no such shift."),
        "duties": gettext_lazy("There is no such duty."),
        "reply_templates": gettext_lazy("There is no such standard text."),
    }
)

COLUMNS: Words = MappingProxyType(
    {
        "code": gettext_lazy("Code"),
        "name": pgettext_lazy("thing", "Name"),
        "name_zh": gettext_lazy("Chinese name"),
        "name_en": gettext_lazy("English name"),
        "parent": gettext_lazy("Part of"),
        "area": gettext_lazy("Area"),
        "unit": pgettext_lazy("organization", "Unit"),
        "supervised_by": gettext_lazy("Supervised by"),
        "kinds": gettext_lazy("What the post is there for"),
        "phone": pgettext_lazy("number", "Phone"),
        "officer": gettext_lazy("Officer"),
        "post": pgettext_lazy("organization", "Post"),
        "absent": gettext_lazy("Absent officer"),
        "starts": gettext_lazy("From"),
        "ends": gettext_lazy("Last day"),
        "starts_at": gettext_lazy("From"),
        "ends_at": gettext_lazy("Until"),
        "category": gettext_lazy("Category"),
        "type": gettext_lazy("How the unit answers"),
        "basis": gettext_lazy("Basis (rule or duty list)"),
        "verb": gettext_lazy("For which act"),
        "text_zh": gettext_lazy("Chinese text"),
        "text_en": gettext_lazy("English text"),
        "time_zone": gettext_lazy("Time zone"),
        "country": gettext_lazy("Country"),
        "calendar": gettext_lazy("Calendar"),
        "policy": gettext_lazy("Policy"),
        "fallback_post": gettext_lazy("Fallback post"),
    }
)
HINTS: Words = MappingProxyType(
    {
        "code": gettext_lazy("Letters, digits, dots and hyphens. It never changes."),
        "kinds": gettext_lazy(
            "Rights follow from this: whoever is in the post has them, and nobody else."
        ),
        "supervised_by": gettext_lazy("A unit outside it, asked before the units above it."),
        "text_zh": gettext_lazy(
            "Officers begin with it and change what does not fit. {reference}, {unit} and {due} "
            "are filled in."
        ),
        "ends": gettext_lazy("The last day that counts; empty means until further notice."),
    }
)
POST_KINDS: Words = MappingProxyType(
    {
        PostKind.DUTY: gettext_lazy("receives and handles cases"),
        PostKind.HEAD: gettext_lazy("heads the unit"),
        PostKind.INTAKE: gettext_lazy("takes requests in"),
        PostKind.DISPATCH: gettext_lazy("dispatches cases"),
        PostKind.SUPERVISION: gettext_lazy("supervises and decides"),
        PostKind.LEADER: gettext_lazy("leads the body"),
        PostKind.CALL_BACK: gettext_lazy("calls requesters back"),
        PostKind.AUDIT: gettext_lazy("audits: reads every case, acts on none"),
        PostKind.ADMINISTRATION: gettext_lazy("administers: keeps the register, reads no case"),
    }
)
DUTY_TYPES: Words = MappingProxyType(
    {
        DutyType.LEAD: gettext_lazy("leads"),
        DutyType.ASSIST_ONLY: gettext_lazy("only assists"),
        DutyType.WITHDRAWN: gettext_lazy("taken back by the level above"),
    }
)
BECAME: Words = MappingProxyType(
    {
        What.ADDED: gettext_lazy("added"),
        What.CHANGED: gettext_lazy("changed"),
        What.ENDED: gettext_lazy("ended"),
        What.TAKEN_BACK: gettext_lazy("taken back"),
    }
)


def entry_name(source: str) -> str:
    """Return the words for `table/code`; anything else stands for itself."""
    table, found, code = source.partition("/")
    return f"{TITLES[table]} {code}" if found and table in TITLES else source


def problem_line(found: Problem) -> str:
    """Return the words for a problem, with the entry or the place in a file where it is."""
    told = in_words(found)
    place = problem_place(told)
    words = problem_words(told)
    return _("%(place)s: %(problem)s") % {"place": place, "problem": words} if place else words


def in_words(found: Problem) -> Problem:
    """Return the problem with columns, tables and entries as people call them."""
    params = dict(found.params)
    for name in ("key", "field"):
        if params.get(name) in COLUMNS:
            params[name] = str(COLUMNS[str(params[name])])
    if params.get("refers") in TITLES:
        params["refers"] = str(TITLES[str(params["refers"])])
    if "other_source" in params:
        params["other_source"] = entry_name(str(params["other_source"]))
        if not params["other_source"]:
            del params["other_source"], params["other_line"]
    return replace(found, source=entry_name(found.source), params=params)
