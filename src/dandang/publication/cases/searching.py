"""Which published cases a list wants, and the condition that finds them by their indexes."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler
from typing_extensions import override

from dandang.lifecycle.states import State
from dandang.publication.cases.frequencies import frequencies
from dandang.publication.cases.nearby import areas_within, categories_within
from dandang.terms.bigrams import bigrams, query


@dataclass(frozen=True, slots=True)
class Sought:
    """Which cases to find; empty means all.

    Every word of `text` has to stand in title, place or text, each as it was typed. `area` and
    `category` find those of the code and of everything below it, `open_only` those that are worked
    on, `state` those that stand there.
    """

    text: str = ""
    area: str = ""
    category: str = ""
    state: State | None = None
    open_only: bool = False

    @property
    def is_hopeless(self) -> bool:
        """Whether something was typed of which nothing can be searched."""
        return bool(self.text.strip()) and not query(self.text)


class WrittenQuery(SearchQuery):
    """A query written out by `bigrams`: no parser of the server has a say in what a word is."""

    @override
    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        _sql, params = super().as_sql(compiler, connection, function, template)
        return "%s::tsquery", params[-1:]


_FEW = 20_000
"""Cases that are faster found by a word, all of them, than by going through the newest ones."""
_BY_WORDS = """
SELECT case_id FROM publication_case WHERE found_by @@ %s::tsquery OFFSET 0
"""
"""Nothing of what is around it is pulled in: it is answered by the index of words."""


def found_by(sought: Sought) -> Q:
    """Return the condition under which a case is found."""
    where = _says(sought.text) if sought.text.strip() else Q()
    if sought.area:
        where &= Q(area__in=areas_within(sought.area))
    if sought.category:
        where &= Q(category__in=categories_within(sought.category))
    if sought.open_only:
        where &= Q(is_open=True)
    if sought.state is not None:
        where &= Q(state=sought.state.value)
    return where


def _says(text: str) -> Q:
    """Return the condition that every word stands in a case. One query of its own.

    The server cannot tell how rare a phrase is and would look for a rare one in every case, the
    newest first. How rare its rarest token is, is known.
    """
    written, tokens = query(text), set(bigrams(text))
    if not written:
        return Q(pk__in=[])
    known = frequencies(tokens)
    if min(known.get(token, 0) for token in tokens) <= _FEW:
        return Q(pk__in=RawSQL(_BY_WORDS, [written]))  # noqa: S611 the words are a parameter
    return Q(found_by=WrittenQuery(written, search_type="raw"))
