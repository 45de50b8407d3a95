"""Opening and creating a case: each thing that can be wrong says its own sentence in place."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from workbench.gui.dialogs.create_case import CreateCase
from workbench.gui.dialogs.open_case import OpenCase
from workbench.services.session import create_case, open_case


@pytest.fixture
def locked(tmp_path):
    path = tmp_path / "locked.casefile"
    create_case(path, title="Locked", passphrase="correct horse", who="tester").close()
    return path


def ask(qtbot, window, path, passphrase="") -> OpenCase:
    dialog = OpenCase(window.workspace.jobs, path, window)
    dialog.opened.connect(window.workspace.adopt)
    dialog.passphrase.setText(passphrase)
    dialog.show()
    dialog.chief.click()
    qtbot.waitUntil(lambda: dialog.chief.isEnabled() or window.workspace.has_case, timeout=20000)
    return dialog


def test_right_passphrase_opens(qtbot, empty_window, locked):
    ask(qtbot, empty_window, locked, "correct horse")
    assert empty_window.workspace.has_case
    assert empty_window.windowTitle().startswith("locked.casefile")


def test_wrong_passphrase_is_said_in_place(qtbot, empty_window, locked):
    dialog = ask(qtbot, empty_window, locked, "wrong horse")
    assert "passphrase" in dialog.complaint.text() and dialog.complaint.isVisible()
    assert not empty_window.workspace.has_case
    dialog.close()


def test_case_in_use_is_said_in_place(qtbot, empty_window, locked):
    with open_case(locked, passphrase="correct horse", who="another"):
        dialog = ask(qtbot, empty_window, locked, "correct horse")
        assert dialog.complaint.text() and "passphrase" not in dialog.complaint.text()
        dialog.close()


def test_damaged_file_is_said_in_place(qtbot, empty_window, tmp_path):
    path = tmp_path / "short.casefile"
    path.write_bytes(b"too short")
    dialog = ask(qtbot, empty_window, path)
    assert "not a case file" in dialog.complaint.text()
    dialog.close()


def test_case_of_a_newer_program_is_said_in_place(qtbot, empty_window, tmp_path):
    path = tmp_path / "newer.casefile"
    create_case(path, title="Newer", passphrase=None, who="tester").close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 999")
    dialog = ask(qtbot, empty_window, path)
    assert "newer version" in dialog.complaint.text()
    dialog.close()


def test_public_case_asks_for_no_passphrase(qtbot, empty_window, case_path):
    empty_window.case_actions.open_path(case_path)
    qtbot.waitUntil(lambda: empty_window.workspace.has_case, timeout=10000)


def create(qtbot, window, path, *, first="", second="", public=False) -> CreateCase:
    dialog = CreateCase(window.workspace.jobs, window)
    dialog.created.connect(window.workspace.adopt)
    dialog.name.setText("Liaison")
    dialog.path.setText(str(path))
    dialog.is_public.setChecked(public)
    dialog.passphrase.setText(first)
    dialog.again.setText(second)
    dialog.show()
    dialog.chief.click()
    qtbot.waitUntil(lambda: dialog.chief.isEnabled() or window.workspace.has_case, timeout=20000)
    return dialog


def test_created_case_is_encrypted_and_open(qtbot, empty_window, tmp_path):
    create(qtbot, empty_window, tmp_path / "made", first="a b c", second="a b c")
    assert empty_window.workspace.case.path == tmp_path / "made.casefile"
    assert empty_window.workspace.case.is_encrypted


def test_public_case_is_created_without_passphrase(qtbot, empty_window, tmp_path):
    create(qtbot, empty_window, tmp_path / "open.casefile", public=True)
    assert not empty_window.workspace.case.is_encrypted


@pytest.mark.parametrize(
    ("first", "second", "said"), [("", "", "public material"), ("abc", "abd", "differ")], ids=["none", "differing"]
)
def test_missing_or_differing_passphrase_is_said_in_place(qtbot, empty_window, tmp_path, first, second, said):
    dialog = create(qtbot, empty_window, tmp_path / "no.casefile", first=first, second=second)
    assert said in dialog.complaint.text()
    assert not (tmp_path / "no.casefile").exists()
    dialog.close()


def test_existing_file_is_never_replaced(qtbot, empty_window, locked):
    before = locked.read_bytes()
    dialog = create(qtbot, empty_window, locked, public=True)
    assert "there already" in dialog.complaint.text()
    assert locked.read_bytes() == before
    dialog.close()
