"""Progress, messages and errors as lines on standard error; results on standard output."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from workbench.domain.errors import Cancelled, CaseNotOpened, CheckFailed, WorkbenchError
from workbench.domain.progress import Progress, Ticket

EXIT_DONE, EXIT_WITH_FINDINGS, EXIT_WRONG_USE, EXIT_NOT_OPENED = 0, 1, 2, 3
_REDRAW_SECONDS = 0.1


class TerminalTicket(Ticket):
    """Shows progress on one line when standard error is a terminal, and nothing otherwise."""

    def __init__(self) -> None:
        super().__init__(self._show)
        self._is_terminal = sys.stderr.isatty()
        self._last_shown = 0.0

    def _show(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self._is_terminal or now - self._last_shown < _REDRAW_SECONDS:
            return
        self._last_shown = now
        of = f" of {progress.total}" if progress.total else ""
        click.echo(f"\r\x1b[K{progress.done}{of}  {printable(progress.what)[:60]}", err=True, nl=False)

    def finish(self) -> None:
        """Clear the line."""
        if self._is_terminal:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextmanager
def running() -> Iterator[TerminalTicket]:
    """A ticket whose line is cleared at the end; Ctrl-C cancels between two steps."""
    ticket = TerminalTicket()
    try:
        yield ticket
    except KeyboardInterrupt:
        raise Cancelled from None
    finally:
        ticket.finish()


def printable(text: str) -> str:
    """Text without control, direction-changing and undecodable characters, which could mislead on a screen."""
    return "".join(character if character.isprintable() else "�" for character in text)


def say(message: str) -> None:
    """A message for the person, on standard error."""
    click.echo(message, err=True)


def print_json(value: Any) -> None:
    """One object on standard output, and nothing else there."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def exit_code_of(error: Exception) -> int:
    """The agreed exit code of a foreseen error."""
    if isinstance(error, CheckFailed):
        return EXIT_WITH_FINDINGS
    return EXIT_NOT_OPENED if isinstance(error, CaseNotOpened) else EXIT_WRONG_USE


@contextmanager
def sentences() -> Iterator[None]:
    """Foreseen errors end the program with their sentence and exit code; anything else is a bug and shows itself."""
    try:
        yield
    except WorkbenchError as error:
        say(str(error))
        raise SystemExit(exit_code_of(error)) from None
    except Cancelled:
        say("Stopped. What was finished is kept.")
        raise SystemExit(EXIT_WITH_FINDINGS) from None
