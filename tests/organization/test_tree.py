"""Forests: paths, subtrees, loops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.organization.tree import Tree, find_loops
from tests.organization.strategies import codes, forests

parent_maps = st.dictionaries(
    st.sampled_from(codes("u", 7)), st.none() | st.sampled_from([*codes("u", 7), "stranger"])
)


def climbs_to(parents, code, root):
    """Walk up by hand."""
    while code is not None and code != root:
        code = parents.get(code)
    return code == root


@given(forests(most=14))
def test_within_is_what_walking_up_says(parents):
    tree = Tree(parents)
    for code in parents:
        for root in parents:
            assert tree.within(code, root) == climbs_to(parents, code, root)


@given(forests())
def test_within_is_a_partial_order(parents):
    tree = Tree(parents)
    for a in parents:
        assert tree.within(a, a)
        for b in parents:
            if a != b and tree.within(a, b):
                assert not tree.within(b, a)
            for c in parents:
                if tree.within(a, b) and tree.within(b, c):
                    assert tree.within(a, c)


@given(forests())
def test_a_path_goes_from_a_root_down_to_the_code(parents):
    tree = Tree(parents)
    for code in parents:
        path = tree.path(code)
        assert path[-1] == code
        assert parents[path[0]] is None
        assert [parents[below] for below in path[1:]] == [*path[:-1]]
        assert [*tree.upwards(code)] == [*reversed(path)]


@given(forests())
def test_children_are_the_codes_with_that_parent(parents):
    tree = Tree(parents)
    for code in [None, *parents]:
        assert {*tree.children(code)} == {
            child for child, above in parents.items() if above == code
        }


@given(parent_maps)
def test_every_code_is_in_a_loop_that_is_found_or_climbs_to_a_root(parents):
    loops = find_loops(parents)
    in_loops = [code for loop in loops for code in loop]
    assert len(in_loops) == len({*in_loops})
    for loop in loops:
        for code, above in zip(loop, (*loop[1:], loop[0]), strict=True):
            assert parents[code] == above
    for start in parents:
        code, steps = start, 0
        while code in parents and steps <= len(parents):
            code, steps = parents[code], steps + 1
        reaches_a_loop = steps > len(parents)
        assert reaches_a_loop == bool({*in_loops} & {*_walk(parents, start)})


def _walk(parents, code):
    seen = []
    while code in parents and code not in seen:
        seen.append(code)
        code = parents[code]
    return seen


@given(parent_maps)
def test_a_tree_is_refused_exactly_when_there_is_a_loop(parents):
    if find_loops(parents):
        with pytest.raises(ValueError, match="loop"):
            Tree(parents)
    else:
        assert {code for code in parents if Tree(parents).path(code)} == {*parents}


def test_an_unknown_parent_counts_as_none():
    tree = Tree({"water": "nowhere"})
    assert tree.path("water") == ("water",)
    assert tree.children(None) == ("water",)


def test_a_chain_of_ten_thousand_is_no_trouble():
    names = codes("u", 10_000)
    tree = Tree(dict(zip(names, [None, *names[:-1]], strict=True)))
    assert tree.within(names[-1], names[0])
    assert len(tree.path(names[-1])) == 10_000
