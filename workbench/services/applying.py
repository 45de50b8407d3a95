"""Adds institutions, events, excerpts, links and analysis from a file: all of it, or nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.domain.analysis import (
    Assessment,
    Finding,
    Lesson,
    NegativeSearch,
    Recommendation,
    Sentence,
    Standard,
)
from workbench.domain.anchoring import boxes_between, find_quote
from workbench.domain.change import Action, Change
from workbench.domain.document import Document
from workbench.domain.errors import NotFound, Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt
from workbench.domain.frame import Investigation
from workbench.domain.ids import new_id
from workbench.domain.progress import Ticket
from workbench.domain.protection import Restriction
from workbench.services.apply_builders import Builders
from workbench.services.apply_fields import boxes_of
from workbench.services.apply_names import NAMED, Names
from workbench.services.apply_shapes import SHAPES, ApplyRow, rows_of
from workbench.services.excerpting import area_of, excerpt_from
from workbench.services.page_words import PageReader
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

_SHOWN_PROBLEMS = 20

_INVESTIGATION = ("title", "scope_title", "scope_source", "urn_prefix")

#: list name -> (record, {column: field}) of what makes two rows the same thing
_SAME_WHEN: dict[str, tuple[type[Any], dict[str, str]]] = {
    "events": (Event, {"title": "title", "on": "on"}),
    "standards": (Standard, {"title": "title", "from_on": "from"}),
    "lessons": (Lesson, {"text": "text"}),
    "recommendations": (Recommendation, {"text": "text"}),
    "negative_searches": (NegativeSearch, {"sought": "sought", "query": "query", "searched_at": "searched_at"}),
    "restrictions": (Restriction, {"kind": "kind", "made_by": "made_by", "on": "on"}),
}


class ApplyRefused(Refused):
    """The file was not applied; ``problems`` has one sentence per wrong row."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        shown = "\n".join(f"  {problem}" for problem in problems[:_SHOWN_PROBLEMS])
        more = len(problems) - _SHOWN_PROBLEMS
        rest = f"\n  … and {more} more" if more > 0 else ""
        super().__init__(f"Nothing was applied: {len(problems)} of the file's rows cannot be.\n{shown}{rest}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyReport:
    """How many rows of each list were applied, and the one change that holds them."""

    counts: dict[str, int]
    change: Change


def read_apply_file(path: Path) -> Any:
    """The JSON of a file; raises ``Refused`` with the line where it breaks."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Refused(f"“{path.name}” cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refused(f"“{path.name}” is not UTF-8 text. Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise Refused(f"“{path.name}” is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise Refused(f"“{path.name}” is nested too deeply to be an apply file.") from None


def apply_json(case: CaseFile, content: Any, ticket: Ticket | None = None) -> ApplyReport:
    """Apply an object of the shape in ``SHAPES`` as one undoable change; raises ``ApplyRefused``."""
    with PageReader() as reader, case.change(Action.APPLY) as step:
        counts = _Applying(case, step, reader, ticket or Ticket()).run(content)
        step.summary = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
    return ApplyReport(counts=counts, change=step.change)


class _Applying:
    """One run over one file: check, name, build; problems are gathered so that all can be shown."""

    def __init__(self, case: CaseFile, step: Step, reader: PageReader, ticket: Ticket) -> None:
        self._case, self._step, self._reader, self._ticket = case, step, reader, ticket
        self._names = Names(step)
        self._problems: list[str] = []
        self._claimed: set[str | None] = set()

    def run(self, content: Any) -> dict[str, int]:
        rows: list[tuple[str, ApplyRow]] = []
        for name, row in rows_of(content):
            if isinstance(row, Refused):
                self._problems.append(str(row))
            else:
                rows.append((name, row))
        self._stop_if_wrong()
        named = [(name, row, self._named(name, row)) for name, row in rows]
        self._stop_if_wrong()
        builders = Builders(self._case, self._step, self._names)
        for done, (name, row, thing) in enumerate(named):
            self._ticket.tick(done, len(named), row.where)
            self._guard(builders.builder(name), row, thing)
        self._stop_if_wrong()
        self._step.put_all(self._names.new_themes)
        self._apply_investigation(content.get("investigation"))
        return {name: sum(1 for kind, _ in rows if kind == name) for name in SHAPES if any(k == name for k, _ in rows)}

    def _stop_if_wrong(self) -> None:
        if self._problems:
            raise ApplyRefused(self._problems)

    def _guard(self, work: Any, *arguments: Any) -> Any:
        try:
            return work(*arguments)
        except (Refused, NotFound) as error:
            self._problems.append(str(error))
            return None

    def _named(self, name: str, row: ApplyRow) -> Any:
        if name == "excerpts":
            return self._guard(self._excerpt, row)
        if name == "redactions":
            return new_id("red")
        if name in NAMED:
            return self._guard(self._registered, name, row)
        return None

    def _registered(self, name: str, row: ApplyRow) -> Any:
        return self._names.register(name, row, self._same_in_case(name, row))

    def _same_in_case(self, name: str, row: ApplyRow) -> str | None:
        """Things without a unique name are the same when their words are; so a file applied twice doubles nothing."""
        if name == "findings":
            return self._same_finding(row)
        if name == "assessments":
            institution = self._names.find("institutions", row.text("institution"), row.where)
            scope = self._names.find("scope", row.text("scope"), row.where)
            return self._unused(Assessment, institution=institution, scope=scope, period=row.text("period"))
        if name not in _SAME_WHEN:
            return None
        record, fields = _SAME_WHEN[name]
        return self._unused(record, **{column: row.text(field) for column, field in fields.items()})

    def _unused(self, record: type[Any], **equal: Any) -> str | None:
        """The first such record of the case that no earlier row of the file has claimed."""
        found = next((item.id for item in self._step.all(record, **equal) if item.id not in self._claimed), None)
        self._claimed.add(found)
        return found

    def _same_finding(self, row: ApplyRow) -> str | None:
        words = [sentence.text("text") for sentence in row.rows("sentences")]
        for first in self._step.all(Sentence, text=words[0], position=0) if words else []:
            known = [sentence.text for sentence in self._step.all(Sentence, "position", finding=first.finding)]
            if known == words and first.finding not in self._claimed:
                return self._unused(Finding, id=first.finding)
        return None

    def _excerpt(self, row: ApplyRow) -> Excerpt:
        document = self._names.document(row.text("document"), row.where)
        number = int(row.fields["page"])
        if number > document.page_count:
            raise Refused(f"{row.where}: {document.urn} has {document.page_count} pages, no page {number}.")
        self._ticket.tick(0, 0, row.where)
        excerpt = self._anchored(row, document, number) if row.text("quote") else self._area(row, document, number)
        self._names.register("excerpts", row, excerpt.id)
        return excerpt

    def _anchored(self, row: ApplyRow, document: Document, number: int) -> Excerpt:
        page = self._case.page(document.sha256, number - 1)
        where = f"page {number} of {document.urn}"
        try:
            anchor = find_quote(
                page.text, row.text("quote"), prefix=row.text("prefix"), suffix=row.text("suffix"), where=where
            )
        except Refused as error:
            raise Refused(f"{row.where}: {error}") from None
        place = {"document": document.id, "page_index": number - 1, "start": anchor.start, "end": anchor.end}
        known = self._unused(Excerpt, **place)
        if known is not None:
            return self._step.get(Excerpt, known)
        excerpt = excerpt_from(self._case, document, page, anchor, reader=None)
        words = self._reader.words(self._case, document.sha256, page.page_index)
        return replace(excerpt, boxes=boxes_between(words, anchor.start, anchor.end))

    def _area(self, row: ApplyRow, document: Document, number: int) -> Excerpt:
        """An area of a page, which holds no words."""
        boxes = boxes_of(row)
        if not boxes:
            raise Refused(f"{row.where} marks nothing. Give the quote, or the box of an area.")
        page = self._case.page(document.sha256, number - 1)
        known = self._step.all(Excerpt, document=document.id, page_index=page.page_index, quote="")
        same = next((e for e in known if e.boxes == boxes and e.id not in self._claimed), None)
        area = same or area_of(self._case, document, page, boxes[0])
        self._claimed.add(area.id)
        return area

    def _apply_investigation(self, described: Any) -> None:
        """Title and URN rule, as ``export json`` writes them."""
        if not isinstance(described, dict):
            return
        known = self._step.all(Investigation)[0]
        facts: dict[str, Any] = {
            name: described[name] for name in _INVESTIGATION if isinstance(described.get(name), str)
        }
        if isinstance(described.get("urn_digits"), int):
            facts["urn_digits"] = described["urn_digits"]
        self._step.put(replace(known, **facts))
