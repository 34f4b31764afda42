"""Reading the files of a folder from disk."""

import os

import pytest

from dandang.organization.files.text import MAX_BYTES
from dandang.organization.folder import load_folder
from dandang.terms import InputError
from tests.organization.jiangcheng import FOLDER, files


def problems_of(folder):
    with pytest.raises(InputError) as refused:
        load_folder(folder)
    return [(problem.code, problem.source) for problem in refused.value.problems]


def test_the_files_of_the_city_are_read_and_nothing_else(tmp_path):
    assert load_folder(FOLDER) == files()
    (tmp_path / "notes.txt").write_bytes(b"x")
    (tmp_path / "areas.csv").write_bytes(b"code\n")
    assert load_folder(tmp_path) == {"areas.csv": b"code\n"}


def test_a_folder_that_is_none_is_refused(tmp_path):
    nowhere = tmp_path / "nowhere"
    assert problems_of(nowhere) == [("folder_unreadable", str(nowhere))]
    file = tmp_path / "file"
    file.touch()
    assert problems_of(file) == [("folder_unreadable", str(file))]


def test_every_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "areas.csv").mkdir()
    (tmp_path / "units.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "posts.csv").touch()
    found = [("file_unreadable", "areas.csv"), ("file_unreadable", "units.csv")]
    assert problems_of(tmp_path) == found


def test_of_a_huge_file_only_a_little_more_than_the_limit_is_read(tmp_path):
    path = tmp_path / "areas.csv"
    path.touch()
    os.truncate(path, MAX_BYTES * 4)
    assert len(load_folder(tmp_path)["areas.csv"]) == MAX_BYTES + 1
