"""One case file, open: reading, changing with history, undo and redo, originals and pages."""

from __future__ import annotations

import hmac
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from workbench.domain.change import Action, Change, RowChange, VerifyCheck
from workbench.domain.document import Page
from workbench.domain.errors import CaseDamaged, NotFound, NothingToUndo, Refused, WorkbenchError
from workbench.domain.frame import ProtectedTerm
from workbench.domain.progress import Ticket
from workbench.domain.protection import WarningLetter
from workbench.store import connection, contents, history, verifying
from workbench.store.keys import CaseKey
from workbench.store.lock import CaseLock
from workbench.store.migrations import migrate, refuse_newer
from workbench.store.reading import Reading
from workbench.store.sealing import Purpose, Sealer, erase_plain_letters, erase_plain_names, is_sealed, sealed_letter
from workbench.store.step import Step


def _now() -> datetime:
    return datetime.now(UTC)


class CaseFile(Reading):
    """An open case. Reads may come from any thread; changes are made one at a time.

    Opened by ``create`` and ``open``; ``close`` folds everything back into one file.
    """

    def __init__(
        self,
        path: Path,
        *,
        key: CaseKey | None,
        who: str,
        create: bool = False,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(self.reader)
        self.path = path
        self.who = who
        self._key = key
        self._clock = clock
        self._writing = threading.RLock()
        self._is_changing = False
        #: Told of every finished change, on the thread that made it; the window lives from it.
        self.listeners: list[Callable[[Change], None]] = []
        self._readers: list[Database] = []
        self._local = threading.local()
        self._lock = CaseLock(path)
        self._lock.take()
        try:
            self._writer = connection.open_writer(path, key, create=create)
            self._prepare()
            #: Opens protected names; used by the one room that holds them.
            self.names = Sealer(key)
            #: Opens warning letters; used by the one room that holds them.
            self.letters = Sealer(key, Purpose.LETTERS)
            self._seal_plain_names()
            self._seal_plain_letters()
        except BaseException:
            self._lock.release()
            raise

    def _prepare(self) -> None:
        try:
            refuse_newer(self._writer)
            connection.prepare_for_writing(self._writer)
            migrate(self._writer)
            self._stacks = history.stacks_of(self._writer)
        except connection.DatabaseError as error:
            self._writer.conn.close()
            raise CaseDamaged(f"“{self.path.name}” is damaged ({error}). Restore it from a backup.") from None
        except BaseException:
            self._writer.conn.close()
            raise

    def _seal_plain_names(self) -> None:
        """Seal what an older program wrote as it was, once."""
        rows = self._writer.execute("SELECT id, term FROM protected_term").fetchall()
        plain = [identifier for identifier, term in rows if not is_sealed(term)]
        if not plain:
            return
        with self.change(Action.SEAL, f"{len(plain)} protected names") as step:
            for identifier in plain:
                record = step.get(ProtectedTerm, identifier)
                step.put(replace(record, term=self.names.seal(record.term)))
        with self._writer.atomic():
            erase_plain_names(self._writer)

    def _seal_plain_letters(self) -> None:
        """Seal what an older program wrote of warning letters as it was, once."""
        rows = self._writer.execute("SELECT id FROM warning_letter WHERE sealed = ''").fetchall()
        if not rows:
            return
        with self.change(Action.SEAL, f"{len(rows)} warning letters") as step:
            for (identifier,) in rows:
                record = step.get(WarningLetter, identifier)
                sealed = sealed_letter(self.letters, {"addressee": record.addressee, "note": record.note})
                step.put(replace(record, addressee="", note="", sealed=sealed))
        with self._writer.atomic():
            erase_plain_letters(self._writer)

    @property
    def is_encrypted(self) -> bool:
        return self._key is not None

    def has_key(self, key: CaseKey | None) -> bool:
        """True when this is the key the case was opened with."""
        if self._key is None or key is None:
            return self._key is key
        return hmac.compare_digest(self._key.key, key.key)

    # Reading

    def reader(self) -> Database:
        """This thread's read-only connection; it sees what is committed."""
        database: Database | None = getattr(self._local, "reader", None)
        if database is None:
            database = connection.open_reader(self.path, self._key)
            self._local.reader = database
            with self._writing:
                self._readers.append(database)
        return database

    def content(self, sha256: str) -> bytes:
        """Original bytes; raises ``NotFound``."""
        return contents.read(self.reader(), sha256)

    def reading_copy(self, sha256: str) -> bytes:
        """The PDF to show for an original: its working copy, or itself when it is a PDF."""
        return contents.read(self.reader(), contents.copy_of(self.reader(), sha256) or sha256)

    def pages(self, sha256: str) -> list[Page]:
        """All pages of an original, in order."""
        return self._pages("sha256 = ? ORDER BY page_index", sha256)

    def page_letter_counts(self, sha256: str) -> list[int]:
        """How many letters, blanks not counted, each page of an original has."""
        texts = self.reader().execute("SELECT text FROM page WHERE sha256 = ? ORDER BY page_index", [sha256])
        return [sum(map(len, text.split())) for (text,) in texts]

    def page_digest(self, sha256: str, page_index: int) -> str | None:
        """The digest of a page's text as it stands; None for a page that is not there."""
        sql = "SELECT text_digest FROM page WHERE sha256 = ? AND page_index = ?"
        row = self.reader().execute(sql, [sha256, page_index]).fetchone()
        return None if row is None else str(row[0])

    def page(self, sha256: str, page_index: int) -> Page:
        """One page; raises ``NotFound``."""
        found = self._pages("sha256 = ? AND page_index = ?", sha256, page_index)
        if not found:
            raise NotFound(f"There is no page {page_index + 1} in this document. Choose a page that it has.")
        return found[0]

    def _pages(self, where: str, *values: str | int) -> list[Page]:
        sql = f"SELECT id, sha256, page_index, text, width_pt, height_pt, text_digest FROM page WHERE {where}"
        return [
            Page(id=i, sha256=s, page_index=n, text=t, width_pt=w, height_pt=h, text_digest=d)
            for i, s, n, t, w, h, d in self.reader().execute(sql, list(values)).fetchall()
        ]

    # History

    @property
    def history_head(self) -> str:
        """The digest of the newest entry; printed on every export."""
        return history.head_of(self.reader())

    def history(self, *, newest_first: bool = False, limit: int = -1) -> list[Change]:
        """The entries, without their rows."""
        return list(history.entries(self.reader(), newest_first=newest_first, limit=limit))

    def record_of(self, identifier: str) -> list[Change]:
        """Every entry that touched one item, oldest first."""
        return history.entries_about(self.reader(), identifier)

    def changed_rows(self, number: int) -> tuple[RowChange, ...]:
        """What one entry did to each row."""
        return history.rows_of(self.reader(), number)

    @property
    def newest_undoable(self) -> int | None:
        """The number of the entry that undo would take back; None when there is nothing."""
        return self._stacks.undo[-1][-1] if self._stacks.undo else None

    @property
    def undo_name(self) -> str | None:
        """What would be undone, in words; None when there is nothing."""
        return self._name_of(self._stacks.undo)

    @property
    def redo_name(self) -> str | None:
        """What would be redone, in words; None when there is nothing."""
        return self._name_of(self._stacks.redo)

    def _name_of(self, stack: list[tuple[int, ...]]) -> str | None:
        if not stack:
            return None
        sql = "SELECT action FROM history WHERE number = ?"
        return str(self.reader().execute(sql, [stack[-1][-1]]).fetchone()[0])

    def undo(self) -> Change:
        """Take back the newest change that is not yet taken back; raises ``NothingToUndo``."""
        return self._travel(Action.UNDO, "There is nothing to undo.")

    def redo(self) -> Change:
        """Make the newest undone change again; raises ``NothingToUndo``."""
        return self._travel(Action.REDO, "There is nothing to redo.")

    def _travel(self, action: Action, nothing: str) -> Change:
        with self._writing:
            stack = self._stacks.undo if action is Action.UNDO else self._stacks.redo
            if not stack:
                raise NothingToUndo(nothing)
            group, name = stack[-1], self._name_of(stack) or ""
            if any(history.is_erased(self._writer, number) for number in group):
                raise NothingToUndo("This step cannot be taken back: names in it were erased from the history.")
            with self.change(action, name, reverts=group) as step:
                for number in reversed(group) if action is Action.UNDO else group:
                    rows = history.rows_of(self._writer, number)
                    for row in reversed(rows) if action is Action.UNDO else rows:
                        step.write_image(row.table, row.row_id, row.before if action is Action.UNDO else row.after)
            return step.change

    # Changing

    @contextmanager
    def change(
        self, action: Action, summary: str = "", *, run: str = "", reverts: tuple[int, ...] = ()
    ) -> Iterator[Step]:
        """One transaction and one entry of the history; nothing is written when the block raises."""
        with self._writing:
            if self._is_changing:
                raise RuntimeError("a change is already being made on this case")
            self._is_changing = True
            try:
                with self._sentences(), self._writer.atomic():
                    self._writer.execute("PRAGMA defer_foreign_keys = ON")
                    step = Step(self._writer, summary)
                    yield step
                    made = self._record(step, action, run, reverts)
                self._stacks.follow(made)
                step.finish(made)
            finally:
                self._is_changing = False
        for listener in tuple(self.listeners):
            listener(made)

    def _record(self, step: Step, action: Action, run: str, reverts: tuple[int, ...]) -> Change:
        return history.append(
            self._writer,
            at=self._clock(),
            who=self.who,
            action=action,
            summary=step.summary,
            run=run,
            reverts=reverts,
            rows=step.row_changes(),
        )

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except connection.IntegrityError as error:
            raise Refused(_integrity_sentence(str(error))) from error
        except connection.DatabaseError as error:
            raise WorkbenchError(
                f"The change was not saved: {error}. Nothing was altered; "
                "check that the disk is there and has room, then try again."
            ) from error

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the whole case, byte for byte, to a new file."""
        with self._writing:
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with self.path.open("rb") as source, target.open("xb") as copy:
                shutil.copyfileobj(source, copy, 1 << 20)
                copy.flush()
                os.fsync(copy.fileno())

    def verify(self, ticket: Ticket) -> list[VerifyCheck]:
        """Prove the whole case; see ``store/verifying.py``."""
        with self._writing:
            return verifying.verify(self._writer, ticket)

    def close(self) -> None:
        """Close every connection and leave one file behind; safe to call twice.

        Raises ``WorkbenchError`` when the disk has no room to fold the latest changes into the one file, or is gone:
        the case is closed all the same, and nothing that was saved is lost.
        """
        with self._writing:
            for reader in self._readers:
                reader.conn.close()
            self._readers.clear()
            if self._lock.is_held:
                try:
                    connection.fold_into_one_file(self._writer)
                except connection.DatabaseError as error:
                    raise WorkbenchError(
                        f"“{self.path.name}” was closed, but its latest changes could not be folded into it ({error}). "
                        f"They are kept in “{self.path.name}-wal” beside it: keep the two together, make "
                        "room on the disk, and open the case once more."
                    ) from error
                finally:
                    self._writer.conn.close()
                    self._lock.release()

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _integrity_sentence(text: str) -> str:
    if text.startswith("UNIQUE constraint failed: "):
        table, _, column = text.removeprefix("UNIQUE constraint failed: ").split(",")[0].partition(".")
        return (
            f"There is already a {table.replace('_', ' ')} with the same {column}. "
            "Nothing was changed; choose another or edit the one that is there."
        )
    if "FOREIGN KEY" in text:
        return (
            "Something in the case still refers to what this would remove, or this names something that is not in "
            "the case. Nothing was changed."
        )
    return f"The case refuses this change: {text}. Nothing was changed."
