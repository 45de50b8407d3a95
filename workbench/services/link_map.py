"""Reads what ties the items of a case together, and shows it around one of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from workbench.domain.analysis import (
    Assessment,
    Finding,
    FindingStatus,
    Lesson,
    Recommendation,
    Response,
    Sentence,
    Standard,
)
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.errors import NotFound
from workbench.domain.event import Event, EventOrder
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph
from workbench.domain.link_map import LinkGraph, Node
from workbench.store.case_file import CaseFile

#: Tables whose rows the map is drawn from.
TABLES = (
    "institution",
    "person",
    "event",
    "event_order",
    "document",
    "excerpt",
    "link",
    "scope_paragraph",
    "assessment",
    "finding",
    "sentence",
    "case_study",
    "standard",
    "lesson",
    "recommendation",
    "response",
)
#: Between these kinds an excerpt that is linked to both makes a tie of its own.
_SHARING = frozenset({"institution", "person", "event", "scope"})


def link_graph(case: CaseFile) -> LinkGraph:
    """Every item and every tie of the case; people by their ciphers only. Read it once and ask it often."""
    return _Reading(case).graph


def node_named(graph: LinkGraph, name: str) -> Node:
    """The item called ``name``: a name, alias, cipher, URN, scope number or title; raises ``NotFound``."""
    wanted = " ".join(name.split()).casefold()
    nodes = list(graph.nodes.values())
    for matches in (
        [node for node in nodes if wanted in (node.id, node.name.casefold())],
        [node for node in nodes if wanted in (other.casefold() for other in node.also)],
        [node for node in nodes if wanted and wanted in node.name.casefold()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            listed = ", ".join(f"“{node.name}” ({node.kind}, {node.id})" for node in matches[:8])
            raise NotFound(f"“{name}” can mean {len(matches)} items: {listed}. Give the identifier of the one meant.")
    raise NotFound(
        f"Nothing in this case is called “{name}”. Give an institution, cipher, document reference, scope number, or "
        "the title of an event or case study."
    )


class _Reading:
    """One pass over the case."""

    def __init__(self, case: CaseFile) -> None:
        self.graph = LinkGraph()
        self._excerpts: dict[str, Excerpt] = {item.id: item for item in case.all(Excerpt)}
        self._read_frame(case)
        self._read_documents(case)
        self._read_events(case)
        self._read_analysis(case)
        self._read_links(case)

    def _ties(self, one: str, others: Iterable[str], relation: str, detail: str = "") -> None:
        for other in others:
            self.graph.tie(one, other, relation, detail)

    def _read_frame(self, case: CaseFile) -> None:
        add, institutions = self.graph.add, case.all(Institution)
        scope = case.all(ScopeParagraph, "position")
        for item in institutions:
            detail = "" if item.kind == "other" else item.kind
            also = tuple(name for name in (*item.aliases, item.name_cy) if name)
            add(Node(id=item.id, kind="institution", name=item.name, detail=detail, also=also))
        for person in case.all(Person):
            add(Node(id=person.id, kind="person", name=person.cipher, detail=person.person_class))
        for paragraph in scope:
            node = Node(id=paragraph.id, kind="scope", name=paragraph.number, detail=paragraph.text)
            add(node)
        for item in institutions:
            if item.parent:
                self.graph.tie(item.id, item.parent, "part of")

    def _read_documents(self, case: CaseFile) -> None:
        documents = case.all(Document, "urn")
        for item in documents:
            flag = "withdrawn by its supplier" if item.withdrawn_on or item.withdrawn_reason else ""
            flag = flag or ("superseded by a later one" if item.superseded_by else "")
            title = item.title or item.filename
            self.graph.add(Node(id=item.id, kind="document", name=item.urn, detail=title, also=(title,), flag=flag))
        for item in documents:
            for other, relation in (
                (item.author, "author"),
                (item.parent, "came with"),
                (item.superseded_by, "supersedes"),
            ):
                if other:
                    self.graph.tie(item.id, other, relation)

    def _read_events(self, case: CaseFile) -> None:
        for item in case.all(Event, "on_earliest, id"):
            flag = "" if item.status == "agreed" else item.status.value
            self.graph.add(Node(id=item.id, kind="event", name=item.title, detail=in_words(item.on), flag=flag))
            self._ties(item.id, (*item.institutions, *item.people), "takes part in the event")
            self._ties(item.id, item.scope, "bears on")
            self._ties(item.id, self._documents_of(item.sources), "source")
        for order in case.all(EventOrder):
            self.graph.tie(order.earlier, order.later, "one before the other")

    def _documents_of(self, evidence: Iterable[str]) -> list[str]:
        """The documents of excerpts, each as often as it is cited."""
        return [self._excerpts[item].document for item in evidence if item in self._excerpts]

    def _evidence(self, one: str, evidence: Iterable[str], relation: str, detail: str = "") -> None:
        """Ties to what is cited: excerpts by their documents, everything else by itself."""
        for item in evidence:
            excerpt = self._excerpts.get(item)
            said = "withdrawn" if excerpt is not None and excerpt.withdrawn else detail
            self.graph.tie(one, excerpt.document if excerpt is not None else item, relation, said)

    def _read_analysis(self, case: CaseFile) -> None:
        add, names = self.graph.add, {node.id: node.name for node in self.graph.nodes.values()}
        for standard in case.all(Standard):
            add(Node(id=standard.id, kind="standard", name=standard.title, detail=in_words(standard.from_on)))
        for item in case.all(Assessment):
            name = f"{names[item.institution]}, {names[item.scope]}"
            detail = " · ".join(part for part in (item.rating.value, in_words(item.period)) if part)
            add(Node(id=item.id, kind="assessment", name=name, detail=detail))
            self._ties(item.id, (item.institution, item.scope), "assessed")
            self._ties(item.id, item.standards, "judged by")
            self._evidence(item.id, item.evidence_for, "evidence", "for")
            self._evidence(item.id, item.evidence_against, "evidence", "against")
        for study in case.all(CaseStudy):
            add(Node(id=study.id, kind="case study", name=study.title, detail=study.status.value))
            self._ties(study.id, (*study.institutions, *study.scope), "is looked at in the case study")
            self._ties(study.id, study.context, "context document")
        self._read_standards(case)
        self._read_findings(case)

    def _read_standards(self, case: CaseFile) -> None:
        for standard in case.all(Standard):
            self._ties(standard.id, standard.institutions, "binds")
            self._ties(standard.id, self._documents_of([standard.excerpt] if standard.excerpt else []), "written in")
            if standard.replaces:
                self.graph.tie(standard.id, standard.replaces, "replaces")

    def _read_findings(self, case: CaseFile) -> None:
        sentences: dict[str, list[Sentence]] = {}
        for sentence in case.all(Sentence, "position"):
            sentences.setdefault(sentence.finding, []).append(sentence)
        for item in case.all(Finding):
            own = sentences.get(item.id, [])
            name = item.title or (own[0].text if own else "Finding without words")
            flag = "withdrawn" if item.status is FindingStatus.WITHDRAWN else ""
            self.graph.add(Node(id=item.id, kind="finding", name=name, detail=item.kind.value, flag=flag))
            self._ties(item.id, item.criticised, "criticised")
            self._ties(item.id, [item.case_study] if item.case_study else [], "finding of the case study")
            for sentence in own:
                self._evidence(item.id, sentence.evidence, "cited")
        lessons, recommendations = case.all(Lesson), case.all(Recommendation)
        for lesson in lessons:
            self.graph.add(Node(id=lesson.id, kind="lesson", name=lesson.text))
        for lesson in lessons:
            self._ties(lesson.id, (*lesson.findings, *lesson.builds_on), "builds on")
        for asked in recommendations:
            self.graph.add(Node(id=asked.id, kind="recommendation", name=asked.text, detail=asked.addressee))
            self._ties(asked.id, (*asked.lessons, *asked.findings), "rests on")
        for response in case.all(Response):
            self._evidence(response.recommendation, response.evidence, "evidence", "response")
        self._read_addressees(recommendations)

    def _read_addressees(self, recommendations: Iterable[Recommendation]) -> None:
        known = {
            name.casefold(): node.id
            for node in self.graph.nodes.values()
            if node.kind == "institution"
            for name in (node.name, *node.also)
        }
        for item in recommendations:
            if item.addressee.strip().casefold() in known:
                self.graph.tie(item.id, known[item.addressee.strip().casefold()], "addressee")

    def _read_links(self, case: CaseFile) -> None:
        shared: dict[str, list[str]] = {}
        for link in case.all(Link):
            excerpt = self._excerpts[link.excerpt]
            said = "withdrawn" if excerpt.withdrawn else link.stance.value
            self.graph.tie(excerpt.document, link.target, "excerpt", said)
            node = self.graph.nodes.get(link.target)
            if node is not None and node.kind in _SHARING and not excerpt.withdrawn:
                shared.setdefault(excerpt.id, []).append(node.id)
        for targets in shared.values():
            for one, other in combinations(sorted(set(targets)), 2):
                self.graph.tie(one, other, "shared")
