"""Finds what an apply file means by a name or a ref, in the file itself and in the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workbench.domain.analysis import Standard
from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph, Theme
from workbench.domain.ids import AnyId, ThemeId, new_id
from workbench.domain.inquiry import Issue
from workbench.services.apply_shapes import ApplyRow
from workbench.store.step import Step

#: list name -> (prefix of its ids, field that names a row beside its ref)
NAMED = {
    "scope": ("scp", "number"),
    "institutions": ("ins", "name"),
    "people": ("per", "cipher"),
    "case_studies": ("cst", "title"),
    "issues": ("iss", "number"),
    "excerpts": ("exc", ""),
    "events": ("evt", "title"),
    "standards": ("std", "title"),
    "negative_searches": ("neg", ""),
    "assessments": ("asm", ""),
    "findings": ("fnd", ""),
    "lessons": ("lsn", ""),
    "recommendations": ("rec", ""),
    "restrictions": ("rst", ""),
}

#: Lists in which one name means one thing; elsewhere several rows may share a title.
UNIQUE_BY_NAME = frozenset({"scope", "institutions", "people", "case_studies", "issues"})
_AMBIGUOUS = "(several)"
#: What evidence may be, in the order in which a ref is looked up.
_EVIDENCE = ("excerpts", "events", "assessments", "standards", "negative_searches")

_SINGULAR = {
    "scope": "scope paragraph",
    "institutions": "institution",
    "people": "person",
    "case_studies": "case study",
    "issues": "issue",
    "excerpts": "excerpt",
    "events": "event",
    "standards": "standard",
    "negative_searches": "negative search",
    "assessments": "assessment",
    "findings": "finding",
    "lessons": "lesson",
    "recommendations": "recommendation",
    "restrictions": "restriction",
}


class Names:
    """Names of the case and of the file in one place; the file's refs count only within the file."""

    def __init__(self, step: Step) -> None:
        self._known: dict[str, dict[str, str]] = {name: {} for name in NAMED}
        self._refs: dict[str, dict[str, str]] = {name: {} for name in NAMED}
        self._ambiguous: set[tuple[str, str]] = set()
        self._documents: dict[str, list[Document]] = {}
        self._themes = {theme.name.casefold(): theme for theme in step.all(Theme)}
        self._new_themes: list[Theme] = []
        self._learn(step)

    def _learn(self, step: Step) -> None:
        for paragraph in step.all(ScopeParagraph):
            self._add("scope", paragraph.id, [paragraph.number])
        for institution in step.all(Institution):
            self._add("institutions", institution.id, [institution.name, institution.name_cy, *institution.aliases])
        for person in step.all(Person):
            self._add("people", person.id, [person.cipher])
        for study in step.all(CaseStudy):
            self._add("case_studies", study.id, [study.title])
        for issue in step.all(Issue):
            self._add("issues", issue.id, [issue.number])
        for event in step.all(Event):
            self._add("events", event.id, [event.title])
        for standard in step.all(Standard):
            self._add("standards", standard.id, [standard.title])
        for document in step.all(Document):
            for name in {document.urn, document.filename, document.sha256}:
                self._documents.setdefault(name.casefold(), []).append(document)

    def _add(self, kind: str, identifier: str, names: Iterable[str]) -> None:
        for name in filter(None, names):
            if self._known[kind].setdefault(name.casefold(), identifier) != identifier:
                self._ambiguous.add((kind, name.casefold()))

    def register(self, kind: str, row: ApplyRow, known: str | None) -> Any:
        """The id of a row - that of the same thing in the case, or a fresh one; learns its ref and names."""
        prefix, field = NAMED[kind]
        name, ref = row.text(field) if field else "", row.text("ref")
        if known is None and kind in UNIQUE_BY_NAME:
            known = self._known[kind].get(name.casefold())
        identifier = known or new_id(prefix)
        if ref and self._refs[kind].setdefault(ref.casefold(), identifier) != identifier:
            raise Refused(f"{row.where} has the ref “{ref}”, which another {_SINGULAR[kind]} of the file already has.")
        self._add(kind, identifier, [name, *row.texts("aliases"), row.text("name_cy")])
        return identifier

    def find(self, kind: str, name: str, where: str) -> Any:
        """The id that a name or ref stands for; raises ``Refused`` naming the row."""
        identifier = self._lookup(kind, name)
        if identifier is None:
            raise Refused(f"{where} names the {_SINGULAR[kind]} “{name}”, which is not in the file or the case.")
        if identifier is _AMBIGUOUS:
            raise Refused(f"{where} names the {_SINGULAR[kind]} “{name}”, but several are called so. Use a ref.")
        return identifier

    def _lookup(self, kind: str, name: str) -> str | None:
        folded = name.casefold()
        if folded in self._refs[kind]:
            return self._refs[kind][folded]
        return _AMBIGUOUS if (kind, folded) in self._ambiguous else self._known[kind].get(folded)

    def find_all(self, kind: str, names: Iterable[str], where: str) -> tuple[Any, ...]:
        """The ids of several names."""
        return tuple(self.find(kind, name, where) for name in names)

    def evidence(self, refs: Iterable[str], where: str) -> tuple[AnyId, ...]:
        """Excerpts, events, negative searches, assessments and standards by their refs."""
        return tuple(AnyId(self._evidence(ref, where)) for ref in refs)

    def _evidence(self, ref: str, where: str) -> str:
        for kind in _EVIDENCE:
            if self._lookup(kind, ref) is not None:
                return str(self.find(kind, ref, where))
        raise Refused(
            f"{where} rests on “{ref}”, which is no excerpt, event, assessment, standard or negative search of the "
            "file or the case."
        )

    def criticised(self, names: Iterable[str], where: str) -> tuple[AnyId, ...]:
        """Institutions by name and people by cipher."""
        return tuple(AnyId(self._criticised(name, where)) for name in names)

    def _criticised(self, name: str, where: str) -> str:
        kind = "people" if self._lookup("institutions", name) is None else "institutions"
        return str(self.find(kind, name, where))

    def document(self, name: str, where: str) -> Document:
        """A document by URN, file name or SHA-256."""
        found = self._documents.get(name.casefold(), [])
        if not found:
            raise Refused(f"{where} names the document “{name}”, which is not in the case. Import it first.")
        if len(found) > 1:
            urns = ", ".join(document.urn for document in found)
            raise Refused(f"{where} names the document “{name}”, but {urns} all have that name. Give the URN.")
        return found[0]

    def theme(self, name: str) -> ThemeId:
        """The id of a theme, made when there is none."""
        theme = self._themes.get(name.strip().casefold())
        if theme is None:
            theme = Theme(id=new_id("thm"), name=name.strip())
            self._themes[theme.name.casefold()] = theme
            self._new_themes.append(theme)
        return theme.id

    @property
    def new_themes(self) -> list[Theme]:
        """Themes that the case did not have."""
        return self._new_themes
