"""Reads files in several child processes at once, each content only once, and keeps their order."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from workbench.domain.errors import ChildFailed, FileRefused
from workbench.domain.received import Part, Received
from workbench.importers.archive import safe_name
from workbench.importers.facts import received_from
from workbench.runtime.sandbox import Sandbox
from workbench.services.import_walk import Found
from workbench.services.unpacking import MOST_DEPTH, Budget, Unpacker, sentence_of

_TOO_DEEP = f"This file lies more than {MOST_DEPTH} messages deep. Save it from the message and import it."
TASK = "workbench.importers.task:make_task"


@dataclass(slots=True)
class Reading:
    """What reading one content gave: facts, or the reason why there are none. Shared by all its arrivals."""

    done: threading.Event = field(default_factory=threading.Event)
    received: Received | None = None
    reason: str = ""
    children: list[Arrival] = field(default_factory=list)


@dataclass(slots=True)
class Arrival:
    """One file that came, with its content and its reading; no reading when the case knows it already."""

    shown: str
    filename: str
    content: bytes = b""
    sha256: str = ""
    size: int = 0
    reading: Reading | None = None
    reason: str = ""


class Group:
    """Some files that follow one another; written together once all are read."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self.arrivals: list[Arrival | None] = [None] * len(found)
        self._left = len(found)
        self._changed = threading.Condition()
        self.fault: BaseException | None = None

    def put(self, position: int, arrival: Arrival) -> None:
        """Called by the worker that has read it."""
        with self._changed:
            self.arrivals[position] = arrival
            self._left -= 1
            self._changed.notify_all()

    def fail(self, fault: BaseException) -> None:
        """A worker met a bug; the import ends with it."""
        with self._changed:
            self.fault = fault
            self._changed.notify_all()

    def wait(self, seconds: float) -> int:
        """Wait a moment for the next file; how many are still being read."""
        with self._changed:
            if self._left and self.fault is None:
                self._changed.wait(seconds)
            if self.fault is not None:
                raise self.fault
            return self._left


class Readers:
    """The workers: threads that each own a child process. Larger files of a group are read first."""

    def __init__(self, count: int, is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known
        self._jobs: queue.PriorityQueue[tuple[int, int, int, Group | None]] = queue.PriorityQueue()
        self._readings: dict[str, Reading] = {}
        self._guard = threading.Lock()
        self._group_number = 0
        self._stopping = threading.Event()
        self._children: list[Sandbox | Unpacker] = []
        self._threads = [threading.Thread(target=self._work, name=f"import {n}", daemon=True) for n in range(count)]
        for thread in self._threads:
            thread.start()

    def submit(self, group: Group) -> None:
        """Have a group read; earlier groups come first."""
        self._group_number += 1
        for position, found in enumerate(group.found):
            self._jobs.put((self._group_number, -found.size, position, group))

    def forget(self, arrivals: Iterable[Arrival]) -> None:
        """Let go of what is written by now."""
        with self._guard:
            for arrival in arrivals:
                self._readings.pop(arrival.sha256, None)

    def close(self) -> None:
        """End workers and children at once."""
        self._stopping.set()
        with self._guard:
            children = list(self._children)
        for child in children:
            child.kill()
        for _ in self._threads:
            self._jobs.put((0, 0, 0, None))
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        child, unpacker = Sandbox(TASK), Unpacker()
        with self._guard:
            self._children += [child, unpacker]
        try:
            while not self._stopping.is_set():
                *_, position, group = self._jobs.get()
                if group is None:
                    return
                try:
                    group.put(position, self._arrive(group.found[position], child, unpacker))
                except Exception as fault:  # noqa: BLE001 - carried to the thread that waits, which raises it
                    group.fail(fault)
        finally:
            child.close()
            unpacker.close()

    def _arrive(self, found: Found, child: Sandbox, unpacker: Unpacker, depth: int = 0) -> Arrival:
        arrival = Arrival(found.shown, found.filename, size=found.size, reason=found.problem)
        if found.problem:
            return arrival
        try:
            arrival.content = found.content if found.content is not None else _load(found)
        except OSError as error:
            arrival.reason = f"This cannot be read ({error.strerror}). Check the disk and import it again."
            return arrival
        arrival.size = len(arrival.content)
        arrival.sha256 = hashlib.sha256(arrival.content).hexdigest()
        if self._is_known(arrival.sha256):
            return arrival
        with self._guard:
            is_first = arrival.sha256 not in self._readings
            arrival.reading = self._readings.setdefault(arrival.sha256, Reading())
        if is_first:
            try:
                self._read(arrival, arrival.reading, child, unpacker, depth)
            finally:
                arrival.reading.done.set()
        return arrival

    def _read(self, arrival: Arrival, reading: Reading, child: Sandbox, unpacker: Unpacker, depth: int) -> None:
        try:
            answer = child.call({"name": arrival.filename}, [arrival.content])
            received = received_from(answer.facts, answer.blobs)
        except (FileRefused, ChildFailed) as error:
            reading.reason = sentence_of(error)
            return
        except (KeyError, ValueError, TypeError):
            child.close()
            reading.reason = sentence_of(ChildFailed("The file stopped the reader (its answer was unreadable)."))
            return
        reading.received = replace(received, parts=())
        budget = Budget()
        for part in received.parts:
            for found in unpacker.expand(_found_in(arrival, part), part.content, depth=depth, budget=budget):
                if self._stopping.is_set():
                    return
                child_found = found if depth < MOST_DEPTH else replace(found, problem=_TOO_DEEP)
                reading.children.append(self._arrive(child_found, child, unpacker, depth + 1))


def _found_in(arrival: Arrival, part: Part) -> Found:
    name = safe_name(part.name)
    return Found(
        shown=f"{arrival.shown}/{name}",
        filename=name.rpartition("/")[2],
        size=len(part.content),
        content=part.content,
    )


def _load(found: Found) -> bytes:
    assert found.path is not None
    return found.path.read_bytes()
