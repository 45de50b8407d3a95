"""Makes a copy of a case that is known to open, and puts one back."""

from __future__ import annotations

from pathlib import Path

from workbench.domain.errors import Refused, WorkbenchError
from workbench.exporters.atomic import whole_file
from workbench.services.session import SUFFIX, open_case
from workbench.store.case_file import CaseFile


def backup_case(case: CaseFile, target: Path) -> None:
    """Copy the open case to ``target``, whole or not at all; it opens with the same passphrase."""
    _refuse_bad_target(target)
    try:
        with whole_file(target) as temporary:
            case.copy_to(temporary)
    except OSError as error:
        raise WorkbenchError(f"The backup was not written: {error.strerror}. Check the disk and its room.") from error


def restore_case(backup: Path, target: Path, *, passphrase: str | None) -> None:
    """Put a backup in place as a new case, after proving that it opens; an existing case is never overwritten."""
    _refuse_bad_target(target)
    if target.suffix != SUFFIX:
        raise Refused(f"A case file's name ends in {SUFFIX}; “{target.name}” does not. Add the ending.")
    with open_case(backup, passphrase=passphrase) as case:
        backup_case(case, target)


def _refuse_bad_target(target: Path) -> None:
    if target.exists():
        raise Refused(f"“{target.name}” is there already. Move it away or choose another name.")
    if not target.parent.is_dir():
        raise Refused(f"The folder “{target.parent}” does not exist. Create it, or choose another.")
