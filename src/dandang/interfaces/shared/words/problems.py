"""Words for what is wrong in files people write: policies, organisation folders, notices."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dandang.terms import Problem

_FILES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "folder_unreadable": _("The folder cannot be read."),
        "file_unreadable": _("The file cannot be read."),
        "file_too_large": _("The file is too large (limit: %(limit)s)."),
        "missing_file": _("This file is missing."),
        "unknown_file": _("No table has the name of this file."),
        "not_utf8": _("The file is not written in UTF-8. Save it as UTF-8."),
        "wrong_encoding": _("The file is not written in UTF-8. Save it as UTF-8."),
        "nul_byte": _("The file contains a NUL byte."),
        "toml_syntax": _("This is not valid TOML."),
        "not_toml": _("This is not valid TOML."),
        "not_csv": _("This is not valid CSV; look for a quotation mark that is not closed."),
        "missing_header": _("The first line must name the columns."),
        "not_parquet": _(
            "This is not a Parquet file. Export it again, or name it .csv if it is CSV."
        ),
        "parquet_incomplete": _("The end of the Parquet file is missing. Copy or export it again."),
        "parquet_unreadable": _(
            "The Parquet file is damaged or of a kind that cannot be read. Copy or export it "
            "again, as CSV if need be."
        ),
        "wrong_delimiter": _("Columns must be separated by commas."),
        "too_many_cells": _("The line has %(found)s cells, but there are %(expected)s columns."),
        "not_zip": _("This is not a ZIP file that can be unpacked."),
        "too_many_files": _("There are too many files in it (limit: %(limit)s)."),
        "zip_too_large": _("Unpacked, the files are too large (limit: %(limit)s bytes)."),
        "duplicate_file": _("The file %(value)s is in it twice."),
    }
)

_VALUES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "missing_key": _("“%(key)s” is missing."),
        "key_missing": _("“%(key)s” is missing."),
        "missing_value": _("“%(key)s” is empty."),
        "field_required": _("“%(key)s” is empty."),
        "unknown_key": _("There is no “%(key)s” here."),
        "key_unknown": _("There is no “%(key)s” here."),
        "duplicate_key": _("“%(key)s” is given twice."),
        "duplicate_value": _("“%(key)s” names %(value)s twice."),
        "duplicate_code": _("The code %(value)s is already in use."),
        "wrong_type": _("“%(key)s” must be %(expected)s."),
        "value_invalid": _("“%(key)s” cannot be used."),
        "unknown_word": _("“%(key)s” cannot be %(value)s; allowed: %(allowed)s."),
        "bad_code": _("“%(key)s”: %(value)s cannot be a code; use letters, digits and the like."),
        "bad_span": _(
            "“%(key)s”: %(value)s is no span of time; write for example “2 working days”."
        ),
        "bad_day": _("“%(key)s”: %(value)s is no date; write for example 2026-10-01."),
        "bad_instant": _(
            "“%(key)s”: %(value)s is no point in time; write for example 2026-10-01T18:00."
        ),
        "bad_country": _("“%(key)s”: %(value)s is no country code of two letters."),
        "bad_time_zone": _("“%(key)s”: there is no time zone %(value)s."),
        "number_out_of_range": _("“%(key)s” must be from %(low)s to %(high)s."),
        "text_too_long": _("“%(key)s” is too long: at most %(limit)s characters."),
        "unknown_place": _(
            "“%(key)s”: nothing is filled in for %(value)s; these are: %(allowed)s."
        ),
        "text_unusable": _("“%(key)s” contains characters that cannot be kept."),
    }
)

_ORGANIZATIONS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "unknown_reference": _("“%(key)s”: there is no %(value)s among the %(refers)s."),
        "ends_before_starts": _("It ends before it starts."),
        "no_post_of_kind": _("No post is of the kind %(kind)s."),
        "substitute_for_what": _("A substitute needs either a post or an absent officer."),
        "substitute_of_self": _("Nobody can be their own substitute."),
        "loop": _("This leads round in a circle: %(loop)s."),
        "supervised_from_inside": _(
            "A unit cannot be supervised from inside itself: %(value)s is part of it."
        ),
        "unit_without_post": _("The unit %(value)s has no post that could receive."),
        "post_without_cases": _("The post %(value)s audits or administers: no case goes to it."),
        "post_of_other_unit": _("The post %(value)s does not belong to the unit %(unit)s."),
        "overlap": _("This covers the same time as another entry."),
        "contradiction": _("This contradicts another entry for the same time."),
        "by_themselves": _("Nobody puts themselves into a post: ask another administrator."),
        "wider_for_themselves": _(
            "Nobody widens what they may do themselves: you are in this post, or above this unit. "
            "Ask another administrator."
        ),
        "post_holds_cases": _("The post holds open cases: %(count)s. It cannot end before them."),
        "notice_unfit": _("A notice in it cannot be adopted: look at its days and its date."),
        "unknown_policy": _("There is no policy %(value)s."),
        "other_body": _("These files are of %(value)s, but the database is that of %(expected)s."),
        "no_holidays_known": _("The holidays of %(country)s are not known: it needs notices."),
        "calendar_of_other_country": _(
            "This calendar is not that of %(country)s. Use “computed” for other countries."
        ),
        "unit_without_deciding_office": _(
            "Nobody outside the unit %(value)s could decide about it: "
            "a supervision, leader or dispatch post elsewhere is needed."
        ),
        "supervisor_without_post": _(
            "The supervising unit %(value)s has no post of one of these kinds: %(allowed)s."
        ),
    }
)

_POLICIES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "end_cannot_be_forbidden": _("The end %(end)s cannot be forbidden."),
        "category_loop": _("The category %(category)s is above itself."),
        "unknown_parent": _("The category %(category)s is below %(parent)s, which is not there."),
        "category_without_class": _("The category %(category)s needs a class."),
        "figure_without_source": _("No source says where the figure “%(key)s” comes from."),
        "unknown_path": _("The source %(source_code)s backs %(value)s, which is not there."),
        "unknown_class": _("There is no class %(case_class)s."),
        "missing_clock": _("The class %(case_class)s lacks the clock %(clock)s."),
        "unknown_ladder": _(
            "The class %(case_class)s names the ladder %(ladder)s, which is missing."
        ),
        "unknown_legal_route": _("There is no legal route %(legal_route)s."),
        "units_differ": _("%(one)s and %(other)s cannot be compared: use the same unit of time."),
        "reminder_too_late": _(
            "The reminder after %(reminder)s would come when the window of %(window)s is closed."
        ),
        "ladder_without_steps": _("The ladder %(ladder)s has no steps."),
        "ladder_without_end": _(
            "The ladder %(ladder)s cannot end: the last step that comes with time alone must call "
            "a leader or publish, and %(step)s does not."
        ),
        "step_without_trigger": _(
            "The ladder %(ladder)s: nothing makes the step %(step)s happen; give it one of: "
            "%(allowed)s."
        ),
        "step_with_triggers": _(
            "The ladder %(ladder)s: the step %(step)s has both “%(one)s” and “%(other)s”; "
            "make two steps of it."
        ),
        "step_without_act": _(
            "The ladder %(ladder)s: the step %(step)s does nothing; let it call, remind or publish."
        ),
        "step_without_call": _("The step %(step)s calls nobody, so it cannot have “%(key)s”."),
        "step_named_like_clock": _(
            "The step %(step)s has the name of a clock: give it another one."
        ),
        "call_without_answer": _("Nothing would answer this call: name at least one act."),
        "step_not_later": _(
            "The ladder %(ladder)s: the step %(step)s is not later than the one before."
        ),
        "step_calls_lower": _(
            "The ladder %(ladder)s: the step %(step)s calls lower than the one before."
        ),
        "reason_without_verb": _("The reason %(reason)s can be given for nothing: name its verbs."),
        "condition_missing": _("The reason %(reason)s needs a condition that can be checked."),
        "decline_without_basis": _("The reason %(reason)s to decline must need a basis."),
        "verb_without_reason": _("There is no reason for %(verb)s."),
    }
)

_NOTICES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "published_after_range": _("The notice was published after the days it speaks about."),
        "date_invalid": _("%(value)s is no date; write for example 2026-10-01."),
        "year_and_range": _("Give either a year, or first and last."),
        "range_reversed": _("%(value)s ends before it begins."),
        "date_outside_notice": _("%(date)s lies outside the notice (%(first)s to %(last)s)."),
        "range_too_long": _("%(value)s is too long: at most %(limit)s days."),
        "date_repeated": _("%(date)s is already in line %(first_line)s."),
        "date_working_and_rest": _(
            "%(date)s is here a working day and in line %(first_line)s not, or the reverse."
        ),
        "make_up_day_on_weekday": _("%(date)s is a working day anyway: it cannot be made up."),
    }
)

_IMPORTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "unknown_map": _("There is no map and no file of this name; ready maps: %(ready)s."),
        "unknown_ready": _("There is no ready map of this name; there are: %(ready)s."),
        "unknown_encoding": _("“%(key)s”: there is no encoding %(value)s."),
        "bad_delimiter": _("“%(key)s” must be a single character that separates columns."),
        "bad_time_format": _("“%(key)s”: %(value)s cannot be read as a pattern of a time."),
        "column_not_named": _("“%(key)s” has no effect: %(column)s names no column."),
        "other_encoding": _(
            "The file is not in the encoding %(encoding)s; it seems to be %(detected)s."
        ),
        "other_delimiter": _("The columns are not separated by “%(delimiter)s”."),
        "missing_column": _("%(file)s has no column “%(column)s”; it has: %(present)s."),
        "duplicate_column": _("%(file)s has several columns “%(column)s”."),
        "nested_column": _(
            "In %(file)s the values of the column “%(column)s” are no single ones (%(kind)s). Name "
            "another column, or export the file with a column for each value."
        ),
        "unknown_category": _("The policy has no category %(category)s."),
        "unknown_area": _("There is no area %(area)s."),
        "bad_time": _("Column “%(column)s”: this is no time that the map can read."),
        "wrong_number_of_cells": _(
            "The line has %(found)s cells, but there are %(expected)s columns."
        ),
        "duplicate_source_id": _("An earlier row of this file has the same id."),
    }
)
"""What is wrong with maps, and with single rows of an import."""

_GATEWAYS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "url_invalid": _("“%(key)s” is no address that can be called."),
        "unknown_template": _("There is no message “%(template)s”."),
        "unknown_placeholder": _("“%(key)s”: nothing can be put in for %(placeholder)s."),
        "placeholder_missing": _("“%(key)s” nowhere says where %(placeholder)s goes."),
    }
)
"""What is wrong with the description of an SMS gateway."""

PROBLEMS: Mapping[str, str | Promise] = MappingProxyType(
    {**_FILES, **_VALUES, **_ORGANIZATIONS, **_POLICIES, **_NOTICES, **_IMPORTS, **_GATEWAYS}
)

TYPES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "text": pgettext_lazy("type", "a text"),
        "list": pgettext_lazy("type", "a list"),
        "table": pgettext_lazy("type", "a table"),
        "day": pgettext_lazy("type", "a date"),
        "instant": pgettext_lazy("type", "a point in time"),
        "whole_number": pgettext_lazy("type", "a whole number"),
        "flag": pgettext_lazy("type", "true or false"),
    }
)


def problem(found: Problem) -> str:
    """Return the words for a problem in a file, with where it is: `duties.csv, line 5: …`."""
    place = problem_place(found)
    words = problem_words(found)
    return (
        gettext("%(place)s: %(problem)s") % {"place": place, "problem": words} if place else words
    )


def problem_place(found: Problem) -> str:
    """Return where a problem is: file and line, "" where neither is known."""
    if not found.line:
        return found.source
    return gettext("%(source)s, line %(line)s") % {"source": found.source, "line": found.line}


def problem_words(found: Problem) -> str:
    """Return what is wrong, without the place; the code and its values where there are no words."""
    words = PROBLEMS.get(found.code)
    if words is None:
        return " ".join([found.code, *(f"{name}={value}" for name, value in found.params.items())])
    values: dict[str, str | int] = defaultdict(str, found.params)
    values["key"] = values["key"] or values["field"] or gettext("a value")
    values["expected"] = str(TYPES.get(str(values["expected"]), values["expected"]))
    values["detected"] = values["detected"] or gettext("unknown")
    return str(words) % values + _addition(found)


def _addition(found: Problem) -> str:
    """Return what else is known: another entry, or what a parser said (in its own words)."""
    if "other_line" in found.params:
        other = Problem("", str(found.params["other_source"]), int(found.params["other_line"]))
        return gettext(" See %(place)s.") % {"place": problem_place(other)}
    if found.code == "wrong_encoding":
        seen = found.params.get("encoding")
        return gettext(" It seems to be %(encoding)s.") % {"encoding": seen} if seen else ""
    said = found.params.get("reason") if found.code in _FILES else ""
    said = said or found.params.get("detail")
    return f" ({said})" if said else ""
