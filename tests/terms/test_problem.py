"""Problems in files that people write: all of them at once, each with its place."""

from dandang.terms import InputError, Problem


def test_a_problem_names_its_place_and_what_its_words_need():
    problem = Problem("unknown_unit", "duties.csv", 7, {"unit": "watr", "near": "water"})
    assert str(problem) == "duties.csv:7: unknown_unit unit=watr near=water"


def test_a_problem_of_the_whole_file_has_line_nought():
    assert str(Problem("empty_file", "units.csv")) == "units.csv:0: empty_file"


def test_problems_compare_by_what_they_say():
    assert Problem("empty_file", "a.csv") == Problem("empty_file", "a.csv")
    assert Problem("empty_file", "a.csv") != Problem("empty_file", "b.csv")


def test_an_input_error_carries_every_problem_in_order():
    error = InputError(Problem("bad_date", "x.csv", line) for line in (2, 5, 9))
    assert [problem.line for problem in error.problems] == [2, 5, 9]
    assert str(error) == "x.csv:2: bad_date\nx.csv:5: bad_date\nx.csv:9: bad_date"
