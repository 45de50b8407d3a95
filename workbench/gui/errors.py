"""What happens when something goes wrong: a sentence for the person, or a crash report without content."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version

from workbench import __version__
from workbench.domain.errors import WorkbenchError


def sentence_of(error: BaseException) -> str | None:
    """What a foreseen error says to the person; None for a fault of the program."""
    return str(error) if isinstance(error, WorkbenchError) else None


def crash_report(error: BaseException) -> str:
    """Kinds of error, files and line numbers; never the error's text, which may hold evidence."""
    lines = [
        f"Case-study workbench {__version__}",
        f"Python {platform.python_version()}, PySide6 {qt_version}, {platform.system()} {platform.release()}",
        "",
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def _short(filename: str) -> str:
    parts = Path(filename).parts
    return "/".join(parts[parts.index("workbench") :]) if "workbench" in parts[:-1] else parts[-1]


def write_crash_report(folder: Path, error: BaseException) -> Path | None:
    """Keep the report on this machine; None when even that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(crash_report(error), encoding="utf-8")
    except OSError:
        return None
    return path


def fault_sentence(report: Path | None) -> str:
    """What the person is told when the program itself is at fault."""
    kept = f" A report without any content of the case was kept in “{report}”." if report else ""
    return f"The program made a mistake and stopped what it was doing. What was saved is safe.{kept}"


def catch_faults(folder: Path, show: Callable[[str], None]) -> None:
    """From now on an unforeseen error is reported instead of ending the program."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sentence = sentence_of(error)
        show(sentence if sentence is not None else fault_sentence(write_crash_report(folder, error)))

    sys.excepthook = hook
