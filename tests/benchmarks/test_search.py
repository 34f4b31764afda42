"""The benchmark of searching runs, at a small size: every search with its limit beside it."""

import re

from tests.benchmarks.test_deadlines import benchmark


def test_every_search_is_done_beside_its_limit(database_server):
    printed = benchmark("search.py", "--rows", 2000, "--rounds", 3)
    assert len(re.findall(r": search median .* limit median", printed)) == 8
    assert "Index Scan" in printed


def test_every_search_of_all_cases_is_explained(database_server):
    printed = benchmark("find_cases.py", "--rows", 400, "--rounds", 1)
    line = r"^\S.* ms +[0-9.]+ cpu +\d+ b +\d+ q +\d+ .* ms"
    assert len(re.findall(line, printed, re.MULTILINE)) == 26
    assert re.search(r"the slowest search: [0-9.]+ ms", printed)
