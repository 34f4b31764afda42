import pytest

from dandang.policy import load_policy, ready_policies, ready_policy
from dandang.terms import Code, InputError, Refusal
from dandang.terms.toml import MAX_CHARACTERS
from tests.policy.small import small, write


def problem(path):
    with pytest.raises(InputError) as caught:
        load_policy(path)
    (found,) = caught.value.problems
    assert found.source == str(path)
    return found


def test_a_body_loads_its_own_policy_from_a_file(tmp_path):
    path = tmp_path / "jiangcheng.toml"
    path.write_text(write(small()), encoding="utf-8")
    assert load_policy(path).title_zh == "江城规则"


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "from-notepad.toml"
    path.write_text(write(small()), encoding="utf-8-sig")
    assert load_policy(path).name == "jiangcheng"


def test_another_encoding_is_reported_with_the_line_where_it_shows(tmp_path):
    path = tmp_path / "old.toml"
    path.write_bytes(write(small()).encode("gb18030"))
    found = problem(path)
    assert (found.code, found.line) == ("not_utf8", 4)


def test_a_missing_file_and_a_folder_are_reported(tmp_path):
    assert problem(tmp_path / "none.toml").code == "file_unreadable"
    assert problem(tmp_path).code == "file_unreadable"


def test_a_huge_file_is_refused_without_reading_all_of_it(tmp_path):
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(100 * MAX_CHARACTERS)
    assert problem(path).code == "file_too_large"


def test_ready_policies_come_with_the_package_and_are_read_once():
    assert "cn-county" in ready_policies()
    for name in ready_policies():
        policy = ready_policy(name)
        assert policy.name == name
        assert ready_policy(name) is policy


@pytest.mark.parametrize("name", ["", "nothing", "../ready/cn-county", "cn-county.toml"])
def test_any_other_name_is_refused(name):
    with pytest.raises(Refusal) as caught:
        ready_policy(name)
    assert caught.value.code is Code.NO_POLICY
