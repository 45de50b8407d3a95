"""The breach drill: every build, export, excerpt and note in which a person or a term appears, and who was given it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from workbench.domain.analysis import Assessment, Finding, Lesson, Recommendation, Sentence, Standard
from workbench.domain.bundle import Build, Bundle, Entry, Section
from workbench.domain.document import Document
from workbench.domain.errors import NotFound
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import CaseStudy, Institution, Person, Theme
from workbench.domain.name_matching import NameMatcher
from workbench.domain.progress import Ticket
from workbench.domain.protected_names import ProtectedName
from workbench.domain.protection import Disclosure
from workbench.services.builds import WHOLE_CASE, BuildAccount, account_of, read_file_line
from workbench.services.inquiry_registers import written_in_registers
from workbench.services.letters import written_in_letters
from workbench.services.names import open_names
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachedBuild:
    """A build or export in which it stands: on which pages (labels), in which other files, and who was given it."""

    build: Build
    pages: tuple[str, ...]
    files: tuple[str, ...]
    recipients: tuple[str, ...]
    is_uncertain: bool = False

    @property
    def checksums(self) -> tuple[str, ...]:
        """SHA-256 of the files of the build."""
        return tuple(read_file_line(line)[1] for line in self.build.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachPlace:
    """A place inside the case: ``what`` kind of thing, how a person finds it, and its identifier."""

    what: str
    where: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachReport:
    """Where a person or a term appears; ``subject`` is the cipher, or “the term”."""

    subject: str
    terms: int
    builds: tuple[BreachedBuild, ...]
    places: tuple[BreachPlace, ...]
    builds_looked_at: int

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts."""
        return {
            "subject": self.subject,
            "terms": self.terms,
            "builds_looked_at": self.builds_looked_at,
            "builds": [
                {
                    "file": item.build.filename,
                    "number": item.build.number,
                    "kind": item.build.kind,
                    "audience": item.build.audience,
                    "built_at": item.build.built_at.isoformat(),
                    "sha256": list(item.checksums),
                    "pages": list(item.pages),
                    "files": list(item.files),
                    "recipients": list(item.recipients),
                    "uncertain": item.is_uncertain,
                }
                for item in self.builds
            ],
            "places": [{"what": place.what, "where": place.where, "id": place.id} for place in self.places],
        }


def breach_drill(case: CaseFile, subject: str, ticket: Ticket | None = None) -> BreachReport:
    """Look for a person (by cipher: all protected terms) or a term in everything that was made or written.

    Builds are looked through by the words that were read back from them when they were made.
    """
    ticket = ticket or Ticket()
    names, shown = _names(case, subject.strip())
    matcher = NameMatcher(names)
    builds = case.all(Build, "built_at, id")
    found = []
    for done, build in enumerate(builds):
        ticket.tick(done, len(builds), build.filename)
        breached = _breached(case, build, matcher)
        if breached is not None:
            found.append(breached)
    return BreachReport(
        subject=shown,
        terms=len(names),
        builds=tuple(found),
        places=tuple(_places(case, matcher)),
        builds_looked_at=len(builds),
    )


def _names(case: CaseFile, subject: str) -> tuple[list[ProtectedName], str]:
    if not subject:
        raise NotFound("Say whom or what to look for: a cipher such as IN-A1, or a term.")
    person = next((item for item in case.all(Person) if item.cipher.casefold() == subject.casefold()), None)
    if person is None:
        return [ProtectedName(person_cipher="", kind="term", term=subject)], "the term"
    names = [
        ProtectedName(person_cipher=item.cipher, kind=item.kind, term=item.term)
        for item in open_names(case)
        if item.person == person.id
    ]
    if not names:
        raise NotFound(f"{person.cipher} has no protected names on record, so there is nothing to look for. Add them.")
    return names, person.cipher


