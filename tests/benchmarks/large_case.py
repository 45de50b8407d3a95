"""A case at the size where a window must still be usable: 10,000 documents, 20,000 excerpts, 5,000 events."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.change import Action
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document, document_text_digest, page_text_digest
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution
from workbench.domain.geometry import Box
from workbench.domain.ids import AnyId, new_id
from workbench.domain.received import PageText
from workbench.services.session import create_case

DOCUMENTS, EXCERPTS, EVENTS, INSTITUTIONS = 10_000, 20_000, 5_000, 60
KINDS = ("policy", "minutes", "letter")
LONG = "on the handling of notices by the compliance office " * 6
TEXT = "The platform kept a register of notices. It was reviewed twice a year by the compliance office.\n"


def make_large_case(path: Path, *, documents: int = DOCUMENTS) -> None:
    """Write the case; a tenth of everything with ``documents`` a tenth."""
    share = documents / DOCUMENTS
    made_at = datetime(2026, 1, 2, tzinfo=UTC)
    with create_case(path, passphrase="bench", who="bench") as case:
        institutions = [Institution(id=new_id("ins"), name=f"Institution {n}") for n in range(INSTITUTIONS)]
        digest = page_text_digest(TEXT)
        ids = []
        with case.change(Action.IMPORT) as step:
            step.put_all(institutions)
            for number in range(documents):
                content = f"%PDF {number}".encode()
                sha256 = step.keep(content)
                step.add_pages(sha256, [PageText(text=TEXT, search_text="", terms="", width_pt=595, height_pt=842)])
                title = (
                    f"Document {number} " + ("on the handling of notices by the compliance office " * 6)[: number % 300]
                )
                document = Document(
                    id=new_id("doc"), urn=f"INQ{number:06}", title=title, kind=KINDS[number % 3],
                    filename=f"{number}.pdf", media_type="application/pdf", sha256=sha256, bytes=len(content),
                    page_count=1, text_digest=document_text_digest([digest]), supplier=f"Supplier {number % 20}",
                    imported_at=made_at,
                )  # fmt: skip
                step.put(document)
                ids.append(document.id)
        with case.change(Action.MAKE_EXCERPT) as step:
            for number in range(round(EXCERPTS * share)):
                excerpt = Excerpt(
                    id=new_id("exc"), document=ids[number % documents], page_index=0, start=4, end=12, quote="platform",
                    text_digest=digest, boxes=(Box(72, 80, 140, 95),), made_at=made_at, note=f"Note {number}",
                )  # fmt: skip
                step.put(excerpt)
                target = institutions[number % INSTITUTIONS].id
                stance = list(Stance)[number % 4]
                step.put(Link(id=new_id("lnk"), excerpt=excerpt.id, target=AnyId(target), stance=stance))
            for number in range(round(EVENTS * share)):
                on = parse_edtf(f"{1960 + number % 60}-{number % 12 + 1:02}")
                step.put(
                    Event(
                        id=new_id("evt"), title=f"Event {number}", on=on.text, on_earliest=on.earliest,
                        on_latest=on.latest, institutions=(institutions[number % INSTITUTIONS].id,),
                    )
                )  # fmt: skip
