"""What ought to have happened: standards with their versions, and which of them stood on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from workbench.domain.analysis import Assessment, Sentence, Standard, StandardKind
from workbench.domain.change import Action, Change
from workbench.domain.dates import parse_edtf
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Institution
from workbench.domain.ids import ExcerptId, InstitutionId, StandardId, new_id
from workbench.domain.standing import (
    StandardsInForce,
    Standing,
    called,
    refuse_circle,
    refuse_impossible_days,
    span_of,
)
from workbench.domain.urn import page_form
from workbench.store.case_file import CaseFile
from workbench.store.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardFacts:
    """What a person says of a standard; days as EDTF, "" where there is none."""

    title: str
    kind: StandardKind = StandardKind.OTHER
    version: str = ""
    from_on: str = ""
    until_on: str = ""
    institutions: tuple[InstitutionId, ...] = ()
    replaces: StandardId | None = None
    excerpt: ExcerptId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRow:
    """A standard with the days it stood in words, whom it binds, where it is written, and what is wrong with it.

    ``standing`` is set when a day was asked for.
    """

    standard: Standard
    name: str
    stood: str
    institutions: tuple[str, ...] = ()
    source: str = ""
    replaces: str = ""
    faults: tuple[str, ...] = ()
    used: int = 0
    standing: Standing | None = None

    @property
    def id(self) -> str:
        return self.standard.id


def standards_in_force(case: CaseFile | Step) -> StandardsInForce:
    """All standards of the case, which know when they stood."""
    return StandardsInForce(case.all(Standard))


def standard_rows(case: CaseFile) -> list[StandardRow]:
    """All standards by title, each chain of versions first to last."""
    return _rows(case, standards_in_force(case), {})


def standing_on(case: CaseFile, day: str, institution: InstitutionId | None = None) -> list[StandardRow]:
    """Every standard that certainly or possibly stood on a day (EDTF; it may be uncertain, or a period).

    With an institution, those that bind it: its own and those that bind everybody. Certain ones come first. Raises
    ``Refused`` for a day that cannot be.
    """
    asked = span_of(day)
    inforce = standards_in_force(case)
    standing = {
        item.id: inforce.standing(item.id, asked)
        for item in inforce.standards.values()
        if institution is None or not item.institutions or institution in item.institutions
    }
    rows = _rows(case, inforce, {identifier: how for identifier, how in standing.items() if how is not Standing.NOT})
    return sorted((row for row in rows if row.standing is not None), key=lambda row: row.standing is Standing.POSSIBLY)


def _rows(case: CaseFile, inforce: StandardsInForce, standing: dict[str, Standing]) -> list[StandardRow]:
    institutions = {item.id: item.name for item in case.all(Institution)}
    sources = _sources(case, {item.excerpt for item in inforce.standards.values() if item.excerpt is not None})
    faults, used = inforce.faults(), citations(case)
    known = inforce.standards
    rows = [
        StandardRow(
            standard=item,
            name=called(item),
            stood=inforce.in_words(item.id),
            institutions=tuple(institutions[i] for i in item.institutions if i in institutions),
            source=sources.get(item.excerpt, "") if item.excerpt is not None else "",
            replaces=called(known[item.replaces]) if item.replaces in known else "",
            faults=faults.get(item.id, ()),
            used=used[item.id],
            standing=standing.get(item.id),
        )
        for item in known.values()
    ]
    place: dict[str, int] = {item.id: at for row in rows for at, item in enumerate(inforce.chain(row.id))}
    first: dict[str, Standard] = {row.id: inforce.chain(row.id)[0] for row in rows}
    return sorted(rows, key=lambda row: (first[row.id].title.casefold(), first[row.id].id, place[row.id]))


def times(count: int) -> str:
    """``once``, ``3 times``."""
    return "once" if count == 1 else f"{count:,} times"


def citations(case: CaseFile) -> Counter[str]:
    """How often assessments, sentences of findings and later versions name each standard, event, excerpt or search."""
    found: Counter[str] = Counter()
    for assessment in case.all(Assessment):
        found.update((*assessment.standards, *assessment.evidence_for, *assessment.evidence_against))
    for sentence in case.all(Sentence):
        found.update(sentence.evidence)
    found.update(item.replaces for item in case.all(Standard) if item.replaces is not None)
    return found


def _sources(case: CaseFile, excerpts: Collection[ExcerptId]) -> dict[ExcerptId, str]:
    if not excerpts:
        return {}
    urns = {item.id: item.urn for item in case.all(Document)}
    return {e.id: page_form(urns[e.document], e.page_number) for e in case.all(Excerpt) if e.id in excerpts}


# Changing


def add_standard(case: CaseFile, facts: StandardFacts) -> tuple[Change, StandardId]:
    """Another standard, or another version of one; refused without a title, for days that cannot be, for a circle."""
    record = _standard(StandardId(new_id("std")), facts)
    return _put(case, record, "add"), record.id


def edit_standard(case: CaseFile, identifier: StandardId, facts: StandardFacts) -> Change:
    """Make a standard exactly this."""
    case.get(Standard, identifier)
    return _put(case, _standard(identifier, facts), "edit")


def _put(case: CaseFile, record: Standard, verb: str) -> Change:
    with case.change(Action.EDIT_ANALYSIS, f"{verb} the standard {called(record)}") as step:
        step.put(record)
        refuse_circle(step.all(Standard))
    return step.change


def delete_standard(case: CaseFile, identifier: StandardId) -> Change:
    """Remove a standard; refused while an assessment, a finding or a later version names it."""
    record = case.get(Standard, identifier)
    used = case.pointing_at(identifier)
    if used:
        raise Refused(
            f"“{called(record)}” is still cited {times(len(used))}, by assessments, findings or a later version. "
            "Change those first."
        )
    with case.change(Action.EDIT_ANALYSIS, f"remove the standard {called(record)}") as step:
        step.delete(Standard, identifier)
    return step.change


def _standard(identifier: StandardId, facts: StandardFacts) -> Standard:
    if not facts.title.strip():
        raise Refused("The standard has no title. Say what ought to have happened, or name the statute or policy.")
    record = Standard(
        id=identifier,
        title=facts.title.strip(),
        kind=facts.kind,
        version=facts.version.strip(),
        from_on=_day(facts.from_on),
        until_on=_day(facts.until_on),
        institutions=tuple(dict.fromkeys(facts.institutions)),
        replaces=facts.replaces,
        excerpt=facts.excerpt,
        note=facts.note.strip(),
    )
    refuse_impossible_days(record)
    return record


def _day(text: str) -> str:
    return parse_edtf(text).text if text.strip() else ""


def institution_named(case: CaseFile, name: str) -> Institution:
    """The institution of this name or alias, whatever the case of its letters; raises ``NotFound``."""
    wanted = name.strip().casefold()
    institutions = case.all(Institution, "name")
    for item in institutions:
        if wanted in (known.casefold() for known in (item.name, item.name_cy, *item.aliases) if known):
            return item
    listed = ", ".join(f"“{item.name}”" for item in institutions) or "none yet"
    raise NotFound(f"There is no institution “{name}” in this case. It has: {listed}.")
