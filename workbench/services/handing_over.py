"""Hands files over: all of them written and the export on record, or nothing and a sentence about the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from workbench.domain.errors import WorkbenchError
from workbench.exporters.atomic import whole_files
from workbench.exporters.report_folder import written_folder
from workbench.services.builds import ExportRecord, record_export
from workbench.store.case_file import CaseFile


@contextmanager
def telling_of_disk(subject: str, folder: Path, remedy: str = "Check the disk and its room.") -> Iterator[None]:
    """What the disk refuses inside the block is said in a sentence; ``subject`` holds its verb ("The letter was")."""
    try:
        yield
    except OSError as error:
        raise WorkbenchError(f"{subject} not written to “{folder}”: {error.strerror}. {remedy}") from error


def hand_over(case: CaseFile, folder: Path, record: ExportRecord, subject: str) -> list[Path]:
    """Write the files of ``record`` into ``folder`` and put it on record; where they are, in its order."""
    with telling_of_disk(subject, folder), whole_files(folder, record.files) as paths:
        record_export(case, record)
    return paths


def hand_over_folder(
    case: CaseFile, target: Path, files: Mapping[str, bytes], record: ExportRecord, subject: str, remedy: str
) -> None:
    """Write ``files`` as the folder ``target``, in place of an older one, and put ``record`` on record."""
    with telling_of_disk(subject, target.parent, remedy):
        target.parent.mkdir(parents=True, exist_ok=True)
        with written_folder(target, files):
            record_export(case, record)
