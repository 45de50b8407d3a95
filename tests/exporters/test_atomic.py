"""What is exported is whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.exporters.atomic import beside, placed, whole_file, whole_files


def test_a_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    with whole_file(target) as temporary:
        temporary.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole"


def test_a_failed_file_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), whole_file(target) as temporary:
        temporary.write_text(str(1 // 0))
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def _put(folder: Path, target: Path, name: str, *, fails: bool = False) -> None:
    with beside(folder / "made") as made:
        made.mkdir()
        (made / name).write_text(name)
        with placed({made: target}):
            assert [path.name for path in target.iterdir()] == [name]
            if fails:
                raise ZeroDivisionError


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "bundle"
    _put(tmp_path, target, "a.txt")
    with pytest.raises(ZeroDivisionError):
        _put(tmp_path, target, "b.txt", fails=True)
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    _put(tmp_path, target, "c.txt")
    assert [path.name for path in target.iterdir()] == ["c.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_several_files_are_placed_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(IsADirectoryError), whole_files(tmp_path, {"a.txt": b"new", "b.txt": b"new"}):
        pass
    assert (tmp_path / "a.txt").read_text() == "old"
    with pytest.raises(ZeroDivisionError), whole_files(tmp_path, {"a.txt": b"new", "c.txt": b"new"}):
        raise ZeroDivisionError
    assert (tmp_path / "a.txt").read_text() == "old"
    with whole_files(tmp_path, {"a.txt": b"new", "c.txt": b"new"}) as paths:
        assert paths == [tmp_path / "a.txt", tmp_path / "c.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "c.txt"]
    assert (tmp_path / "a.txt").read_text() == "new"
