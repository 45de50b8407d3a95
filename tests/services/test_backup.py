"""A backup opens like the case it was made from, and never overwrites anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.domain.document import Document
from workbench.domain.errors import CaseNotOpened, Refused
from workbench.services.backup import backup_case, restore_case
from workbench.services.session import open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile


def test_a_backup_comes_back_whole(case: CaseFile, tmp_path: Path) -> None:
    backup_case(case, tmp_path / "copy.bak")
    case.undo()
    restore_case(tmp_path / "copy.bak", tmp_path / "Restored.casefile", passphrase=None)
    with open_case(tmp_path / "Restored.casefile") as restored:
        assert {document.urn for document in restored.all(Document)} == {"INQ000001", "INQ000002"}
        assert all(check.ok for check in verify_case(restored))
        assert restored.undo_name == "import documents"


def test_nothing_is_overwritten_and_nonsense_is_not_restored(case: CaseFile, tmp_path: Path) -> None:
    backup_case(case, tmp_path / "copy.bak")
    with pytest.raises(Refused, match="there already"):
        backup_case(case, tmp_path / "copy.bak")
    with pytest.raises(Refused, match="there already"):
        restore_case(tmp_path / "copy.bak", case.path, passphrase=None)
    with pytest.raises(Refused, match=r"does not exist"):
        backup_case(case, tmp_path / "nowhere" / "copy.bak")
    (tmp_path / "junk").write_bytes(b"x" * 16384)
    with pytest.raises(CaseNotOpened):
        restore_case(tmp_path / "junk", tmp_path / "R.casefile", passphrase="x")
    assert not (tmp_path / "R.casefile").exists()
