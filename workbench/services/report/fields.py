"""The fields that a template may write into its fixed words, and the things that it may count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbench import __version__
from workbench.domain.analysis import FindingKind
from workbench.domain.coverage_table import period_in_words
from workbench.domain.dates import in_words
from workbench.services.inquiry_list import InquiryLists, InquiryTotals, inquiry_lists
from workbench.services.inquiry_numbers import (
    Noun,
    Protected,
    Received,
    count_of,
    disclosure_totals,
    protected,
    received,
)
from workbench.services.report.bundle_pages import BundlePages
from workbench.services.report.source import ReportSource


@dataclass(frozen=True)
class Facts:
    """What the fields are read from: the source, the bundle that is cited, the day, and the state of the case."""

    source: ReportSource
    pages: BundlePages
    made_on: str
    history_head: str
    template_name: str
    cited_documents: int = 0

    @cached_property
    def received(self) -> Received:
        return received(self.source.case)

    @cached_property
    def lists(self) -> InquiryLists:
        """The inquiry's registers and their totals on the day of the report."""
        return inquiry_lists(self.source.case, self.source.clearing.today)

    @property
    def totals(self) -> InquiryTotals:
        return self.lists.totals

    @cached_property
    def protected(self) -> Protected:
        return protected(self.source.case, self.source.clearing.today)

    @cached_property
    def disclosures(self) -> int:
        return sum(item.tranches for item in disclosure_totals(self.source.case))


#: Things that are counted, by name: how they are called, and how many there are.
COUNTS: Mapping[str, tuple[Noun, Callable[[Facts], int]]] = {
    "requests": (("request", "requests"), lambda f: f.totals.requests),
    "requests_answered": (("request", "requests"), lambda f: f.totals.requests_answered),
    "documents_received": (("document", "documents"), lambda f: f.totals.documents),
    "arrivals": (("arrival", "arrivals"), lambda f: f.received.arrivals),
    "files_refused": (("file", "files"), lambda f: f.received.refused),
    "pages_received": (("page", "pages"), lambda f: f.totals.pages),
    "pages_without_text": (("page", "pages"), lambda f: f.received.pages_without_text),
    "providers": (("provider", "providers"), lambda f: len(f.received.providers)),
    "statements": (("statement", "statements"), lambda f: f.received.statements),
    "negative_searches": (("search", "searches"), lambda f: len(f.source.searches)),
    "second_readings": (
        ("second reading", "second readings"),
        lambda f: sum(map(len, f.source.second_readings.values())),
    ),
    "scope_paragraphs": (("scope paragraph", "scope paragraphs"), lambda f: len(f.source.own_scope)),
    "institutions": (("institution", "institutions"), lambda f: len(f.source.own_institutions)),
    "events": (("event", "events"), lambda f: len(f.source.events)),
    "assessments": (("assessment", "assessments"), lambda f: len(f.source.assessments)),
    "findings": (("finding", "findings"), lambda f: len(f.source.findings)),
    "criticisms": (
        ("finding of criticism", "findings of criticism"),
        lambda f: sum(item.kind is FindingKind.CRITICISM for item in f.source.findings),
    ),
    "findings_withdrawn": (("finding", "findings"), lambda f: f.source.withdrawn_findings),
    "lessons": (("lesson", "lessons"), lambda f: len(f.source.lessons)),
    "recommendations": (("recommendation", "recommendations"), lambda f: len(f.source.recommendations)),
    "alternatives": (("alternative", "alternatives"), lambda f: len(f.source.study.alternatives)),
    "hearing_days": (("day", "days"), lambda f: f.totals.hearing_days),
    "closed_days": (("day", "days"), lambda f: f.totals.closed_days),
    "witnesses": (("witness", "witnesses"), lambda f: f.totals.witnesses),
    "core_participants": (("core participant", "core participants"), lambda f: f.totals.core_participants),
    "restrictions": (("restriction", "restrictions"), lambda f: f.protected.in_force),
    "redactions": (("redaction", "redactions"), lambda f: f.protected.redactions),
    "redacted_documents": (("document", "documents"), lambda f: f.protected.redacted_documents),
    "ciphers": (("person", "people"), lambda f: f.protected.ciphers),
    "letters": (("warning letter", "warning letters"), lambda f: f.protected.letters_sent),
    "disclosures": (("tranche", "tranches"), lambda f: f.disclosures),
    "records_left_out": (("record", "records"), lambda f: len(f.source.seen.dropped)),
    "bundle": (("bundle", "bundles"), lambda f: int(f.pages.is_known)),
    "draft": (("draft", "drafts"), lambda f: int(f.source.is_draft)),
    "cited_documents": (("document", "documents"), lambda f: f.cited_documents),
}

_WORDS: Mapping[str, Callable[[Facts], str]] = {
    "case_study": lambda f: f.source.study.title,
    "investigation": lambda f: f.source.investigation.title,
    "scope_title": lambda f: f.source.investigation.scope_title,
    "scope_source": lambda f: f.source.investigation.scope_source,
    "status": lambda f: f.source.study.status.value,
    "period": lambda f: period_in_words(f.source.study.period) or "no period stated",
    "audience": lambda f: f.source.audience,
    "made_on": lambda f: in_words(f.made_on),
    "history_head": lambda f: f.history_head,
    "template": lambda f: f.template_name,
    "program": lambda _f: f"Case-study workbench {__version__}",
    "bundle_name": lambda f: f.pages.name or "no bundle",
    "scope_numbers": lambda f: _listed([item.number for item in f.source.own_scope]),
}

#: Every field: words, phrases such as ``14 requests``, and bare numbers such as ``{number_of_requests}``.
FIELDS = (*_WORDS, *COUNTS, *(f"number_of_{name}" for name in COUNTS))


def counts_of(facts: Facts) -> dict[str, int]:
    """How many there are of each thing that a template may count."""
    return {name: count(facts) for name, (_, count) in COUNTS.items()}


def fields_of(facts: Facts, counts: Mapping[str, int]) -> dict[str, str]:
    """The words for every field."""
    fields = {name: words(facts) for name, words in _WORDS.items()}
    fields |= {name: count_of(counts[name], noun) for name, (noun, _) in COUNTS.items()}
    return fields | {f"number_of_{name}": f"{number:,}" for name, number in counts.items()}


def _listed(items: list[str]) -> str:
    return ", ".join(items[:-1]) + f" and {items[-1]}" if len(items) > 1 else "".join(items)
