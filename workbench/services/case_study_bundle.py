"""Proposes and makes the bundle of a case study: exactly what it cites and its context, and what that leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from workbench.domain.audience import TEAM, checked_audience
from workbench.domain.dates import in_words
from workbench.domain.document import Document
from workbench.domain.excerpt import Excerpt, Link
from workbench.domain.frame import CaseStudy
from workbench.domain.ids import CaseStudyId
from workbench.domain.page_ranges import page_range_text
from workbench.services.case_study_citing import citations, records_of
from workbench.services.clearing import Clearing
from workbench.store.case_file import CaseFile

NOTHING_CITES_IT = "nothing cites it"
_ELSEWHERE = "nothing cites it, and it is not about what the case study looks at"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDocument:
    """A document for the bundle: the pages cited (indices), the pages to take as a range, and everything that cites it.

    ``pages`` is "" for the whole document. ``withheld`` says what the audience will not see of it, ``warning`` what
    else a reader should know.
    """

    document: Document
    cited_pages: tuple[int, ...]
    pages: str
    why: tuple[str, ...]
    is_context: bool = False
    withheld: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A document that is not proposed, and why; ``is_about`` when it is about what the case study looks at."""

    document: Document
    reason: str
    is_about: bool
    is_cited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyBundleProposal:
    """What the bundle of a case study would hold for an audience, and what it leaves out."""

    study: CaseStudy
    audience: str
    page_context: int | None
    documents: tuple[ProposedDocument, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def cited(self) -> tuple[ProposedDocument, ...]:
        """What something cites."""
        return tuple(item for item in self.documents if not item.is_context)

    @property
    def context(self) -> tuple[ProposedDocument, ...]:
        """What goes in although nothing cites it."""
        return tuple(item for item in self.documents if item.is_context)

    @property
    def left_out_about(self) -> tuple[LeftOut, ...]:
        """What is left out although it is about what the case study looks at, or is cited."""
        return tuple(item for item in self.left_out if item.is_about or item.is_cited)


def propose(
    case: CaseFile,
    study: CaseStudyId,
    audience: str = TEAM,
    *,
    page_context: int | None = None,
    today: date | None = None,
) -> CaseStudyBundleProposal:
    """The documents that a case study cites, and its context; whole, or only the pages cited.

    ``page_context`` is how many pages are taken before and after every cited page; None takes whole documents.
    """
    day = today or datetime.now(UTC).date()
    clearing = Clearing(case, checked_audience(audience), day)
    clearing.refuse_unreadable()
    return _Proposing(case, study, clearing, page_context).proposal()


class _Proposing:
    """One reading of the case."""

    def __init__(self, case: CaseFile, study: CaseStudyId, clearing: Clearing, page_context: int | None) -> None:
        records = records_of(case, study)
        self._study, self._clearing, self._around = records.study, clearing, page_context
        self._documents = {item.id: item for item in case.all(Document, "urn")}
        self._excerpts: dict[str, Excerpt] = {item.id: item for item in case.all(Excerpt)}
        self._why: dict[str, dict[str, None]] = {}
        self._pages: dict[str, set[int]] = {}
        self._only_withdrawn: dict[str, str] = {}
        self._take(citations(records))
        self._about = self._bearing(case)

    def _take(self, cited: Mapping[str, Sequence[str]]) -> None:
        for identifier, why in cited.items():
            excerpt = self._excerpts[identifier]
            if excerpt.withdrawn:
                self._only_withdrawn.setdefault(excerpt.document, excerpt.withdrawn)
                continue
            self._why.setdefault(excerpt.document, {}).update(dict.fromkeys(why))
            self._pages.setdefault(excerpt.document, set()).add(excerpt.page_index)

    def _bearing(self, case: CaseFile) -> set[str]:
        """Documents by an institution of the case study, or with an excerpt linked to what it looks at."""
        targets: set[str] = {*self._study.institutions, *self._study.scope}
        linked = {self._excerpts[link.excerpt].document for link in case.all(Link) if link.target in targets}
        written = {item.id for item in self._documents.values() if item.author in targets}
        return {*linked, *written}

    def proposal(self) -> CaseStudyBundleProposal:
        """Every document of the case is either proposed or left out for a reason."""
        proposed, left_out = [], []
        for document in self._documents.values():
            reason = self._reason_against(document)
            if reason:
                is_cited = document.id in self._why
                left_out.append(
                    LeftOut(document=document, reason=reason, is_about=document.id in self._about, is_cited=is_cited)
                )
            else:
                proposed.append(self._proposed(document))
        return CaseStudyBundleProposal(
            study=self._study,
            audience=self._clearing.audience,
            page_context=self._around,
            documents=tuple(proposed),
            left_out=tuple(left_out),
        )

    def _reason_against(self, document: Document) -> str:
        """Why a document is left out; "" when it goes in."""
        is_context = document.id in self._study.context
        if document.id not in self._why and not is_context:
            if document.id in self._only_withdrawn:
                return f"every excerpt of it that was cited is withdrawn ({self._only_withdrawn[document.id]})"
            return NOTHING_CITES_IT if document.id in self._about else _ELSEWHERE
        cited = f"; cited by {_listed(self._why[document.id])}" if document.id in self._why else "; a context document"
        if document.withdrawn_on or document.withdrawn_reason:
            said = ": ".join(part for part in (in_words(document.withdrawn_on), document.withdrawn_reason) if part)
            return f"withdrawn by its supplier ({said}){cited}"
        hidden = self._clearing.withheld(document, self._wanted(document))
        if hidden is not None and (not hidden.page_indices or {*hidden.page_indices} >= {*self._wanted(document)}):
            return f"{hidden.why}{cited}"
        return ""

    def _wanted(self, document: Document) -> tuple[int, ...]:
        """The page indices to take."""
        pages = self._pages.get(document.id, set())
        last = document.page_count - 1
        if self._around is None or not pages or document.id in self._study.context:
            return tuple(range(document.page_count))
        around = {index + by for index in pages for by in range(-self._around, self._around + 1)}
        return tuple(sorted(index for index in around if 0 <= index <= last))

    def _proposed(self, document: Document) -> ProposedDocument:
        wanted = self._wanted(document)
        hidden = self._clearing.withheld(document, wanted)
        successor = self._documents.get(document.superseded_by) if document.superseded_by else None
        is_whole = len(wanted) == document.page_count
        return ProposedDocument(
            document=document,
            cited_pages=tuple(sorted(self._pages.get(document.id, ()))),
            pages="" if is_whole else page_range_text(wanted),
            why=tuple(self._why.get(document.id, ())),
            is_context=document.id not in self._why,
            withheld=hidden.sentence if hidden else "",
            warning=f"superseded by {successor.urn}" if successor else "",
        )


def _listed(why: Iterable[str]) -> str:
    """The first few of a list, with the number of the rest."""
    every = list(why)
    rest = f" and {len(every) - 3} more" if len(every) > 3 else ""
    return "; ".join(every[:3]) + rest
