"""What burning in a page costs, written and proven by other readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import material
from tests.benchmarks.outputs import alone
from tests.benchmarks.table import Row
from workbench.domain.document import Document
from workbench.domain.geometry import Box
from workbench.domain.ids import RedactionId, new_id
from workbench.domain.progress import Ticket
from workbench.domain.protection import Redaction
from workbench.services.importing import import_files
from workbench.services.redacting import Redactor
from workbench.services.session import create_case, open_case

_PLACE = Box(60.0, 80.0, 300.0, 110.0)


def _burn(path: Path) -> None:
    with open_case(path, passphrase=None) as case, Redactor(case) as redactor:
        (document,) = case.all(Document)
        marks = [
            Redaction(
                id=new_id(RedactionId),
                document=document.id,
                page_index=index,
                boxes=(_PLACE,),
                reason="order",
                basis="1",
            )
            for index in range(document.page_count)
        ]
        redactor.copy(document, marks)


def burning(home: Path, *, is_quick: bool) -> Iterator[Row]:
    """A mark on every page of a document."""
    pages = 10 if is_quick else 40
    (paper,) = material.write_pdfs(home, 1, pages)
    path = home / "burning.casefile"
    with create_case(path, passphrase=None) as case:
        import_files(case, [paper], ticket=Ticket())
    ours, peak = alone(lambda: _burn(path))
    yield Row(work="burning in a page, proven", compared_with="-", ours=ours * 1000 / pages, unit="CPU ms", target=250)
    yield Row(work="the same, memory of the largest process", compared_with="-", ours=peak, unit="MB", target=1_000)
