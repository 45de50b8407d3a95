"""Sweeps everything that is about to be handed over for names that must not leave, and says where they stand."""

from __future__ import annotations

import contextlib
import hashlib
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.domain.errors import Cancelled, ChildFailed, FileRefused, NotFound
from workbench.domain.file_kinds import kind_of
from workbench.domain.leak_search import names_for_request
from workbench.domain.name_matching import NameMatcher
from workbench.domain.progress import Ticket
from workbench.domain.protected_names import Jigsaw, Leak, ProtectedName, jigsaw
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox

_PDF = "workbench.pdf.sweep_reading:make_task"
_DATABASE = "workbench.store.sweep_database:make_task"
_OTHER = "workbench.importers.sweep_files:make_task"
_LIMITS = Limits(memory_bytes=6 << 30, seconds_per_step=120.0)
_MOST_DEPTH = 6
#: A PDF of this size and more is shared by two children.
_SHARED_FROM_BYTES = 1 << 20
_WORKERS = 2
#: Where Debian, Fedora, Homebrew and the Windows installer put the language files for reading pictures; on Linux
#: `runtime/fences.py` has to name them too.
_LANGUAGE_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/opt/homebrew/share/tessdata",
    "/usr/local/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What a sweep found; ``not_swept`` are sentences, each of which stops a hand-over as a leak does."""

    leaks: tuple[Leak, ...] = ()
    possible: tuple[Leak, ...] = ()
    files_swept: int = 0
    places_swept: int = 0
    not_swept: tuple[str, ...] = ()
    pictures_not_read: int = 0

    @property
    def is_clean(self) -> bool:
        """True when nothing certain was found and everything was looked at; pictures are counted apart."""
        return not self.leaks and not self.not_swept

    @property
    def jigsaws(self) -> tuple[Jigsaw, ...]:
        """Persons to whom several weak identifiers point (R12)."""
        return jigsaw((*self.leaks, *self.possible))

    def sentence(self) -> str:
        """What was found, where, without any name."""
        parts = []
        if self.leaks:
            first, more = self.leaks[0].sentence.rstrip("."), len(self.leaks) - 1
            parts.append(f"Not to be handed over: {first}{f', and in {_places(more)} more' if more else ''}.")
        if self.not_swept:
            more = len(self.not_swept) - 1
            parts.append(f"{self.not_swept[0]}{f' So were {more} more.' if more else ''}")
        if not parts:
            parts.append(f"No protected term was found in {_files(self.files_swept)}.")
        if self.possible:
            parts.append(f"{_places(len(self.possible)).capitalize()} should be looked at by a person.")
        if self.pictures_not_read:
            parts.append(f"Pictures were not read ({_pages(self.pictures_not_read)} with pictures).")
        return " ".join(parts)


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


def _files(count: int) -> str:
    return f"{count:,} file{'' if count == 1 else 's'}"


def _pages(count: int) -> str:
    return f"{count:,} page{'' if count == 1 else 's'} or file{'' if count == 1 else 's'}"


def language_folder() -> str:
    """Where language files for reading pictures lie on this machine; "" when there are none."""
    with contextlib.suppress(NotFound):
        return str(resource_path("tessdata/eng.traineddata").parent)
    places = map(Path, _LANGUAGE_FOLDERS)
    return next((str(place) for place in places if (place / "eng.traineddata").is_file()), "")


def sweep_folder(
    folder: Path, names: Sequence[ProtectedName], ticket: Ticket, *, read_images: bool = False
) -> SweepReport:
    """Sweep every file under a folder, and the names of files and folders."""
    if not folder.is_dir():
        raise NotFound(f"There is no folder “{folder.name}” to sweep. Check the path.")
    found = sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())
    files = [(path.relative_to(folder.parent).as_posix(), path) for path in found if path.is_file()]
    sweep = _Sweep(names, ticket, read_images=read_images)
    return sweep.run(files, [(folder.name, "the name of a folder"), *_beside_files(folder, found)])


