"""The frame of an investigation: institutions, scope paragraphs, themes, people and case studies, and their use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.change import Action, Change
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, Person, ProtectedTerm, ScopeParagraph, Theme
from workbench.domain.ids import InstitutionId, PersonId, new_id
from workbench.services.names import open_names, put_terms
from workbench.services.repointing import repoint
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

#: The kinds of things of a frame, in the order they are shown.
KINDS = ("institution", "scope", "theme", "person", "case study")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One thing of the frame: its name, what is said of it, what it stands under, and how often it is used.

    ``stances`` counts the excerpts linked to it by stance; a theme has no stances, only ``excerpts``.
    """

    kind: str
    id: str
    name: str
    detail: str = ""
    parent: str = ""
    excerpts: int = 0
    events: int = 0
    stances: tuple[tuple[Stance, int], ...] = ()

    def count(self, stance: Stance) -> int:
        """How many excerpts are linked with this stance."""
        return dict(self.stances).get(stance, 0)


def frame_rows(case: CaseFile) -> list[FrameRow]:
    """Everything of the frame with its use; people by their cipher only."""
    stances: dict[str, Counter[Stance]] = defaultdict(Counter)
    excerpts: dict[str, set[str]] = defaultdict(set)
    events: Counter[str] = Counter()
    for link in case.all(Link):
        stances[link.target][link.stance] += 1
        excerpts[link.target].add(link.excerpt)
    for excerpt in case.all(Excerpt):
        for theme in excerpt.themes:
            excerpts[theme].add(excerpt.id)
    for event in case.all(Event):
        events.update({*event.institutions, *event.scope})
    return [
        replace(
            row,
            excerpts=len(excerpts[row.id]),
            events=events[row.id],
            stances=tuple((stance, stances[row.id][stance]) for stance in Stance if stances[row.id][stance]),
        )
        for row in _rows(case)
    ]


def _rows(case: CaseFile) -> list[FrameRow]:
    rows = [
        FrameRow(
            kind="institution",
            id=item.id,
            name=item.name,
            detail=" · ".join(part for part in (item.kind, *item.aliases, item.name_cy) if part and part != "other"),
            parent=item.parent or "",
        )
        for item in case.all(Institution, "name")
    ]
    rows += [
        FrameRow(kind="scope", id=item.id, name=f"{item.number}  {item.text}", parent=item.parent or "")
        for item in case.all(ScopeParagraph, "position")
    ]
    rows += [FrameRow(kind="theme", id=item.id, name=item.name) for item in case.all(Theme, "name")]
    rows += [
        FrameRow(kind="person", id=item.id, name=item.cipher, detail=item.person_class)
        for item in case.all(Person, "cipher")
    ]
    return rows + [
        FrameRow(kind="case study", id=item.id, name=item.title, detail=item.period)
        for item in case.all(CaseStudy, "title")
    ]


def excerpts_linked_to(case: CaseFile, identifier: str) -> set[str]:
    """The ids of the excerpts that are linked to something, or gathered under a theme."""
    if identifier.startswith("thm_"):
        return {excerpt.id for excerpt in case.all(Excerpt) if identifier in excerpt.themes}
    return {link.excerpt for link in case.all(Link, target=identifier)}


# Making and editing


def add_to_frame(case: CaseFile, kind: str, name: str) -> tuple[Change, str]:
    """A new institution, theme, person (by cipher) or case study; raises ``Refused`` when the name is taken."""
    name = _named(kind, name)
    if kind == "institution":
        _refuse_known_institution(case, name)
    record = new_in_frame(kind, name)
    if record is None:
        raise Refused("Paragraphs come with the scope that the case was made with; none can be added here.")
    with case.change(Action.EDIT_FRAME, f"add {kind}") as step:
        step.put(record)
    return step.change, record.id


def new_in_frame(kind: str, name: str) -> Institution | Theme | Person | CaseStudy | None:
    """A new institution, theme, person (by cipher) or case study, not yet saved; None for any other kind."""
    if kind == "institution":
        return Institution(id=new_id("ins"), name=name)
    if kind == "theme":
        return Theme(id=new_id("thm"), name=name)
    if kind == "person":
        return Person(id=new_id("per"), cipher=name)
    return CaseStudy(id=new_id("cst"), title=name) if kind == "case study" else None


def _named(kind: str, name: str) -> str:
    if not name.strip():
        raise Refused(f"The {kind} has no name. Type one.")
    return name.strip()


def _refuse_known_institution(case: CaseFile, name: str, *, but: str = "") -> None:
    for known in case.all(Institution):
        if known.id != but and name.casefold() in {word.casefold() for word in (known.name, *known.aliases)}:
            raise Refused(f"“{name}” is a name of {known.name} already. Use that one, or merge the two.")


def edit_institution(
    case: CaseFile,
    institution: InstitutionId,
    *,
    name: str,
    kind: str,
    aliases: Sequence[str],
    name_cy: str = "",
    parent: InstitutionId | None = None,
) -> Change:
    """Settle the name, kind, other names and parent of an institution."""
    record = case.get(Institution, institution)
    name = _named("institution", name)
    others = tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip() and alias.strip() != name))
    for known in (name, *others):
        _refuse_known_institution(case, known, but=institution)
    _refuse_circle(case, institution, parent)
    edited = replace(
        record, name=name, kind=kind.strip() or "other", aliases=others, name_cy=name_cy.strip(), parent=parent
    )
    with case.change(Action.EDIT_FRAME, "edit institution") as step:
        step.put(edited)
    return step.change


