"""Everything done is in the history, can be undone and redone, and cannot be changed unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.conftest import PASSPHRASE, add_document
from workbench.domain.change import Action
from workbench.domain.document import Document
from workbench.domain.errors import NothingToUndo, Refused
from workbench.domain.event import Event
from workbench.domain.frame import Institution, Theme
from workbench.domain.ids import new_id
from workbench.services.session import create_case, open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile
from workbench.store.history import UndoStacks
from workbench.store.migrations import migrate
from workbench.store.tables import TABLES, hints_of, is_optional
from workbench.store.triggers import TRIGGERS, missing_triggers


def _institution(case: CaseFile, name: str) -> Institution:
    institution = Institution(id=new_id("ins"), name=name)
    with case.change(Action.EDIT_FRAME, name) as step:
        step.put(institution)
    return institution


def test_an_entry_tells_who_what_and_every_row(case: CaseFile) -> None:
    institution = _institution(case, "Northmere")
    entry = case.history(newest_first=True)[0]
    assert (entry.who, entry.action, entry.summary) == ("tester", Action.EDIT_FRAME, "Northmere")
    (record,) = case.record_of(institution.id)
    assert record.rows[0].before is None
    assert '"name":"Northmere"' in (record.rows[0].after or "")
    assert case.history_head == entry.digest


def test_undo_and_redo_survive_closing(case: CaseFile, case_path: Path) -> None:
    _institution(case, "A")
    add_document(case)
    case.undo()
    case.close()
    with open_case(case_path, passphrase=PASSPHRASE) as again:
        assert (again.undo_name, again.redo_name) == (Action.EDIT_FRAME.value, Action.IMPORT.value)
        assert again.count(Document) == 0
        again.redo()
        assert again.count(Document) == 1
        again.undo()
        again.undo()
        assert (again.count(Institution), again.undo_name) == (0, None)
        with pytest.raises(NothingToUndo, match="nothing to undo"):
            again.undo()
        assert all(check.ok for check in verify_case(again))


def test_a_new_change_forgets_what_could_be_redone(case: CaseFile) -> None:
    _institution(case, "A")
    case.undo()
    _institution(case, "B")
    with pytest.raises(NothingToUndo, match="nothing to redo"):
        case.redo()


def test_an_import_in_several_parts_is_undone_as_one(case: CaseFile) -> None:
    for number in (1, 2, 3):
        add_document(case, f"text {number}", f"INQ00000{number}", run="run_1")
    add_document(case, "other", "INQ000009", run="run_2")
    case.undo()
    assert case.count(Document) == 3
    case.undo()
    assert case.count(Document) == 0
    case.redo()
    assert {document.urn for document in case.all(Document)} == {"INQ000001", "INQ000002", "INQ000003"}


def test_what_is_cited_cannot_be_removed(case: CaseFile) -> None:
    institution = _institution(case, "Northmere")
    with case.change(Action.EDIT_EVENT) as step:
        step.put(
            Event(
                id=new_id("evt"),
                title="Guidance",
                on="2011",
                on_earliest="2011-01-01",
                on_latest="2011-12-31",
                institutions=(institution.id,),
            )
        )
    with pytest.raises(Refused, match="still refers"), case.change(Action.EDIT_FRAME) as step:
        step.delete(Institution, institution.id)
    case.undo()
    with case.change(Action.EDIT_FRAME) as step:
        step.delete(Institution, institution.id)
    assert case.count(Institution) == 0


def test_an_event_cannot_name_what_is_not_there(case: CaseFile) -> None:
    with pytest.raises(Refused, match="not in the case"), case.change(Action.EDIT_EVENT) as step:
        step.put(Event(id=new_id("evt"), title="x", on="2011", on_earliest="", on_latest="", sources=(new_id("exc"),)))


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE institution SET name = 'Southmere'", "rows: institution ins_"),
        ("DELETE FROM institution", "rows: institution ins_"),
        ("UPDATE content_chunk SET bytes = x'00'", "originals: the original of INQ000001"),
        ("UPDATE page SET text = replace(text, 'March', 'April')", "pages: the text of INQ000001 page 1"),
        ("UPDATE history SET who = 'other' WHERE number = 2", "history: entry 2 was altered"),
        ("UPDATE history SET at = '2020-01-01T00:00:00+00:00' WHERE number = 1", "history: entry 1 was altered"),
        ("DELETE FROM history WHERE number = 2", "history: entry 2 is missing"),
        ("UPDATE history_row SET after = replace(after, 'North', 'South')", "history: entry 2"),
        ("INSERT INTO theme VALUES ('thm_x', 'smuggled')", "rows: theme thm_x is not in the history"),
        ("UPDATE document SET page_count = 2", "rows: document doc_"),
        ("INSERT INTO protected_term (id, person, term) VALUES ('trm_x', 'per_none', 'x')", "foreign keys"),
    ],
)
def test_verify_names_what_was_altered(case: CaseFile, statement: str, named: str) -> None:
    _institution(case, "Northmere")
    add_document(case)
    assert all(check.ok for check in verify_case(case))
    connection = case._writer.conn
    connection.execute("PRAGMA foreign_keys = OFF")
    for trigger in TRIGGERS:
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    failed = [f"{check.name}: {check.detail}" for check in verify_case(case) if not check.ok]
    assert any(named in line for line in failed), failed
    assert any("lock" in line for line in failed)


def test_verify_finds_a_flipped_byte_in_an_unencrypted_file(tmp_path: Path) -> None:
    path = tmp_path / "Plain.casefile"
    with create_case(path, passphrase=None) as case:
        add_document(case, "The regulator wrote in March about retention.")
    content = path.read_bytes()
    for at in {content.find(b"wrote in March"), content.rfind(b"about retention")}:
        path.write_bytes(content[:at] + b"X" + content[at + 1 :])
        with open_case(path) as case:
            assert not all(check.ok for check in verify_case(case))


def test_a_lawful_erasure_keeps_the_chain(case: CaseFile) -> None:
    _institution(case, "Northmere")
    case._writer.conn.execute("UPDATE history_row SET before = NULL, after = NULL WHERE entry = 2")
    checks = {check.name: check for check in verify_case(case)}
    assert checks["history"].ok


def test_transform_drops_locks_and_migrate_puts_them_back(case: CaseFile) -> None:
    case._writer.table("history").transform(defaults={"who": "nobody"})
    assert missing_triggers(case._writer) == {"history_no_update", "history_no_delete"}
    migrate(case._writer)
    assert not missing_triggers(case._writer)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_has_exactly_the_fields_of_its_record(case: CaseFile, table) -> None:
    columns = {column.name: column for column in case.reader().table(table.name).columns}
    assert set(columns) == set(hints_of(table.name))
    for name, hint in hints_of(table.name).items():
        if name != "id":
            assert bool(columns[name].notnull) != is_optional(hint), name


class _Model:
    """What a person expects of undo and redo: two stacks."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.undone: list[str] = []


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.sampled_from(["put", "undo", "redo"]), max_size=25))
def test_any_walk_through_undo_and_redo_ends_where_it_should(tmp_path_factory, steps: list[str]) -> None:
    model = _Model()
    with create_case(tmp_path_factory.mktemp("walk") / "W.casefile", passphrase=None) as case:
        for number, step_name in enumerate(steps):
            if step_name == "put":
                with case.change(Action.EDIT_FRAME) as step:
                    step.put(Theme(id=new_id("thm"), name=str(number)))
                model.done.append(str(number))
                model.undone.clear()
            elif step_name == "undo" and model.done:
                case.undo()
                model.undone.append(model.done.pop())
            elif step_name == "redo" and model.undone:
                case.redo()
                model.done.append(model.undone.pop())
        assert [theme.name for theme in case.all(Theme)] == sorted(model.done, key=int)
        assert all(check.ok for check in verify_case(case))


def test_the_stacks_ignore_what_was_handed_over(case: CaseFile) -> None:
    _institution(case, "A")
    case.undo()
    with case.change(Action.EXPORT, "json"):
        pass
    assert case.redo_name == Action.EDIT_FRAME.value
    assert UndoStacks().undo == []
