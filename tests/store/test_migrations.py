"""A case written by an earlier version opens, proves itself and can be undone and changed."""

from __future__ import annotations

import gzip
from pathlib import Path

from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt
from workbench.domain.progress import Ticket
from workbench.services.excerpting import Span, mark_words, parts_of
from workbench.services.session import open_case

FIRST_SHAPE = Path(__file__).parents[1] / "data" / "case-shape-1.casefile.gz"


def test_a_case_of_the_first_shape_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.casefile"
    path.write_bytes(gzip.decompress(FIRST_SHAPE.read_bytes()))
    with open_case(path, who="tester") as case:
        assert all(check.ok for check in case.verify(Ticket()))
        (excerpt,) = case.all(Excerpt)
        assert (excerpt.note, excerpt.continues) == ("second", None)
        case.undo()
        assert case.get(Excerpt, excerpt.id).note == "first"
        letter = case.all(Document)[0]
        mark_words(case, document=letter.id, spans=[Span(0, 0, 8), Span(1, 0, 8)])
        made = next(item for item in case.all(Excerpt) if item.id != excerpt.id and item.continues is None)
        assert len(parts_of(case, made.id)) == 2
        assert all(check.ok for check in case.verify(Ticket()))
    with open_case(path, who="tester") as case:
        assert case.count(Excerpt) == 3
        assert all(check.ok for check in case.verify(Ticket()))
