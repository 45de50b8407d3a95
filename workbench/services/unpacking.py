"""Opens archives and mailboxes, also inside one another, and hands over their files one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.domain.errors import ChildFailed, FileRefused
from workbench.importers.archive import MOST_BYTES, MOST_MEMBERS, may_hold_files
from workbench.runtime.sandbox import Sandbox
from workbench.services.import_walk import Found, bookkeeping_problem

MOST_DEPTH = 5
_HEAD_BYTES = 8192
_TOO_DEEP = f"This archive lies more than {MOST_DEPTH} archives deep. Unpack the outer ones and import the folder."
_NOTHING = "This archive is empty."
_SPENT = "The archives of this import hold too much: {what}. Unpack them and import the folders in parts."


class Budget:
    """What one outermost archive may unpack to, all archives inside it counted."""

    def __init__(self) -> None:
        self.members = MOST_MEMBERS
        self.bytes = MOST_BYTES

    def spend(self, size: int) -> None:
        """Take one file's part; raises ``FileRefused`` when there is no more."""
        self.members -= 1
        self.bytes -= size
        if self.members < 0:
            raise FileRefused(_SPENT.format(what=f"more than {MOST_MEMBERS:,} files"))
        if self.bytes < 0:
            raise FileRefused(_SPENT.format(what="more than 2 GB"))


class Unpacker:
    """Keeps a child process that opens containers. Not for several threads at once."""

    def __init__(self) -> None:
        self._child = Sandbox("workbench.importers.archive:make_task")

    def expand_file(self, found: Found) -> Iterator[Found]:
        """The same for a file on disk; one that is no container is left there for the workers to load."""
        if found.problem or found.path is None:
            yield found
            return
        try:
            with found.path.open("rb") as stream:
                head = stream.read(_HEAD_BYTES)
                content = head + stream.read() if may_hold_files(found.filename, head) else b""
        except OSError:
            yield found  # the worker meets the same trouble and says so
            return
        if content:
            yield from self.expand(found, content)
        else:
            yield found

    def expand(self, found: Found, content: bytes, *, depth: int = 0, budget: Budget | None = None) -> Iterator[Found]:
        """The file itself when it is no container; else everything in it, its own archives opened too."""
        if not may_hold_files(found.filename, content):
            yield found
            return
        if depth >= MOST_DEPTH:
            yield _refused(found, _TOO_DEEP)
            return
        try:
            members = self._open(found, content, depth)
        except (FileRefused, ChildFailed) as error:
            yield _refused(found, sentence_of(error))
            return
        if members is None:
            yield found
        elif not members:
            yield _refused(found, _NOTHING)
        else:
            yield from self._take_all(found, content, members, depth, budget or Budget())

    def _open(self, found: Found, content: bytes, depth: int) -> list[Any] | None:
        answer = self._child.call({"do": "open", "name": found.filename, "depth": depth}, [content])
        members: list[Any] | None = answer.facts["members"]
        return members

    def _take_all(
        self, found: Found, content: bytes, members: list[Any], depth: int, budget: Budget
    ) -> Iterator[Found]:
        for index, (name, size, problem) in enumerate(members):
            filename = str(name).rpartition("/")[2]
            member = Found(
                shown=f"{found.shown}/{name}",
                filename=filename,
                size=int(size),
                problem=str(problem) or bookkeeping_problem(filename),
            )
            if str(name).startswith("__MACOSX/"):
                member = _refused(member, bookkeeping_problem(".DS_Store"))
            if member.problem:
                yield member
                continue
            try:
                budget.spend(member.size)
                taken = self._take(found, content, depth, index)
            except (FileRefused, ChildFailed) as error:
                yield _refused(member, sentence_of(error))
                continue
            inner = Found(shown=member.shown, filename=filename, size=len(taken), content=taken)
            yield from self.expand(inner, taken, depth=depth + 1, budget=budget)

    def _take(self, found: Found, content: bytes, depth: int, index: int) -> bytes:
        request = {"do": "take", "depth": depth, "index": index}
        if not self._child.is_running:  # it died over an earlier member: begin again with a fresh one
            self._open(found, content, depth)
        return self._child.call(request).blobs[0]

    def kill(self) -> None:
        """End the child at once, from any thread."""
        self._child.kill()

    def close(self) -> None:
        """Let the child go."""
        self._child.close()


def _refused(found: Found, sentence: str) -> Found:
    return Found(shown=found.shown, filename=found.filename, size=found.size, problem=sentence)


def sentence_of(error: FileRefused | ChildFailed) -> str:
    """The reason for a report: a child that did not survive gets the advice that goes with it."""
    if isinstance(error, FileRefused):
        return str(error)
    return (
        f"{str(error).rstrip('.')}; it was not imported. Open it in another program and save it again, "
        "or ask the supplier for another copy."
    )
