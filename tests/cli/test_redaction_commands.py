"""Terms are marked, marks decided and redacted copies written from the command line."""

from __future__ import annotations

import json

from tests.cli.test_commands import Terminal, filled, terminal  # noqa: F401 - fixtures
from tests.redaction import everything_in, poppler_words, writings_of


def test_a_term_is_marked_approved_and_burnt_in(filled: Terminal) -> None:  # noqa: F811
    said = filled.run("mark", filled.case, "guidance", "--reason", "personal", "--label", "IN-A1").stderr
    assert "2 marks are new, 0 were there; 2 pages." in said
    rows = filled.json("marks", filled.case)["marks"]
    assert [(row["state"], row["label"], row["page_number"]) for row in rows] == [("proposed", "IN-A1", 1)] * 2
    assert "guidance" not in json.dumps(rows)
    filled.run("marks", filled.case, "--approve", rows[0]["id"], "--note", "agreed")
    filled.run("marks", filled.case, "--reject", rows[1]["id"])
    states = {row["urn"]: row["state"] for row in filled.json("marks", filled.case)["marks"]}
    assert sorted(states.values()) == ["approved", "rejected"]
    urn = next(urn for urn, state in states.items() if state == "approved")
    out = filled.folder / "out"
    written = filled.run("redact", filled.case, urn, "--out", str(out)).stdout.split()
    assert written == [str(out / f"{urn}.redacted.pdf")]
    content = (out / f"{urn}.redacted.pdf").read_bytes()
    assert not any(form in everything_in(content) for form in writings_of("guidance"))
    assert "issued" in [text for text, _ in poppler_words(content, 0)] or "noted" in [
        text for text, _ in poppler_words(content, 0)
    ]
    proof = json.loads((out / f"{urn}.redacted.json").read_text(encoding="utf-8"))
    assert all(check["ok"] for check in proof["checks"])
    assert {"R02", "R03", "R05"} <= {check["id"] for check in proof["checks"]}


def test_a_term_that_is_nowhere_is_a_finding(filled: Terminal) -> None:  # noqa: F811
    assert "0 marks are new" in filled.run("mark", filled.case, "zeppelin", "--reason", "personal", exits=1).stderr


def test_wrong_use_ends_with_a_sentence(filled: Terminal) -> None:  # noqa: F811
    urn = filled.json("documents", filled.case)["documents"][0]["urn"]
    out = str(filled.folder / "out")
    assert "no mark to burn in" in filled.run("redact", filled.case, urn, "--out", out, exits=2).stderr
    assert "Choose one of" in filled.run("mark", filled.case, "guidance", "--reason", "because", exits=2).stderr
    named = filled.run("mark", filled.case, "guidance", "--reason", "personal", "--restriction", "order 3", exits=2)
    assert "does not name one restriction" in named.stderr
    assert not (filled.folder / "out").exists()
