"""Any PDF that is given to be checked ends as a report: damaged ones, locked ones, ones that fight back."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from workbench.domain.checks import CheckReport
from workbench.domain.errors import NotFound, Refused
from workbench.services.checking import check_pdf

#: From a corpus of hostile files: loops in lists and trees, lost ends, pages that are none, huge numbers.
HOSTILE = (
    "append-xref-loop.pdf",
    "issue-1688a.pdf",
    "23642.fuzz",
    "GHOSTSCRIPT-698804-1-fuzzed.pdf",
    "T02-01_005_document-catalog-type-key-missing.pdf",
    "T02-05-01_014_endstream-keyword-missing.pdf",
    "poppler-67295-0.pdf",
    "../derived_from_real/bitrot-256-bytes.pdf",
)


def ends_as_a_report(report: CheckReport) -> bool:
    """All sixty rules, or B01 alone with a sentence."""
    if len(report.checks) == 60:
        return True
    (only,) = report.checks
    return only.id == "B01" and not only.ok and only.detail.endswith(".")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_the_corpus_ends_as_a_report(corpus: Path, name: str) -> None:
    path = corpus / "04_malformed_hostile" / "pdf" / name
    report = check_pdf(path)
    assert ends_as_a_report(report), report.checks
    assert not report.ok and "stopped the reader" not in report.checks[0].detail


def circular(pdf: pikepdf.Pdf) -> None:
    """Bookmarks and pages that lead back to themselves."""
    first = pdf.make_indirect(pikepdf.Dictionary(Title="A"))
    first.Next = first
    pdf.Root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=first, Last=first))


def nested_forms(pdf: pikepdf.Pdf) -> None:
    """A form that draws itself."""
    form = pdf.make_stream(b"/Self Do")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 100, 100])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Self=form))
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Self=form)
    pdf.pages[0].contents_add(pdf.make_stream(b"/Self Do"))


def no_size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 0, 0])


def huge(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 1_000_000, 1_000_000])


def odd_catalog(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Array([])
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(["x", 1, 2]))
    pdf.Root.OCProperties = pikepdf.Array([])
    pdf.Root.Lang = pikepdf.Array([])


@pytest.mark.parametrize("fault", [circular, nested_forms, no_size, huge, odd_catalog])
def test_a_file_that_fights_back_ends_as_a_report(tmp_path: Path, fault: object) -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "A page")
    with pikepdf.open(io.BytesIO(document.tobytes())) as pdf:
        fault(pdf)  # type: ignore[operator]
        pdf.save(tmp_path / "Given.pdf")
    assert ends_as_a_report(check_pdf(tmp_path / "Given.pdf"))


def test_a_profile_of_ones_own_is_asked_and_must_make_sense(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "resources" / "profiles" / "ctj-2021.toml"
    own = tmp_path / "own.toml"
    pymupdf_file = tmp_path / "Given.pdf"
    document = pymupdf.open()
    document.new_page(width=612, height=792).insert_text((72, 72), "A page")
    document.save(pymupdf_file)
    text = shipped.read_text(encoding="utf-8")
    own.write_text(text + '\n[severities]\nB26 = "E"\n', encoding="utf-8")
    severities = {check.id: check.severity.value for check in check_pdf(pymupdf_file, str(own)).checks}
    assert severities["B26"] == "E"
    own.write_text(text + '\n[severities]\nB26 = "X"\n', encoding="utf-8")
    with pytest.raises(Refused, match="B26 the severity “X”"):
        check_pdf(pymupdf_file, str(own))
    with pytest.raises(NotFound, match="cannot be read"):
        check_pdf(tmp_path / "nowhere.pdf")
