"""The command line says what it did, with the agreed exit codes and JSON shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.services.conftest import LETTER, MINUTES, make_pdf
from workbench.cli.main import main

PASSPHRASE = "a long Welsh passphrase: ŵ"


class Terminal:
    """Runs commands on one case with the passphrase in the environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case = str(folder / "Inquiry.casefile")
        self.environment: dict[str, str | None] = {"WORKBENCH_PASSPHRASE": PASSPHRASE}

    def run(self, *arguments: str, exits: int = 0) -> Result:
        result = CliRunner().invoke(main, list(arguments), env=self.environment)
        assert result.exit_code == exits, (result.output, result.stderr, result.exception)
        return result

    def json(self, *arguments: str, exits: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", exits=exits).stdout)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    folder = tmp_path / "supplied"
    folder.mkdir()
    (folder / "Letter.pdf").write_bytes(make_pdf(LETTER))
    (folder / "Minutes.pdf").write_bytes(make_pdf(MINUTES))
    (folder / "Broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    terminal = Terminal(tmp_path)
    terminal.run("new", terminal.case, "--title", "Inquiry")
    return terminal


@pytest.fixture
def filled(terminal: Terminal) -> Terminal:
    terminal.run("import", terminal.case, str(terminal.folder / "supplied"), "--supplier", "OOS", exits=1)
    return terminal


def test_import_accounts_for_every_file(terminal: Terminal) -> None:
    report = terminal.json("import", terminal.case, str(terminal.folder / "supplied"), exits=1)
    by_name = {Path(item["path"]).name: item for item in report["files"]}
    assert {name: item["status"] for name, item in by_name.items()} == {
        "Letter.pdf": "imported",
        "Minutes.pdf": "imported",
        "Broken.pdf": "refused",
    }
    assert set(by_name["Letter.pdf"]) == {
        "path",
        "status",
        "urn",
        "sha256",
        "pages",
        "kind",
        "pages_without_text",
        "reason",
    }
    assert by_name["Letter.pdf"]["pages"] == 2
    assert by_name["Broken.pdf"]["reason"]
    again = terminal.json("import", terminal.case, str(terminal.folder / "supplied" / "Letter.pdf"))
    assert again["files"][0]["status"] == "duplicate"


def test_documents_text_and_search(filled: Terminal) -> None:
    documents = filled.json("documents", filled.case)["documents"]
    assert {d["filename"]: d["pages"] for d in documents} == {"Letter.pdf": 2, "Minutes.pdf": 1}
    assert set(documents[0]) == {
        "urn",
        "title",
        "kind",
        "filename",
        "sha256",
        "bytes",
        "pages",
        "on",
        "receipts",
    }
    urn = next(d["urn"] for d in documents if d["filename"] == "Letter.pdf")
    assert "Dŵr" in filled.run("text", filled.case, urn, "--page", "2").stdout
    found = filled.json("search", filled.case, "Dwr AND answer")
    assert [(hit["urn"], hit["page"]) for hit in found["hits"]] == [(urn, 2)]
    assert found["total"] == 1
    assert found["understood_as"]
    assert found["not_searched"] == {"pages_without_text": 0, "files_refused": 1}
    filled.run("search", filled.case, "(broken", exits=2)
    filled.run("text", filled.case, "INQ999999", exits=2)


def test_history_undo_and_redo_across_commands(filled: Terminal) -> None:
    entries = filled.json("history", filled.case)
    assert [entry["number"] for entry in entries["entries"]] == list(range(1, len(entries["entries"]) + 1))
    assert entries["head"] == entries["entries"][-1]["digest"]
    filled.run("undo", filled.case)
    assert filled.json("documents", filled.case)["documents"] == []
    filled.run("undo", filled.case, exits=2)
    filled.run("redo", filled.case)
    assert len(filled.json("documents", filled.case)["documents"]) == 2
    assert filled.json("verify", filled.case)["ok"] is True


def test_apply_and_export_json(filled: Terminal) -> None:
    path = filled.folder / "apply.json"
    path.write_text(
        json.dumps(
            {
                "institutions": [{"name": "Office for Online Standards"}],
                "excerpts": [
                    {
                        "document": "Letter.pdf",
                        "page": 1,
                        "quote": "issued guidance",
                        "links": [{"to": "institution", "name": "Office for Online Standards", "stance": "supports"}],
                    }
                ],
            }
        )
    )
    filled.run("apply", filled.case, str(path))
    filled.run("export", filled.case, "json", "--out", str(filled.folder / "out"))
    exported = json.loads((filled.folder / "out" / "Inquiry.json").read_text())
    assert exported["excerpts"][0]["links"][0]["stance"] == "supports"
    path.write_text('{"excerpts": [{"document": "Letter.pdf", "page": 1, "quote": "not there"}]}')
    refused = filled.run("apply", filled.case, str(path), exits=2)
    assert "excerpts[1]" in refused.stderr
    filled.run("export", filled.case, "json", "--out", str(filled.folder / "wide"), "--audience", "public", exits=2)
    assert not (filled.folder / "wide").exists()


def test_a_bundle_is_built_and_checked(filled: Terminal) -> None:
    path = filled.folder / "apply.json"
    sections = [{"title": "Letters", "entries": [{"document": "Letter.pdf", "title": "Llythyr Dŵr"}]}]
    path.write_text(json.dumps({"bundles": [{"name": "Day 1", "sections": sections}]}))
    filled.run("apply", filled.case, str(path))
    built = filled.run("bundle", filled.case, "day 1", "--out", str(filled.folder / "out"))
    pdf = Path(built.stdout.strip())
    report = filled.json("check", str(pdf))
    assert report["ok"] is True
    assert set(report) == {"file", "profile", "ok", "checks"}
    assert set(report["checks"][0]) == {"id", "ok", "severity", "title", "detail", "pages"}
    letter = filled.run("check", str(filled.folder / "supplied" / "Letter.pdf"), exits=1)
    assert "FAIL B12 [E]" in letter.stdout and "  -  R02 [I]" in letter.stdout and "WARN B33 [W]" in letter.stdout
    assert "failed" in letter.stderr and "not checked" in letter.stderr
    missing = filled.run("bundle", filled.case, "Day 2", "--out", str(filled.folder / "out"), exits=2)
    assert "Day 1" in missing.stderr


def test_a_case_that_does_not_open_says_why_and_exits_three(terminal: Terminal, tmp_path: Path) -> None:
    terminal.environment["WORKBENCH_PASSPHRASE"] = "wrong"
    assert "passphrase" in terminal.run("documents", terminal.case, exits=3).stderr
    terminal.environment["WORKBENCH_PASSPHRASE"] = None
    terminal.run("documents", terminal.case, exits=3)
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    terminal.run("documents", terminal.case, "--passphrase-file", str(secret))
    terminal.run("documents", str(tmp_path / "none.casefile"), exits=3)
    (tmp_path / "text.casefile").write_text("no case")
    terminal.run("documents", str(tmp_path / "text.casefile"), exits=3)


def test_wrong_use_exits_two(terminal: Terminal) -> None:
    terminal.run("documents", exits=2)
    terminal.run("no-such-command", exits=2)
    terminal.run("import", terminal.case, "/nowhere/at/all", exits=2)
    terminal.run("new", terminal.case, exits=2)


def test_backup_and_restore(filled: Terminal) -> None:
    filled.run("backup", filled.case, str(filled.folder / "copy.bak"))
    restored = str(filled.folder / "Restored.casefile")
    filled.run("restore", str(filled.folder / "copy.bak"), restored)
    assert len(filled.json("documents", restored)["documents"]) == 2
