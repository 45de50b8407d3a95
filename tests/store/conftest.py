"""A small case to change, and how to put a document into it without an importer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents import put_document
from workbench.domain.document import Document
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
    pages = [PageText(text=text, width_pt=595, height_pt=842)]
    return put_document(case, urn, pages, content=content, run=run, title=f"Letter {urn}")
