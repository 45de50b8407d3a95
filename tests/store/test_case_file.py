"""A case opens for the right person only, keeps what it was given, and lies in one file."""

from __future__ import annotations

import math
import multiprocessing
from collections import Counter
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from tests.store.conftest import PASSPHRASE, add_document
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import (
    CaseDamaged,
    CaseFromNewerVersion,
    CaseInUse,
    CaseMissing,
    NotFound,
    Refused,
    WrongPassphrase,
)
from workbench.domain.frame import Institution, ScopeParagraph, Theme
from workbench.domain.ids import new_id
from workbench.services.session import create_case, investigation_of, open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile
from workbench.store.contents import CHUNK_BYTES


def test_what_was_put_in_is_there_after_reopening(case: CaseFile, case_path: Path) -> None:
    document = add_document(case)
    big = bytes(range(256)) * (CHUNK_BYTES // 100)
    with case.change(Action.IMPORT) as step:
        sha256 = step.keep(big)
    case.close()
    with open_case(case_path, passphrase=PASSPHRASE) as again:
        assert again.get(Document, document.id) == document
        assert again.content(sha256) == big
        assert investigation_of(again).title == "Test"
        assert [p.number for p in again.all(ScopeParagraph, "position")][:2] == ["1", "2"]


def test_a_closed_case_is_one_file(case: CaseFile, case_path: Path) -> None:
    add_document(case)
    case.close()
    case.close()
    assert [path.name for path in case_path.parent.iterdir()] == ["Test.casefile"]


def test_the_passphrase_may_be_typed_composed_or_decomposed(case: CaseFile, case_path: Path) -> None:
    case.close()
    open_case(case_path, passphrase=PASSPHRASE.replace("ŷ", "y\u0302")).close()


def test_each_reason_for_not_opening_has_its_own_sentence(case: CaseFile, case_path: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseInUse, match=r"in use by .*process"):
        open_case(case_path, passphrase=PASSPHRASE)
    case.close()
    with pytest.raises(WrongPassphrase, match="does not open with this passphrase"):
        open_case(case_path, passphrase="wrong")
    with pytest.raises(WrongPassphrase, match="is encrypted"):
        open_case(case_path)
    with pytest.raises(CaseMissing, match="no case file"):
        open_case(tmp_path / "Other.casefile")
    (tmp_path / "Text.casefile").write_text("not a case " * 200)
    with pytest.raises(CaseDamaged, match="not a case file"):
        open_case(tmp_path / "Text.casefile", passphrase="x")
    case_path.write_bytes(case_path.read_bytes()[:-1000])
    with pytest.raises(CaseDamaged, match="part of it is missing"):
        open_case(case_path, passphrase=PASSPHRASE)
    assert not list(tmp_path.glob(".*.lock"))


def test_a_newer_case_and_a_foreign_database_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "Plain.casefile"
    create_case(path, passphrase=None).close()
    connection = sqlcipher.connect(str(path))
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CaseFromNewerVersion, match="newer version"):
        open_case(path)
    assert path.read_bytes() == before
    foreign = tmp_path / "Foreign.casefile"
    connection = sqlcipher.connect(str(foreign))
    connection.execute("PRAGMA page_size = 16384")
    connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with pytest.raises(CaseDamaged, match="not a case of this program"):
        open_case(foreign)


def test_a_case_is_not_made_over_another_file(case: CaseFile, case_path: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there already"):
        create_case(case_path, passphrase=None)
    with pytest.raises(Refused, match="casefile"):
        create_case(tmp_path / "x.db", passphrase=None)
    with pytest.raises(Refused, match="no scope"):
        create_case(tmp_path / "y.casefile", passphrase=None, scope="nowhere")
    with pytest.raises(Refused, match="empty"):
        create_case(tmp_path / "y.casefile", passphrase="")
    assert not (tmp_path / "y.casefile").exists()


def test_no_word_of_the_evidence_can_be_read_from_disk(case: CaseFile, case_path: Path) -> None:
    add_document(case, "Quenzelbright evidence about Northmere")
    for path in case_path.parent.iterdir():  # while open: the write-ahead log lies beside it
        content = path.read_bytes()
        assert b"Quenzelbright" not in content and b"Northmere" not in content and b"SQLite" not in content
    case.close()
    content = case_path.read_bytes()
    assert b"Quenzelbright" not in content and b"INQ000001" not in content and b"CREATE TABLE" not in content
    assert _entropy(content) > 7.99


def _entropy(content: bytes) -> float:
    counts = Counter(content)
    return -sum(n / len(content) * math.log2(n / len(content)) for n in counts.values())


def test_a_change_is_whole_or_absent(case: CaseFile) -> None:
    entries = len(case.history())
    good = Institution(id=new_id("ins"), name="Northmere")
    with pytest.raises(KeyError), case.change(Action.EDIT_FRAME) as step:
        step.put_all([good, object()])
    assert case.count(Institution) == 0
    assert len(case.history()) == entries


def test_refused_changes_say_why(case: CaseFile) -> None:
    with case.change(Action.EDIT_FRAME) as step:
        step.put(Theme(id=new_id("thm"), name="Retention"))
    with pytest.raises(Refused, match="already a theme with the same name"), case.change(Action.EDIT_FRAME) as step:
        step.put(Theme(id=new_id("thm"), name="Retention"))
    with pytest.raises(Refused, match="not in the case"), case.change(Action.EDIT_FRAME) as step:
        step.put(Institution(id=new_id("ins"), name="X", parent=new_id("ins")))
    with pytest.raises(NotFound, match="no theme"), case.change(Action.EDIT_FRAME) as step:
        step.delete(Theme, "thm_none")
    assert case.count(Institution) == 0


def test_readers_see_only_what_is_committed(case: CaseFile) -> None:
    with case.change(Action.EDIT_FRAME) as step:
        step.put(Theme(id=new_id("thm"), name="Retention"))
        assert step.count(Theme) == 1
        assert case.count(Theme) == 0
    assert case.count(Theme) == 1


def test_reading_connections_cannot_write(case: CaseFile) -> None:
    with pytest.raises(sqlcipher.OperationalError, match="readonly"):
        case.reader().conn.execute("DELETE FROM theme")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE content_chunk SET bytes = x'00'",
        "DELETE FROM content_chunk",
        "DELETE FROM content",
        "UPDATE history SET who = 'someone else'",
        "DELETE FROM history",
        "DELETE FROM history_row",
        "UPDATE history_row SET after = '{}'",
    ],
)
def test_originals_and_history_are_locked(case: CaseFile, statement: str) -> None:
    add_document(case)
    with pytest.raises(sqlcipher.IntegrityError, match="cannot be altered"):
        case._writer.conn.execute(statement)


def _hold_and_die(path: Path, held: object) -> None:
    opened = open_case(path, passphrase=PASSPHRASE)
    add_document(opened, urn="INQ000077")
    held.set()  # type: ignore[attr-defined]
    multiprocessing.current_process().kill()


def test_a_killed_program_frees_the_case_and_loses_nothing(case: CaseFile, case_path: Path) -> None:
    case.close()
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    process = context.Process(target=_hold_and_die, args=(case_path, held))
    process.start()
    assert held.wait(60)
    process.kill()
    process.join()
    with open_case(case_path, passphrase=PASSPHRASE) as again:
        assert again.first(Document, urn="INQ000077") is not None
        assert all(check.ok for check in verify_case(again))
