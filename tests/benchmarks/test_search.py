"""The benchmark of searching runs, at a small size: every search with its limit beside it."""

import re

from tests.benchmarks.test_deadlines import benchmark


def test_every_search_is_done_beside_its_limit(database_server):
    printed = benchmark("search.py", "--rows", 2000, "--rounds", 3)
    assert len(re.findall(r": search median .* limit median", printed)) == 8
    assert "Index Scan" in printed
