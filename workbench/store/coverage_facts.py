"""Reads what the coverage matrix counts - links, days and doubts of excerpts, events - in a few set-based queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlite_utils import Database

from workbench.domain.coverage_counting import Material
from workbench.domain.excerpt import Stance
from workbench.domain.spans import Span

_STANCES = {stance.value: stance for stance in Stance}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFacts:
    """Links of excerpts to institutions and scope paragraphs; what each excerpt and event tells of.

    ``firsts`` leads from the later parts of an excerpt to its first; ``events`` are (event, institutions, paragraphs).
    """

    links: list[tuple[str, str, Stance]]
    material: dict[str, Material]
    firsts: dict[str, str]
    events: list[tuple[str, tuple[str, ...], tuple[str, ...]]]


def coverage_facts(db: Database) -> CoverageFacts:
    """Everything at once; the number of queries does not grow with the case."""
    links: list[tuple[str, str, Stance]] = []
    on_events: dict[str, list[str]] = defaultdict(list)
    sql = "SELECT excerpt, target, stance FROM link WHERE substr(target, 1, 4) IN ('ins_', 'scp_', 'evt_')"
    for excerpt, target, stance in db.conn.execute(sql).fetchall():
        if target.startswith("evt_"):
            on_events[excerpt].append(target)
        else:
            links.append((excerpt, target, _STANCES[stance]))
    for event, excerpt in _references(db, "sources", "excerpt"):
        on_events[excerpt].append(event)
    days: dict[str, Span] = {
        event: (earliest, latest)
        for event, earliest, latest in db.conn.execute("SELECT id, on_earliest, on_latest FROM event").fetchall()
    }
    material = {event: Material((span,)) for event, span in days.items()}
    firsts = _add_excerpts(db, material, {e: tuple(days[event] for event in on) for e, on in on_events.items()})
    return CoverageFacts(links=links, material=material, firsts=firsts, events=_events(db))


def _references(db: Database, field: str, target: str) -> list[tuple[str, str]]:
    """(event, what it names) for one of the lists of events."""
    where = "owner_table = 'event' AND field = ? ORDER BY owner_id, position"
    sql = f"SELECT owner_id, {target} FROM reference WHERE {where}"
    return [(event, named) for event, named in db.conn.execute(sql, [field]).fetchall()]


def _events(db: Database) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    institutions: dict[str, list[str]] = defaultdict(list)
    scope: dict[str, list[str]] = defaultdict(list)
    for event, named in _references(db, "institutions", "institution"):
        institutions[event].append(named)
    for event, named in _references(db, "scope", "scope_paragraph"):
        scope[event].append(named)
    return [(event, tuple(institutions[event]), tuple(scope[event])) for event in institutions if event in scope]


def _add_excerpts(
    db: Database, material: dict[str, Material], on_events: dict[str, tuple[Span, ...]]
) -> dict[str, str]:
    """Adds what each excerpt tells of; which excerpt each later part belongs to."""
    sql = (
        "SELECT e.id, e.continues, d.on_earliest, d.on_latest, "
        "e.withdrawn <> '' OR d.withdrawn_on <> '' OR d.withdrawn_reason <> '', "
        "e.state = 'lost' OR d.superseded_by IS NOT NULL FROM excerpt e JOIN document d ON d.id = e.document"
    )
    before: dict[str, str] = {}
    alike: dict[tuple[tuple[Span, ...], int, int], Material] = {}
    for identifier, continues, earliest, latest, is_withdrawn, is_doubtful in db.conn.execute(sql).fetchall():
        spans = on_events.get(identifier) or (((earliest, latest),) if earliest or latest else ())
        key = (spans, is_withdrawn, is_doubtful)
        known = alike.get(key)
        if known is None:
            known = alike[key] = Material(spans, bool(is_withdrawn), bool(is_doubtful))
        material[identifier] = known
        if continues:
            before[identifier] = continues
    return {part: _first(part, before) for part in before}


def _first(part: str, before: dict[str, str]) -> str:
    seen = {part}
    while (earlier := before.get(part)) is not None and earlier not in seen:
        seen.add(earlier)
        part = earlier
    return part
