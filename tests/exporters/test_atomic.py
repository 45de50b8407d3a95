"""What is exported is whole or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.exporters.atomic import whole_file, whole_folder


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


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "bundle"
    with whole_folder(target) as folder:
        (folder / "a.txt").write_text("1")
    with pytest.raises(ZeroDivisionError), whole_folder(target) as folder:
        (folder / "b.txt").write_text(str(1 // 0))
    assert [path.name for path in target.iterdir()] == ["a.txt"]
    with whole_folder(target) as folder:
        (folder / "c.txt").write_text("2")
    assert [path.name for path in target.iterdir()] == ["c.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]
