"""A full disk leaves no half bundle, and a document that ends its reader is named."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pymupdf
import pytest

from workbench.domain.bundle import Build, Bundle
from workbench.domain.errors import ChildFailed
from workbench.domain.progress import Ticket
from workbench.exporters.bundle_pdf import BundleWriter
from workbench.runtime.sandbox import Sandbox
from workbench.services.applying import apply_json
from workbench.services.bundling import build_bundle
from workbench.services.importing import import_files
from workbench.services.session import open_case
from workbench.store.case_file import CaseFile

_ROOM = 150_000
#: A process of its own, because a limit on the size of files cannot be taken back.
_BUILD = f"""
import resource, sys
from pathlib import Path
from workbench.domain.bundle import Bundle
from workbench.domain.errors import WorkbenchError
from workbench.services.bundling import build_bundle
from workbench.services.session import open_case
with open_case(Path(sys.argv[1]), passphrase=None) as case:
    resource.setrlimit(resource.RLIMIT_FSIZE, ({_ROOM}, {_ROOM}))
    try:
        build_bundle(case, case.all(Bundle)[0].id, Path(sys.argv[2]))
    except WorkbenchError as error:
        print(error)
"""


def picture_of_noise() -> bytes:
    """A page that no compression makes smaller than the room there is."""
    noise = random.Random(4).randbytes(300 * 300 * 3)
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 60), "A picture of noise, as large as the disk has no room for.")
        page.insert_image(page.rect, pixmap=pymupdf.Pixmap(pymupdf.csRGB, 300, 300, noise, False))
        content: bytes = document.tobytes(deflate=True)
    return content


@pytest.fixture
def bundle(case: CaseFile, tmp_path: Path) -> Bundle:
    (tmp_path / "Noise.pdf").write_bytes(picture_of_noise())
    import_files(case, [tmp_path / "Noise.pdf"], ticket=Ticket())
    entries = [{"document": "INQ000001"}, {"document": "Noise.pdf"}]
    apply_json(case, {"bundles": [{"name": "Day 1", "sections": [{"title": "A", "entries": entries}]}]})
    return case.all(Bundle)[0]


@pytest.mark.skipif(sys.platform == "win32", reason="this way to have no room is POSIX's")
def test_a_full_disk_leaves_no_half_bundle(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    path, out = case.path, tmp_path / "out"
    case.close()
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, path, out], capture_output=True, text=True, check=True, timeout=120
    )
    assert "The bundle was not written to" in done.stdout and "Check the disk and its room" in done.stdout
    assert list(out.iterdir()) == []
    with open_case(path, passphrase=None) as again:
        assert again.all(Build) == []
        built = build_bundle(again, bundle.id, out)
    assert built.path.stat().st_size > _ROOM


def test_a_document_that_ends_its_reader_is_named(
    case: CaseFile, bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader is ended from outside at the second document, as a lack of memory would."""
    read, calls = CaseFile.reading_copy, []
    writers: list[Sandbox] = []
    started = BundleWriter.__init__

    def remember(writer: BundleWriter) -> None:
        started(writer)
        writers.append(writer._child)

    def read_and_end(self: CaseFile, sha256: str) -> bytes:
        calls.append(sha256)
        if len(calls) == 2:
            writers[0].kill()
        return read(self, sha256)

    monkeypatch.setattr(BundleWriter, "__init__", remember)
    monkeypatch.setattr(CaseFile, "reading_copy", read_and_end)
    with pytest.raises(ChildFailed, match=r"INQ\d+: The file stopped the reader .*not built"):
        build_bundle(case, bundle.id, tmp_path / "out")
    assert not (tmp_path / "out").exists()
