"""Nobody reads a word of the evidence from the disk: not from the case file, not from anything beside it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tests.services.conftest import LETTER, MINUTES, make_pdf
from workbench.domain.frame import Institution
from workbench.domain.progress import Ticket
from workbench.services.applying import apply_json
from workbench.services.importing import import_files
from workbench.services.session import create_case, open_case

PASSPHRASE = "night before the hearing"
#: Words of the evidence, of names and of the tables; short ones would turn up in random bytes.
WORDS = ["guidance", "Standards", "median", "Quentin", "Placeholder", "Letter.pdf", "INQ00000", "document", "SQLite"]


def _strings(path: Path) -> str:
    """What ``strings`` prints, or the same by hand where there is no such program."""
    if shutil.which("strings"):
        return subprocess.run(["strings", "-n", "5", path], capture_output=True, text=True, check=True).stdout
    return "\n".join(run.decode() for run in re.findall(rb"[\x20-\x7e]{5,}", path.read_bytes()))


def _read_off_disk(folder: Path) -> dict[str, str]:
    kept = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".lock", ".holder"))]
    assert kept
    return {path.name: _strings(path) for path in kept}


def _assert_nothing_readable(folder: Path) -> None:
    for name, text in _read_off_disk(folder).items():
        found = [word for word in WORDS if word.lower() in text.lower()]
        assert not found, f"{name} shows {found}"


def test_strings_finds_nothing_while_open_and_after_closing(tmp_path: Path) -> None:
    supplied, kept = tmp_path / "supplied", tmp_path / "kept"
    supplied.mkdir()
    kept.mkdir()
    (supplied / "Letter.pdf").write_bytes(make_pdf(LETTER))
    (supplied / "Minutes.txt").write_text("\n".join(MINUTES))
    with create_case(kept / "Secret.casefile", passphrase=PASSPHRASE) as case:
        report = import_files(case, [supplied], ticket=Ticket())
        assert [outcome.status for outcome in report.files] == ["imported", "imported"]
        apply_json(case, {"people": [{"cipher": "IN-A1", "names": ["Quentin Placeholder"]}]})
        apply_json(case, {"institutions": [{"name": "Office for Online Standards"}]})
        _assert_nothing_readable(kept)
    _assert_nothing_readable(kept)
    assert [path.name for path in kept.iterdir()] == ["Secret.casefile"]
    with open_case(kept / "Secret.casefile", passphrase=PASSPHRASE) as case:
        assert case.count(Institution) == 1


def test_the_search_itself_would_find_them(tmp_path: Path) -> None:
    """The same look at an unencrypted case finds words, so finding none above means something."""
    (tmp_path / "Letter.txt").write_text(LETTER[0])
    with create_case(tmp_path / "Open.casefile", passphrase=None) as case:
        import_files(case, [tmp_path / "Letter.txt"], ticket=Ticket())
    (tmp_path / "Letter.txt").unlink()
    texts = _read_off_disk(tmp_path)
    assert "guidance" in texts["Open.casefile"] and "SQLite" in texts["Open.casefile"]
