"""What people of the city say after the work is done follows from their story alone."""

from collections import Counter

from dandang.demo.afterwards import stars, still_holds

MANY = range(2000)


def test_about_half_of_them_rate_and_all_kinds_of_ratings_occur() -> None:
    given = Counter(stars(turn, "solved") for turn in MANY)
    assert 0.3 < given.pop(None) / len(MANY) < 0.5
    assert set(given) == {2, 3, 4, 5}


def test_whoever_says_no_is_not_content_with_the_service_either() -> None:
    assert {stars(turn, "no") for turn in MANY} == {None, 2}


def test_some_stay_silent_most_say_yes_and_a_few_relapse() -> None:
    said = Counter(still_holds(turn) for turn in MANY)
    assert said[True] > said[None] > said[False] > 0
