"""Imports files: hashes, reads, numbers and stores them, and says how every one of them ended."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from workbench.domain.document import Document
from workbench.domain.ids import new_id
from workbench.domain.importing import FileOutcome, ImportReport
from workbench.domain.progress import Ticket
from workbench.services.import_parsing import Group, Readers
from workbench.services.import_walk import Found, walk
from workbench.services.import_writing import Writing
from workbench.services.unpacking import Unpacker
from workbench.store.case_file import CaseFile

#: One entry of the history holds at most this many files, or bytes; so much is lost when the power fails.
_GROUP_FILES, _GROUP_BYTES = 24, 24 << 20
#: Groups that are read ahead while one is written.
_GROUPS_AHEAD = 3
_MOMENT_SECONDS = 0.2


def import_files(
    case: CaseFile,
    paths: Sequence[Path],
    *,
    supplier: str = "",
    request: str = "",
    workers: int = 2,
    ticket: Ticket,
) -> ImportReport:
    """Import files, folders and archives; every file is imported, a duplicate, or refused with a reason.

    References are given in the order of the paths, so the same folder gives the same references in any case.
    Raises ``Cancelled`` between two groups of files: what was imported stays, and importing again goes on.
    """
    began = time.monotonic()
    top = list(walk(paths))
    writing = Writing(case, supplier=supplier, request=request, run=new_id("run"), names=(f.filename for f in top))
    readers = Readers(workers, lambda sha256: case.first(Document, sha256=sha256) is not None)
    unpacker = Unpacker()
    try:
        _run(writing, readers, _groups(_expanded(top, unpacker)), _Counter(ticket, len(top)))
    finally:
        readers.close()
        unpacker.close()
    writing.finish()
    return ImportReport(files=tuple(writing.outcomes), seconds=round(time.monotonic() - began, 3))


class _Counter:
    """Tells how many files are done, of those found so far."""

    def __init__(self, ticket: Ticket, total: int) -> None:
        self._ticket = ticket
        self._done = 0
        self._total = total

    def tick(self, done_in_group: int, what: str) -> None:
        """Report; raises ``Cancelled``."""
        done = self._done + done_in_group
        self._total = max(self._total, done)
        self._ticket.tick(done, self._total, what)

    def finish_group(self, outcomes: Sequence[FileOutcome], size: int) -> None:
        """Count a group as done; what lay inside its files counts as well."""
        self._done += size
        self._total = max(self._total, self._done)
        self._ticket.tick(self._done, self._total, outcomes[-1].path if outcomes else "")


def _run(writing: Writing, readers: Readers, groups: Iterator[Group], counter: _Counter) -> None:
    """Keep the workers busy some groups ahead, and write group after group in order."""
    ahead: deque[Group] = deque()
    while True:
        for group in islice(groups, _GROUPS_AHEAD - len(ahead)):
            readers.submit(group)
            ahead.append(group)
        if not ahead:
            return
        group = ahead[0]
        while left := group.wait(_MOMENT_SECONDS):
            counter.tick(len(group.found) - left, group.found[0].shown)
        ahead.popleft()
        arrivals = [arrival for arrival in group.arrivals if arrival is not None]
        for next_group in islice(groups, 1):  # the workers go on while this group is written
            readers.submit(next_group)
            ahead.append(next_group)
        outcomes = writing.write(arrivals)
        readers.forget(arrivals)
        counter.finish_group(outcomes, len(group.found))


def _expanded(found: Iterable[Found], unpacker: Unpacker) -> Iterator[Found]:
    """Archives and mailboxes are replaced by what is in them; other files are looked at only by their head."""
    return chain.from_iterable(map(unpacker.expand_file, found))


def _groups(found: Iterator[Found]) -> Iterator[Group]:
    members: list[Found] = []
    size = 0
    for one in found:
        if members and (len(members) >= _GROUP_FILES or size + one.size > _GROUP_BYTES):
            yield Group(members)
            members, size = [], 0
        members.append(one)
        size += one.size
    if members:
        yield Group(members)
