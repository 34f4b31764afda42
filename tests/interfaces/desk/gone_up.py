"""What the stories of calls and lists share: time that passes, and lists as officers see them."""

from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.work import fire_until
from dandang.notifications.following import follow_once
from tests.interfaces.desk.office import at_desk
from tests.interfaces.stories import later, words_of


def passes(**span: float) -> None:
    """Let time pass until then, with everything that fires on the way."""
    fire_until(later(**span))


def told(**span: float) -> None:
    """Let officers be told what happened so far."""
    sequence_once()
    while follow_once(now=later(**span)):
        pass


def page_of(code: str, path: str, language: str = "en") -> str:
    """Return the words of a page as an officer reads it."""
    answer = at_desk(code, language).get(path)
    assert answer.status_code == 200
    return words_of(answer)


def rows_of(code: str, path: str):
    """Return the rows of a list as an officer has it."""
    return list(at_desk(code).get(path).context["rows"])
