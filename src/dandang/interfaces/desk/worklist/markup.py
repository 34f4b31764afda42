"""The rows of a worklist as HTML, written here and not by a template: fifty of them are the page.

Every value is escaped; what is not escaped is written in this module or is a translation of ours.
"""

from collections.abc import Iterable
from functools import cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dandang.interfaces.desk.worklist.rows import Row

_ROW = (
    "<tr>"
    '<td class="tick"><input type="checkbox" name="case" value="{ticked}"'
    ' aria-label="{choose} {reference}"{checked}></td>'
    '<td class="due">{due}</td>'
    '<th scope="row"><a href="/desk/{reference}/">{title}</a> <span class="muted small">'
    '<span class="code">{reference}</span> · {where}</span></th>'
    '<td><span class="label">{label}</span> {next} <span class="muted small">'
    "{state} · {turn}: {whose}</span></td>"
    '<td class="holder">{holder}</td><td class="number">{hand_overs}</td>'
    "</tr>\n"
)
_DUE = (
    '<span class="tag {style}"><time datetime="{iso}">{due}</time>{word}</span> '
    '<span class="muted small purpose">{purpose}</span> <span class="small purpose">{left}</span>'
)


def body(rows: Iterable[Row], *, all_ticked: bool) -> SafeString:
    """Return the rows of the table."""
    writer = _Writer(all_ticked=all_ticked)
    return mark_safe("".join(map(writer.row, rows)))  # noqa: S308 every value is escaped


class _Writer:
    def __init__(self, *, all_ticked: bool) -> None:
        self._checked = " checked" if all_ticked else ""
        self._words = {
            "late": f" {_('overdue')}",
            "soon": f" {_('soon')}",
            "": "",
        }
        # Few words are said very often on one page; Django's own is slow for its lazy texts.
        self._escape = cache(escape)
        self._undated = f'<span class="muted">{_("no deadline")}</span>'
        self._choose = _("Choose")
        self._turn = _("turn")
        self._label = pgettext("step", "Next")

    def row(self, row: Row) -> str:
        return _ROW.format(
            ticked=row.ticked,
            choose=self._choose,
            reference=row.reference,
            checked=self._checked,
            due=self._due(row),
            title=self._escape(row.title),
            where=self._escape(row.where),
            label=self._label,
            next=self._escape(row.next),
            state=self._escape(row.state),
            turn=self._turn,
            whose=self._escape(row.turn),
            holder=self._escape(row.holder),
            hand_overs=row.hand_overs,
        )

    def _due(self, row: Row) -> str:
        if not row.due:
            return self._undated
        return _DUE.format(
            style=row.urgency or "plain",
            iso=row.iso,
            due=row.due,
            word=self._words[row.urgency],
            purpose=self._escape(row.due_for),
            left=self._escape(row.left),
        )
