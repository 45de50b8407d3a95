"""Who was given a build is recorded without saying its audience again; sizes that are none are told."""

from __future__ import annotations

from tests.cli.test_commands import Terminal, filled, terminal  # noqa: F401 - fixtures
from workbench.domain.protection import Disclosure
from workbench.services.session import open_case


def test_the_audience_of_a_build_is_that_of_its_disclosure(filled: Terminal) -> None:  # noqa: F811
    urn = filled.json("documents", filled.case)["documents"][0]["urn"]
    filled.run("compose", filled.case, "Day 1", "--add", f"All={urn}", "--audience", "panel")
    for size in ("nan", "inf"):
        told = filled.run("compose", filled.case, "Day 1", "--volume-mb", size, exits=2).stderr
        assert "is no size of a volume" in told
    filled.run("bundle", filled.case, "Day 1", "--out", str(filled.folder / "out"))
    assert "A reader was given" in filled.run("disclose", filled.case, "Day 1", "--to", "A reader").stderr
    passphrase = filled.environment["WORKBENCH_PASSPHRASE"]
    with open_case(filled.folder / "Inquiry.casefile", passphrase=passphrase) as case:
        (record,) = case.all(Disclosure)
    assert record.audience == "panel"
    wider = ["disclose", filled.case, "Day 1", "--to", "The press", "--audience", "public"]
    assert "must not go to “public”" in filled.run(*wider, exits=2).stderr