def _breached(case: CaseFile, build: Build, matcher: NameMatcher) -> BreachedBuild | None:
    if build.kind == WHOLE_CASE:
        return BreachedBuild(build=build, pages=(), files=(build.filename,), recipients=_recipients(case, build))
    if not build.account_sha256:
        return BreachedBuild(build=build, pages=(), files=(), recipients=_recipients(case, build), is_uncertain=True)
    account = account_of(case, build)
    pages = tuple(_pages(account, matcher))
    files = tuple(name for name, text in (account.other_texts or {}).items() if matcher.find(text))
    if not pages and not files:
        return None
    return BreachedBuild(build=build, pages=pages, files=files, recipients=_recipients(case, build))


def _pages(account: BuildAccount, matcher: NameMatcher) -> Iterator[str]:
    """Labels of the pages on which a hit begins; two pages are read together, since a name may run over a page end."""
    texts = [page.text for page in account.pages]
    for at, (row, text) in enumerate(zip(account.rows, texts, strict=False)):
        behind = texts[at + 1][:200] if at + 1 < len(texts) else ""
        if any(hit.start < len(text) for hit in matcher.find(f"{text}\n{behind}")):
            yield row.label


def _recipients(case: CaseFile, build: Build) -> tuple[str, ...]:
    return tuple(
        f"{item.recipient}{f', {item.sent_on}' if item.sent_on else ''}{f', by {item.medium}' if item.medium else ''}"
        for item in case.all(Disclosure, "sent_on, id", build=build.id)
    )


def _places(case: CaseFile, matcher: NameMatcher) -> Iterator[BreachPlace]:
    documents = {item.id: item for item in case.all(Document)}
    for document in documents.values():
        pages = [str(page.page_number) for page in case.pages(document.sha256) if matcher.find(page.text)]
        if pages:
            yield BreachPlace(what="document", where=f"{document.urn}, page {', '.join(pages)}", id=document.id)
        if matcher.find(f"{document.title}\n{document.filename}", is_address=True):
            yield BreachPlace(what="title or file name", where=document.urn, id=document.id)
    for what, where, identifier, text in _written(case, documents):
        if matcher.find(text):
            yield BreachPlace(what=what, where=where, id=identifier)


def _written(case: CaseFile, documents: dict[Any, Document]) -> Iterable[tuple[str, str, str, str]]:
    """(what, where, id, words) of everything that people wrote."""
    for excerpt in case.all(Excerpt):
        where = f"{documents[excerpt.document].urn}, page {excerpt.page_number}"
        yield "excerpt", where, excerpt.id, excerpt.quote
        yield "note", where, excerpt.id, excerpt.note
    for event in case.all(Event):
        yield "event", event.on, event.id, f"{event.title}\n{event.words}"
    kinds = {finding.id: finding.kind.value for finding in case.all(Finding)}
    for sentence in case.all(Sentence):
        yield "finding", f"{kinds[sentence.finding]}, sentence {sentence.position + 1}", sentence.finding, sentence.text
    for assessment in case.all(Assessment):
        yield "assessment", "", assessment.id, "\n".join([assessment.reasoning, *assessment.gaps])
    for study in case.all(CaseStudy):
        yield "case study", "", study.id, f"{study.title}\n{study.reason}"
    for theme in case.all(Theme):
        yield "name of a theme or institution", "", theme.id, theme.name
    for institution in case.all(Institution):
        names = (institution.name, institution.name_cy, *institution.aliases)
        yield "name of a theme or institution", "", institution.id, "\n".join(names)
    for standard in case.all(Standard):
        yield "standard", "", standard.id, standard.title
    for bundle in case.all(Bundle):
        yield "name of a bundle", "", bundle.id, bundle.name
    for section in case.all(Section):
        titles = [entry.title for entry in case.all(Entry, section=section.id)]
        yield (
            "titles in a bundle",
            case.get(Bundle, section.bundle).name,
            section.id,
            "\n".join([section.title, *titles]),
        )
    yield from written_in_letters(case)
    yield from written_in_registers(case)
    for lesson in case.all(Lesson):
        yield "lesson", "", lesson.id, lesson.text
    for recommendation in case.all(Recommendation):
        yield "recommendation", "", recommendation.id, f"{recommendation.text}\n{recommendation.addressee}"
