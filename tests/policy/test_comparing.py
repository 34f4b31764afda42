"""What differs between two policies, by the places of their files."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.policy import ready_policies, ready_policy
from dandang.policy.comparing import Change, compare
from tests import town

TEXT = town.policy().text


@pytest.mark.parametrize("name", ready_policies())
def test_a_policy_differs_in_nothing_from_itself(name: str) -> None:
    assert compare(ready_policy(name).text, ready_policy(name).text) == ()


def test_comments_and_spacing_are_no_difference() -> None:
    assert compare(TEXT, "# As the council decided\n\n" + TEXT.replace(" = ", "   =  ")) == ()


def test_a_changed_deadline_stands_under_its_class_with_both_values() -> None:
    before = town.policy().classes["ordinary"]
    changes = compare(TEXT, TEXT.replace('quiet = "5 working days"', 'quiet = "4 working days"', 1))
    (change,) = [one for one in changes if one.path[0] == "ladders"]
    assert change.place.startswith(f"ladders.{before.ladder}.steps.quiet.quiet")
    assert (change.before, change.after) == ("5 working days", "4 working days")


def test_what_is_new_and_what_is_gone_have_one_side_empty() -> None:
    old = 'a = 1\n[[list]]\ncode = "x"\non = true\n'
    new = 'a = 1\n[[list]]\ncode = "y"\nmany = [1, 2]\n'
    assert compare(old, new) == (
        Change(("list", "y", "code"), "", "y"),
        Change(("list", "y", "many"), "", "1, 2"),
        Change(("list", "x", "code"), "x", ""),
        Change(("list", "x", "on"), "true", ""),
    )
    assert compare("on = true", "on = false")[0].after == "false"


def test_the_order_of_entries_with_codes_does_not_count() -> None:
    one, two = '[[list]]\ncode = "x"\nn = 1\n', '[[list]]\ncode = "y"\nn = 2\n'
    assert compare(one + two, two + one) == ()
    assert compare("[[list]]\nn = 1\n", "[[list]]\nn = 2\n")[0].place == "list.1.n"


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)),
)
def test_the_changes_are_exactly_what_turns_one_into_the_other(
    old: dict[str, int], new: dict[str, int]
) -> None:
    def text(values: dict[str, int]) -> str:
        return "".join(f"{name} = {value}\n" for name, value in values.items())

    told = {one.place: one.after for one in compare(text(old), text(new))}
    kept = {name: str(value) for name, value in old.items() if name not in told}
    added = {name: value for name, value in told.items() if value}
    assert {**kept, **added} == {
        name: str(value) for name, value in tomllib.loads(text(new)).items()
    }
