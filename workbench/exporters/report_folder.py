"""Writes the files of a report into a folder of their own, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from workbench.exporters.atomic import beside, flush_file, placed


@contextmanager
def written_folder(target: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """The folder in its place with these files (names may hold folders); what the block raises takes it back again.

    A folder that stood there before is replaced as a whole, and put back when something fails.
    """
    with beside(target) as folder:
        folder.mkdir(parents=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            flush_file(path)
        with placed({folder: target}):
            yield
