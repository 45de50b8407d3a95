"""A full disk: a sentence, nothing lost, and a way on. The limit on file sizes stands for the disk's end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.gui.steps import choose_words, open_document
from workbench.domain.excerpt import Excerpt
from workbench.domain.progress import Ticket
from workbench.services.session import open_case

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")


@contextmanager
def no_file_may_grow_beyond(size: int) -> Iterator[None]:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def mark(qtbot, window, quote: str) -> None:
    choose_words(window, quote)
    window.book.actions["make_excerpt"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.jobs.running, timeout=15000)


def test_a_full_disk_is_told_and_loses_nothing(qtbot, window, case_path: Path):
    open_document(qtbot, window)
    mark(qtbot, window, "register of notices")
    case = window.workspace.case
    assert case.count(Excerpt) == 1
    log = case_path.with_name(case_path.name + "-wal")
    with no_file_may_grow_beyond(log.stat().st_size):
        mark(qtbot, window, "twice a year")
    assert "not saved" in window.message_bar.text and "has room" in window.message_bar.text
    assert case.count(Excerpt) == 1
    mark(qtbot, window, "figures within")
    assert case.count(Excerpt) == 2, "with room again, work goes on"
    with no_file_may_grow_beyond(4096):
        window.workspace.close_case()
    assert not window.workspace.has_case
    assert "could not be folded" in window.message_bar.text
    with open_case(case_path, who="tester") as again:
        assert again.count(Excerpt) == 2
        assert all(check.ok for check in again.verify(Ticket()))
    assert not log.exists(), "with room again, one file is left"
