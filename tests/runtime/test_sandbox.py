"""A document that goes wild in its reader costs that document and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workbench.domain.errors import ChildFailed, FileRefused
from workbench.runtime.sandbox import Limits, Sandbox

TASK = "tests.runtime.hostile_tasks:make_task"
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="these fences are the Linux kernel's")


@pytest.fixture
def child():
    with Sandbox(TASK) as made:
        yield made


def test_answers_with_facts_bytes_and_signs_of_life(child, monkeypatch):
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "secret")
    steps = []
    answer = child.call({"act": "echo"}, [b"\x00evidence", b""], on_step=steps.append)
    assert answer.facts["seen"] == "echo" and answer.blobs == [b"\x00evidence", b""]
    assert steps == [{"page": 1}]
    assert "WORKBENCH_PASSPHRASE" not in answer.facts["environment"]


def test_what_is_handed_over_on_the_way_comes_first_among_the_answer(child):
    parts = [b"first", b"", b"x" * (3 << 20), b"last"]
    assert child.call({"act": "in parts"}, parts).blobs == parts
    assert child.call({"act": "echo"}, [b"next"]).blobs == [b"next"]


def test_a_refusal_is_its_sentence_and_the_child_goes_on(child):
    with pytest.raises(FileRefused, match=r"^This file holds nothing\.$"):
        child.call({"act": "refuse"})
    assert child.is_running
    assert child.call({"act": "echo"}).facts["seen"] == "echo"


@pytest.mark.parametrize(
    ("act", "why"),
    [("crash", "crashed"), pytest.param("eat memory", "memory", marks=linux_only)],
)
def test_a_wild_file_ends_its_child_and_the_next_one_is_served(child, act: str, why: str):
    with pytest.raises(ChildFailed, match=why):
        child.call({"act": act})
    assert child.call({"act": "echo"}).facts["seen"] == "echo"


def test_a_file_that_never_ends_is_given_up():
    with Sandbox(TASK, limits=Limits(seconds_per_step=1.0)) as child:
        with pytest.raises(ChildFailed, match="longer than 1 seconds over one page"):
            child.call({"act": "hang"})
        assert child.call({"act": "echo"}).facts["seen"] == "echo"


@linux_only
@pytest.mark.parametrize("act", ["ask the network", "read", "write", "start a program"])
def test_the_child_reaches_nothing(child, tmp_path: Path, act: str):
    secret = tmp_path / "Other case.txt"
    secret.write_text("other evidence")
    target = tmp_path / "written.txt" if act == "write" else secret
    try:
        answer = child.call({"act": act, "path": str(target)})
    except ChildFailed:
        answer = None
    if act == "start a program" and answer is not None:
        assert answer.facts["code"] != 0
    else:
        assert answer is None
    assert not (tmp_path / "written.txt").exists()


def test_killed_from_outside_it_says_so_and_starts_again(child):
    child.call({"act": "echo"})
    child.kill()
    with pytest.raises(ChildFailed):
        child.call({"act": "echo"})
    assert child.call({"act": "echo"}).facts["seen"] == "echo"
