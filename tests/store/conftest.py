"""A small case to change, and how to put a document into it without an importer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workbench.domain.change import Action
from workbench.domain.document import Document, document_text_digest, page_text_digest
from workbench.domain.ids import new_id
from workbench.domain.received import PageText
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile

PASSPHRASE = "correct horse Llŷn"


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    return tmp_path / "Test.casefile"


@pytest.fixture
def case(case_path: Path) -> Iterator[CaseFile]:
    with create_case(case_path, title="Test", passphrase=PASSPHRASE, who="tester") as opened:
        yield opened


def add_document(
    case: CaseFile, text: str = "The regulator wrote in March.", urn: str = "INQ000001", *, run: str = ""
) -> Document:
    content = f"%PDF {urn} {text}".encode()
    with case.change(Action.IMPORT, urn, run=run) as step:
        sha256 = step.keep(content)
        step.add_pages(sha256, [PageText(text=text, width_pt=595, height_pt=842)])
        document = Document(
            id=new_id("doc"),
            urn=urn,
            title=f"Letter {urn}",
            filename=f"{urn}.pdf",
            media_type="application/pdf",
            sha256=sha256,
            bytes=len(content),
            page_count=1,
            text_digest=document_text_digest([page_text_digest(text)]),
            imported_at=datetime(2026, 1, 2, tzinfo=UTC),
        )
        step.put(document)
    return document
