"""Which published cases a list wants, and the condition that finds them by their indexes."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler
from typing_extensions import override

from dandang.lifecycle.states import State
from dandang.publication.cases.bigrams import query
from dandang.publication.cases.nearby import areas_within, categories_within


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


def found_by(sought: Sought) -> Q:
    """Return the condition under which a case is found."""
    where = Q()
    if sought.text.strip():
        written = query(sought.text)
        where &= Q(found_by=WrittenQuery(written, search_type="raw")) if written else Q(pk__in=[])
    if sought.area:
        where &= Q(area__in=areas_within(sought.area))
    if sought.category:
        where &= Q(category__in=categories_within(sought.category))
    if sought.open_only:
        where &= Q(is_open=True)
    if sought.state is not None:
        where &= Q(state=sought.state.value)
    return where