def _refuse_circle(case: CaseFile, institution: InstitutionId, parent: InstitutionId | None) -> None:
    above = parent
    while above is not None:
        if above == institution:
            raise Refused("An institution cannot stand under itself. Choose another parent.")
        above = case.get(Institution, above).parent


def rename(case: CaseFile, identifier: str, name: str) -> Change:
    """Another name for a theme, another title for a case study, another cipher for a person."""
    record = _record(case, identifier)
    if isinstance(record, ScopeParagraph | Institution):
        raise Refused("Paragraphs of the scope keep their words. Institutions are edited with all their names.")
    field = {"Theme": "name", "Person": "cipher", "CaseStudy": "title"}[type(record).__name__]
    with case.change(Action.EDIT_FRAME, f"rename {_kind(record)}") as step:
        step.put(replace(record, **{field: _named(_kind(record), name)}))  # type: ignore[arg-type]
    return step.change


def remove_from_frame(case: CaseFile, identifier: str) -> Change:
    """Take out what nothing uses any more; refused while something does."""
    record = _record(case, identifier)
    if isinstance(record, ScopeParagraph):
        raise Refused("Paragraphs of the scope cannot be removed.")
    used = [item for item in case.pointing_at(identifier) if not isinstance(item, ProtectedTerm)]
    if used:
        raise Refused(
            f"This {_kind(record)} is still used {len(used)} times. Merge it with another, or remove its links first."
        )
    with case.change(Action.EDIT_FRAME, f"remove {_kind(record)}") as step:
        for term in step.all(ProtectedTerm, person=identifier):
            step.delete(ProtectedTerm, term.id)
        step.delete(type(record), identifier)
    return step.change


def merge_in_frame(case: CaseFile, kept: str, others: Sequence[str]) -> Change:
    """Several that are the same become one: its names are joined, everything linked to the others leads to it."""
    records = [_record(case, identifier) for identifier in dict.fromkeys((kept, *others))]
    kinds = {_kind(record) for record in records}
    if len(records) < 2:
        raise Refused("Choose two or more to merge.")
    if len(kinds) > 1 or kinds == {"scope paragraph"}:
        raise Refused("Only institutions, themes, people or case studies of one kind can be merged.")
    with case.change(Action.EDIT_FRAME, f"merge {len(records)} into one {kinds.pop()}") as step:
        for record in records[1:]:
            _merge(step, records[0].id, record)
    return step.change


def _merge(step: Step, kept: str, other: Institution | Theme | Person | CaseStudy | ScopeParagraph) -> None:
    known = {(link.excerpt, link.stance) for link in step.all(Link, target=kept)}
    for link in step.all(Link, target=other.id):
        if (link.excerpt, link.stance) in known:
            step.delete(Link, link.id)
    repoint(step, other.id, kept)
    step.delete(type(other), other.id)
    if isinstance(other, Institution):
        record = step.get(Institution, kept)
        names = [name for name in (other.name, *other.aliases) if name not in (record.name, *record.aliases)]
        parent = None if record.parent == kept else record.parent
        step.put(replace(record, aliases=(*record.aliases, *names), parent=parent))
    elif isinstance(other, CaseStudy):
        study = step.get(CaseStudy, kept)
        step.put(
            replace(
                study,
                scope=tuple(dict.fromkeys((*study.scope, *other.scope))),
                institutions=tuple(dict.fromkeys((*study.institutions, *other.institutions))),
                reason="\n".join(dict.fromkeys(text for text in (study.reason, other.reason) if text)),
                alternatives=tuple(dict.fromkeys((*study.alternatives, *other.alternatives))),
                context=tuple(dict.fromkeys((*study.context, *other.context))),
            )
        )


def _record(case: CaseFile, identifier: str) -> Institution | Theme | Person | CaseStudy | ScopeParagraph:
    prefix = identifier.partition("_")[0]
    if prefix == "ins":
        return case.get(Institution, identifier)
    if prefix == "thm":
        return case.get(Theme, identifier)
    if prefix == "per":
        return case.get(Person, identifier)
    if prefix == "cst":
        return case.get(CaseStudy, identifier)
    return case.get(ScopeParagraph, identifier)


def _kind(record: object) -> str:
    names = {"Institution": "institution", "Theme": "theme", "Person": "person", "CaseStudy": "case study"}
    return names.get(type(record).__name__, "scope paragraph")


# Names of people


def names_of(case: CaseFile, person: PersonId) -> list[str]:
    """Every protected name of a person; only the locked panel asks."""
    case.get(Person, person)
    return [name.written for name in open_names(case) if name.person == person]


def settle_names(case: CaseFile, person: PersonId, names: Sequence[str]) -> Change:
    """Make the protected names of a person exactly these; the history tells only how many."""
    record = case.get(Person, person)
    with case.change(Action.EDIT_FRAME) as step:
        count = put_terms(case, step, person, names, only_these=True)
        step.summary = f"{record.cipher}: {count} protected names"
    return step.change
