"""What the stories of documents share: documents as officers get them, and what is erased."""

from django.db import connection
from docx.document import Document

from dandang.lifecycle.casework.queries import find, history
from tests import town
from tests.interfaces.desk.office import at_desk
from tests.interfaces.desk.paper import opened
from tests.interfaces.stories import words_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(code: str, path: str, language: str = "en") -> str:
    """Return the words of a page of the desk as this officer sees it."""
    answer = at_desk(code, language).get(f"/desk/{path}/")
    assert answer.status_code == 200
    return words_of(answer)


def paper(code: str, path: str, language: str = "en") -> Document:
    """Return a document as this officer gets it."""
    answer = at_desk(code, language).get(f"/desk/{path}.docx")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, DOCX)
    return opened(answer.content)


def notice(reference: str, code: str = town.CHEN_HUI, language: str = "en") -> Document:
    return paper(code, f"{reference}/documents/notice", language)


def case_history(reference: str, code: str = town.LI_NA, language: str = "en") -> Document:
    return paper(code, f"{reference}/documents/history", language)


def sheet(post: str = "water-duty", code: str = town.LI_NA, language: str = "en") -> Document:
    return paper(code, f"posts/{post}/handover", language)


def erase(reference: str, seq: int = 0) -> None:
    """Erase every personal value of an event."""
    event, _ = history(find(reference).stream)[seq]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_personal WHERE event_id = %s", [event.event_id])
