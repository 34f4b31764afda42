"""An act for several cases that is sent twice at the same moment is done once."""

from threading import Barrier, Thread

from django.db import connection
from django.test import Client

from tests import town
from tests.interfaces.desk.office import assigned, at_desk, events
from tests.interfaces.desk.test_bulk import ticks, token_in
from tests.interfaces.stories import city


def test_two_clicks_at_the_same_moment_do_it_once(fresh_database):
    city()
    reference = assigned()
    li_na = at_desk(town.LI_NA)
    said = {"act": "note", "case": ticks(li_na), "text": "Ask the caretaker"}
    token = token_in(li_na.post("/desk/bulk/", {**said, "step": "preview"}))

    start = Barrier(2)

    def send() -> None:
        same = Client(headers={"accept-language": "en"})
        same.cookies = li_na.cookies
        start.wait()
        same.post("/desk/bulk/", {**said, "step": "send", "token": token})
        connection.close()

    both = [Thread(target=send) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert events(reference).count("note_added") == 1
