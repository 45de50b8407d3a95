"""A case of short documents by invented institutions, put in without an importer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.documents import put_document
from workbench.domain.change import Action
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document, page_text_digest
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, Theme
from workbench.domain.ids import new_id
from workbench.domain.received import PageText
from workbench.domain.terms import joined_text, reference_terms
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile

#: URN -> pages. Each page is about one thing, so that a test can say which pages must be found.
PAGES = {
    "INQ000001": (
        "The Harbour Regulator disclosed its figures in March.\nThe duty to report was noted.",
        "Witness IN-A1 spoke of the duty on every platform to keep and to report figures.",
        "Witness IN-A12 relied on section 19(2)(b) of the Act and on rule 9.",
    ),
    "INQ000002": (
        "The board will disclose nothing under s. 19 or ss 20 and 21(1).",
        "See paragraph 3.5 and Table 3: five officers. The cost was £5,000, not £1.2m.",
        "Heddlu Dŵr Llŷn replied; the office in Łódź did not. The meeting began at 10:30.",
    ),
    "INQ004206": (
        "Minutes of the platform. The well-\nknown institu-\ntion answered “within a day” and didn’t ask.",
        "Disclosure was solicited from the solicitor. {A/1/1} and {C/15/20-26} were shown.",
        "The transcript at Day 5/112:3-14 agrees; so does [2021] EWHC 2167 (Comm).",
        "",
    ),
    "OHY007098": (
        "The Department considered INQ004206_002 and INQ 000001 at length.",
        "It is a report of a report; the data and the d8ta differ. To be or not to be, it was asked.",
        "The Northern Police Unit trained its officers in 2004. CHILD PROTECTION is a duty; data are kept.",
    ),
}
DETAILS: dict[str, dict[str, Any]] = {
    "INQ000001": {"kind": "letter", "on": "2004-05-20", "supplier": "Northern Platform"},
    "INQ000002": {"kind": "minutes", "on": "2005", "supplier": "Harbour Regulator"},
    "INQ004206": {"kind": "minutes", "on": "2006/2008"},
    "OHY007098": {"kind": "report"},
}


def page_text(text: str) -> PageText:
    """A page as importing makes it."""
    return PageText(text=text, width_pt=595, height_pt=842, search_text=joined_text(text), terms=reference_terms(text))


def put_texts(case: CaseFile, urn: str, texts: Sequence[str], **details: Any) -> Document:
    """A document with these pages."""
    on = parse_edtf(details["on"]) if details.get("on") else None
    span = {"on_earliest": on.earliest, "on_latest": on.latest} if on else {}
    return put_document(case, urn, [page_text(text) for text in texts], **details, **span)


@pytest.fixture
def empty_case(tmp_path: Path) -> Iterator[CaseFile]:
    with create_case(tmp_path / "Test.casefile", title="Test", passphrase=None, who="tester") as opened:
        yield opened


def filled(case: CaseFile) -> CaseFile:
    documents = {urn: put_texts(case, urn, texts, **DETAILS[urn]) for urn, texts in PAGES.items()}
    regulator = Institution(id=new_id("ins"), name="Harbour Regulator", aliases=("HR", "Rheoleiddiwr yr Harbwr"))
    police = Institution(id=new_id("ins"), name="Northern Police Unit", name_cy="Uned Heddlu’r Gogledd")
    theme = Theme(id=new_id("thm"), name="Training")
    letter, report = documents["INQ000001"], documents["OHY007098"]
    excerpt = Excerpt(
        id=new_id("exc"),
        document=report.id,
        page_index=2,
        start=4,
        end=24,
        quote="Northern Police Unit",
        text_digest=page_text_digest(PAGES["OHY007098"][2]),
        themes=(theme.id,),
        made_at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    with case.change(Action.APPLY, "analysis") as step:
        step.put_all([regulator, police, theme, replace(letter, author=regulator.id), excerpt])
        step.put(Link(id=new_id("lnk"), excerpt=excerpt.id, target=police.id, stance=Stance.CONTEXT))
    return case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseFile]:
    path = tmp_path_factory.mktemp("searched") / "Test.casefile"
    with create_case(path, title="Test", passphrase=None, who="tester") as opened:
        yield filled(opened)
