"""Names are those of the case they are looked up for."""

from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.names import Names
from tests import town


def test_a_step_has_the_name_of_the_ladder_of_its_case() -> None:
    fields = {"clock": "total", "step": "done", "told": []}
    lines = {
        case_class: event_line(
            "reminded", fields, Names(town.directory(), town.policy(), case_class)
        )
        for case_class in ("decision", "decision_complex")
    }
    assert lines["decision"] != lines["decision_complex"]
