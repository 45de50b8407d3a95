"""Puts a report together: the template's parts in order, its fixed words filled in, and what each part shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from workbench.domain.adequacy import faults_of
from workbench.domain.coverage_table import period_in_words
from workbench.domain.dates import in_words
from workbench.domain.report import Block, Heading, Part, Report, plain
from workbench.domain.report import Paragraph as ReportParagraph
from workbench.domain.report_template import Part as TemplatePart
from workbench.domain.report_template import ReportTemplate, Words, filled
from workbench.services.assessing import surroundings
from workbench.services.report.bundle_pages import BundlePages
from workbench.services.report.citing_places import Citer
from workbench.services.report.fields import Facts, counts_of, fields_of
from workbench.services.report.shown import PLACES, SHOWS
from workbench.services.report.source import ReportSource
from workbench.services.report.writing import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A report with what its footnotes rest on."""

    report: Report
    citer: Citer


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a report is made with beside its content: template, bundle to cite, day, state of the case, documents."""

    template: ReportTemplate
    pages: BundlePages
    made_on: str
    history_head: str
    documents_beside: bool = False


def assembled(source: ReportSource, setting: Setting) -> Assembled:
    """The report on a case study for its audience."""
    template, clearing = setting.template, source.clearing
    shown = [part for part in template.parts if not part.audiences or clearing.audience in part.audiences]
    citer = Citer(source=source, pages=setting.pages, documents_beside=setting.documents_beside)
    citer.placed = set(_placed(source, shown))
    facts = Facts(
        source=source,
        pages=setting.pages,
        made_on=setting.made_on,
        history_head=setting.history_head,
        template_name=template.name,
    )
    among = surroundings(source.case)
    writing = Writing(
        source=source,
        citer=citer,
        facts=facts,
        standing=among.standards,
        faults={item.id: faults_of(item, among) for item in source.records.assessments},
    )
    making = _Making(writing, counts_of(facts))
    blocks = [(part, making.blocks(part)) for part in shown]
    return Assembled(
        report=Report(
            title=filled(template.heading, making.fields),
            subtitle=filled(template.subtitle, making.fields),
            marking=_marking(source, template),
            details=_details(source, setting),
            parts=tuple(_parts(blocks, making.fields)),
        ),
        citer=citer,
    )


def _placed(source: ReportSource, parts: list[TemplatePart]) -> Iterator[str]:
    """The anchors of everything that the chosen parts set out."""
    shows = {name for part in parts for name in part.shows}
    prefixes = {PLACES[name] for name in shows if name in PLACES}
    for identifier in source.numbers:
        if identifier.partition("_")[0] in prefixes:
            yield identifier.replace("_", "-")
    if "chronology" in shows and source.events:
        yield "chronology"


class _Making:
    """Fills the words of parts and has their contents written."""

    def __init__(self, writing: Writing, counts: Mapping[str, int]) -> None:
        self._writing, self._counts = writing, counts
        self.fields = fields_of(writing.facts, counts)

    def blocks(self, part: TemplatePart) -> list[Block]:
        """What stands in a part under its heading."""
        content = [block for name in part.shows for block in SHOWS[name](self._writing)]
        if part.shows and not content and part.empty:
            content = [ReportParagraph(runs=plain(filled(part.empty, self.fields)), is_numbered=True)]
        before, after = self._said(part.text), self._said(part.after)
        return [*before, *content, *after]

    def _said(self, words: tuple[Words, ...]) -> list[Block]:
        said = [filled(item.text, self.fields) for item in words if item.are_said(self._counts)]
        return [ReportParagraph(runs=plain(text), is_numbered=True) for text in said]


def _parts(blocks: list[tuple[TemplatePart, list[Block]]], fields: Mapping[str, str]) -> list[Part]:
    """Parts of the first level with those below them as headings inside."""
    parts: list[Part] = []
    for own, content in blocks:
        title = filled(own.heading, fields)
        if own.level == 1 or not parts:
            parts.append(Part(title=title, numbering=own.numbering, blocks=tuple(content)))
            continue
        head = Heading(text=title, level=own.level, is_numbered=parts[-1].numbering != "none")
        parts[-1] = replace(parts[-1], blocks=(*parts[-1].blocks, head, *content))
    return parts


def _marking(source: ReportSource, template: ReportTemplate) -> str:
    """The words on every page: that it is a draft, and whom it is for."""
    own = template.marking.get(source.audience, "")
    return " · ".join(word for word in (template.draft if source.is_draft else "", own) if word)


def _details(source: ReportSource, setting: Setting) -> tuple[tuple[str, str], ...]:
    told = (
        ("Investigation", source.investigation.title),
        ("Case study", f"{source.study.title} ({source.study.status.value})"),
        ("Period", period_in_words(source.study.period)),
        ("Scope paragraphs", ", ".join(item.number for item in source.own_scope)),
        ("For", source.audience),
        ("State", "draft: not all findings are settled" if source.is_draft else "all findings are settled"),
        ("Date", in_words(setting.made_on)),
        ("Bundle cited", setting.pages.name or "none"),
        ("Made from", f"the case as its history stood at {setting.history_head[:16]}"),
        ("Template", setting.template.name),
    )
    return tuple((name, value) for name, value in told if value)