def sweep_files(
    files: Mapping[str, bytes], names: Sequence[ProtectedName], ticket: Ticket, *, read_images: bool = False
) -> SweepReport:
    """Sweep files that are not written yet; their names may hold folders."""
    return _Sweep(names, ticket, read_images=read_images).run(list(files.items()), ())


def _beside_files(folder: Path, found: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """What a folder tells besides its files: names of folders, where links lead, attributes: (text, place)."""
    for path in found:
        if path.is_dir():
            yield path.relative_to(folder.parent).as_posix(), "the name of a folder"
        if path.is_symlink():
            yield os.readlink(path), "the target of a link"
        elif hasattr(os, "listxattr"):
            with contextlib.suppress(OSError):
                for name in os.listxattr(path):
                    yield f"{name} {os.getxattr(path, name).decode('utf-8', 'replace')}", "an attribute of a file"


@dataclass(frozen=True, slots=True)
class _Job:
    """One file for one child: its shown name, its own name, its bytes, how deep it lies, which part of it."""

    file: str
    name: str
    content: bytes
    depth: int
    part: int = 0
    parts: int = 1


class _Sweep:
    """One sweep: two threads, each with its own children, and what they found."""

    def __init__(self, names: Sequence[ProtectedName], ticket: Ticket, *, read_images: bool) -> None:
        self._names = names_for_request(names)
        self._matcher = NameMatcher(names)
        self._ticket = ticket
        self._tessdata = language_folder() if read_images else ""
        self._lock = threading.Lock()
        self._own = threading.local()
        self._children: list[Sandbox] = []
        self._leaks: dict[tuple[str, str, int, int], Leak] = {}
        self._possible: dict[tuple[str, str, int, int], Leak] = {}
        self._not_swept: dict[str, None] = {}
        #: Contents in which nothing was found; they need not be read again under another name.
        self._clean: set[tuple[bytes, int]] = set()
        self._files = self._places = self._pictures = self._total = 0

    def run(self, files: Sequence[tuple[str, Path | bytes]], beside: Iterable[tuple[str, str]]) -> SweepReport:
        """Sweep all files; raises ``Cancelled`` when the ticket says so."""
        self._total = len(files)
        if not self._names:
            return SweepReport(files_swept=len(files))  # nothing to look for
        for text, place in beside:
            self._look_at_name(text, place)
        try:
            with ThreadPoolExecutor(_WORKERS, thread_name_prefix="sweep") as pool:
                self._read_all(files, pool)
        finally:
            for child in self._children:
                child.close()
        return self._report()

    def _read_all(self, files: Sequence[tuple[str, Path | bytes]], pool: ThreadPoolExecutor) -> None:
        waiting: list[Future[list[_Job]]] = []
        try:
            for name, source in files:
                self._ticket.check()
                self._look_at_name(name, "the name of the file")
                waiting += [pool.submit(self._one, job) for job in self._jobs_for(name, source)]
                while len(waiting) > 4 * _WORKERS:  # so that not every file is in memory at once
                    waiting += [pool.submit(self._one, job) for job in waiting.pop(0).result()]
            while waiting:
                waiting += [pool.submit(self._one, job) for job in waiting.pop(0).result()]
        finally:
            for future in waiting:
                future.cancel()
            if self._ticket.is_cancelled:
                for child in self._children:
                    child.kill()

    def _look_at_name(self, name: str, place: str) -> None:
        self._places += 1
        for hit in self._matcher.find(name, is_address=True):
            own = self._matcher.names[hit.index]
            leak = Leak(
                file=self._matcher.masked(name),
                place=place,
                page=0,
                label=own.label,
                kind=own.kind,
                form=hit.form,
                excerpt=self._matcher.masked(name),
                number=hit.index + 1,
            )
            self._keep(self._leaks if hit.is_certain else self._possible, leak)

    def _jobs_for(self, name: str, source: Path | bytes) -> Iterator[_Job]:
        try:
            content = source if isinstance(source, bytes) else source.read_bytes()
        except OSError as error:
            self._skip(f"“{name}” cannot be read ({error.strerror}) and was not swept.")
            return
        self._files += 1
        yield from _jobs(name, Path(name).name, content, 0)

    def _one(self, job: _Job) -> list[_Job]:
        """Have one file read; the files inside it that are still to be read."""
        if self._ticket.is_cancelled:
            raise Cancelled
        if job.depth > _MOST_DEPTH:
            self._skip(f"“{job.file}” lies inside more than {_MOST_DEPTH} other files and was not swept.")
            return []
        request = {
            "file": job.file, "name": job.name, "names": self._names, "depth": job.depth, "part": job.part,
            "parts": job.parts, "tessdata": self._tessdata, "read_images": bool(self._tessdata),
        }  # fmt: skip
        key = _sameness(job)
        if key[0] and key in self._clean:
            return []
        try:
            answer = self._child_for(job.content).call(
                request,
                [job.content],
                on_step=lambda step: self._ticket.tick(self._files, self._total, self._shown(job, step)),
            )
        except (FileRefused, ChildFailed) as error:
            self._skip(f"“{job.file}” was not swept: {error}")
            return []
        self._take(answer.facts)
        if not any(answer.facts[found] for found in ("leaks", "possible", "not_swept", "inner", "pictures")):
            self._clean.add(key)
        inner = zip(answer.facts["inner"], answer.blobs, strict=True)
        return [made for path, blob in inner for made in _jobs(f"{job.file} › {path}", path, blob, job.depth + 1)]

    def _shown(self, job: _Job, step: dict[str, Any]) -> str:
        page = f", page {step['page']}" if "page" in step else ""
        return f"{self._matcher.masked(Path(job.file).name)}{page}"

    def _child_for(self, content: bytes) -> Sandbox:
        kind = kind_of(content)
        is_pdf = kind == "pdf" or (kind == "picture" and bool(self._tessdata))
        task = _PDF if is_pdf else _DATABASE if kind == "sqlite" else _OTHER
        own: dict[str, Sandbox] | None = getattr(self._own, "children", None)
        if own is None:
            own = self._own.children = {}
        if task not in own:
            own[task] = Sandbox(task, limits=_LIMITS)
            with self._lock:
                self._children.append(own[task])
        return own[task]

    def _take(self, facts: dict[str, Any]) -> None:
        with self._lock:
            self._places += int(facts["places"])
            self._pictures += int(facts["pictures"])
            self._not_swept.update(dict.fromkeys(facts["not_swept"]))
            for described in facts["leaks"]:
                self._keep(self._leaks, Leak(**described))
            for described in facts["possible"]:
                self._keep(self._possible, Leak(**described))

    def _keep(self, kept: dict[tuple[str, str, int, int], Leak], leak: Leak) -> None:
        kept.setdefault((leak.file, leak.place, leak.page, leak.number), leak)

    def _skip(self, sentence: str) -> None:
        with self._lock:
            self._not_swept[self._matcher.masked(sentence)] = None

    def _report(self) -> SweepReport:
        order = sorted(self._leaks.items(), key=lambda item: (item[0][0], item[0][2], item[0][1], item[0][3]))
        possible = [item for item in self._possible.items() if item[0] not in self._leaks]
        return SweepReport(
            leaks=tuple(leak for _, leak in order),
            possible=tuple(leak for _, leak in sorted(possible)),
            files_swept=self._files,
            places_swept=self._places,
            not_swept=tuple(sorted(self._not_swept)),
            pictures_not_read=0 if self._tessdata else self._pictures,
        )


def _sameness(job: _Job) -> tuple[bytes, int]:
    """What tells that the same was read before, as when a folder and its archive are swept; not for other kinds.

    How those are read hangs on their names as well.
    """
    if kind_of(job.content) not in ("pdf", "sqlite"):
        return b"", 0
    return hashlib.sha256(job.content).digest(), job.part


def _jobs(file: str, name: str, content: bytes, depth: int) -> Iterator[_Job]:
    if not content:
        return
    parts = 2 if kind_of(content) == "pdf" and len(content) >= _SHARED_FROM_BYTES else 1
    for part in range(parts):
        yield _Job(file, name, content, depth, part, parts)
