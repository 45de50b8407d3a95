"""The certificate names every check with its result, on paper and as JSON, and is the same every time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2

from workbench.domain.certificate import Certificate, CertifiedCounts, CertifiedFile, CertifiedProfile, Override
from workbench.domain.checks import Check, Severity, merged
from workbench.exporters.certificate import certificate_json, certificate_pdf

RULES = [f"B{number:02}" for number in range(1, 49)] + [f"R{number:02}" for number in range(1, 13)]


def check(rule: str) -> Check:
    failed = {"B14": Severity.ERROR, "B27": Severity.WARNING}
    detail = "not checked: no redactions are known of this file" if rule in ("R02", "R03") else "held on every page"
    return Check(
        id=rule,
        title=f"What {rule} looks at",
        ok=rule not in failed,
        severity=failed.get(rule, Severity.ERROR),
        detail=detail if rule not in failed else "rows on these pages print another number than their link leads to",
        pages=(2, 3, 4, 9) if rule in failed else (),
    )


CERTIFICATE = Certificate(
    title="Day 12: Heddlu Dŵr Llŷn",
    files=(CertifiedFile(name="Day 12.pdf", sha256="0123456789abcdef" * 4, bytes=1_234_567),),
    profile=CertifiedProfile(
        id="ctj-2021",
        title="General guidance on electronic court bundles",
        issued="2021-11-29",
        reviewed="2026-11-24",
        source="https://www.judiciary.uk/" + "long-" * 40,
        digest="fedcba9876543210" * 4,
    ),
    audience="panel",
    build_number=3,
    history_head="aa55" * 16,
    built_at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
    checks=tuple(check(rule) for rule in RULES),
    counts=CertifiedCounts(documents=4, pages=12, sections=2, redactions=3, excluded=1),
    overrides=(
        Override(
            what="B14: the index prints another number", reason="Agreed at the hearing. " * 60, who="A. Counsel",
            at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
        ),
    ),
    not_checked=("Handwriting was read by nobody.",),
    left_out=("INQ000044: a restriction order of 3 March 2026",),
    direction="By direction of 20 November 2026 late pages may go in with decimals.",
    labels=tuple(f"A{number}" for number in range(1, 13)),
)  # fmt: skip


def texts(content: bytes) -> list[str]:
    reader = pypdfium2.PdfDocument(content)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in reader]


def test_every_check_stands_on_the_paper_once_with_its_pages_by_label() -> None:
    pages = texts(certificate_pdf(CERTIFICATE))
    whole = " ".join(pages)
    for rule in RULES:
        assert whole.count(f"What {rule} looks at") == 1
    assert "A2–A4, A9" in whole
    assert whole.index("What B14 looks at") < whole.index("What B27 looks at") < whole.index("What B01 looks at")
    assert whole.index("What R01 looks at") < whole.index("What R02 looks at")
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_the_paper_says_what_was_checked_and_what_was_not() -> None:
    whole = " ".join(texts(certificate_pdf(CERTIFICATE)))
    assert "Checked against General guidance on electronic court bundles" in whole
    assert "complian" not in whole.lower() and "compliant" not in certificate_json(CERTIFICATE)
    told = (
        "Heddlu Dŵr Llŷn", "Handwriting was read by nobody.", "INQ000044", "A. Counsel", "By direction of 20 November",
        "0123456789abcdef" * 4, "1,234,567 bytes", "25 November 2026, 09:30 UTC", "3 marks", "last compared with",
    )  # fmt: skip
    for text in told:
        assert text in whole, text
    assert whole.count("Agreed at the hearing.") == 60


def test_equal_certificates_are_equal_bytes() -> None:
    assert certificate_pdf(CERTIFICATE) == certificate_pdf(CERTIFICATE)
    assert certificate_json(CERTIFICATE) == certificate_json(CERTIFICATE)
    assert certificate_pdf(CERTIFICATE) != certificate_pdf(replace(CERTIFICATE, build_number=4))


def test_the_record_gives_each_result() -> None:
    record = json.loads(certificate_json(CERTIFICATE))
    results = {item["id"]: item["result"] for item in record["checks"]}
    assert (results["B14"], results["B27"], results["B01"], results["R02"]) == (
        "failed", "warning", "held", "not checked",
    )  # fmt: skip
    assert list(results) == RULES
    assert record["files"][0]["bytes"] == 1_234_567 and record["wording"].startswith("Checked against")


def test_a_rule_of_several_files_holds_when_it_holds_in_each() -> None:
    good, bad = check("B01"), check("B14")
    checks = {check.id: check for check in merged({"One.pdf": (good, replace(bad, ok=True)), "Two.pdf": (good, bad)})}
    assert checks["B01"].ok and checks["B01"].detail == good.detail
    assert not checks["B14"].ok
    assert checks["B14"].detail.startswith("Two.pdf: ") and "pages 2, 3, 4, 9" in checks["B14"].detail
