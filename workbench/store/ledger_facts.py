"""Reads what the claim ledger needs to know of every excerpt and link, without their boxes, themes and notes."""

from __future__ import annotations

from sqlite_utils import Database

from workbench.domain.contrary import Stated
from workbench.domain.excerpt import AnchorState, Stance
from workbench.domain.ids import DocumentId, ExcerptId
from workbench.domain.ledger import CitedExcerpt

#: So much of a quote is shown.
_QUOTE = 200


def cited_excerpts(db: Database) -> dict[str, CitedExcerpt]:
    """Every excerpt by its identifier."""
    sql = (
        f"SELECT id, document, page_index, substr(quote, 1, {_QUOTE}), text_digest, state, continues, withdrawn "
        "FROM excerpt"
    )
    states = {state.value: state for state in AnchorState}
    return {
        identifier: CitedExcerpt(
            id=ExcerptId(identifier),
            document=DocumentId(document),
            page_index=page_index,
            quote=quote,
            text_digest=digest,
            state=states[state],
            continues=ExcerptId(continues) if continues is not None else None,
            withdrawn=withdrawn,
        )
        for identifier, document, page_index, quote, digest, state, continues, withdrawn in db.execute(sql).fetchall()
    }


def stated(db: Database) -> list[Stated]:
    """(excerpt, target, stance) of every link."""
    stances = {stance.value: stance for stance in Stance}
    rows = db.execute("SELECT excerpt, target, stance FROM link").fetchall()
    return [(excerpt, target, stances[stance]) for excerpt, target, stance in rows]
