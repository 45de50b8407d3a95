"""What the parts of a report are written with: numbered paragraphs, lists, tables, and references to findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.domain.dates import in_words
from workbench.domain.excerpt import Excerpt
from workbench.domain.ids import prefix_of
from workbench.domain.report import (
    Block,
    Cell,
    Column,
    CrossReference,
    ListItem,
    Paragraph,
    Quote,
    Run,
    Table,
    Text,
    plain,
)
from workbench.domain.standing import StandardsInForce
from workbench.services.report.citing_places import Citer, anchor_of
from workbench.services.report.fields import Facts
from workbench.services.report.source import ReportSource

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}(-\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One report being written."""

    source: ReportSource
    citer: Citer
    facts: Facts
    standing: StandardsInForce
    #: What is wrong with each assessment, by id; told to the team only.
    faults: Mapping[str, tuple[str, ...]]

    def names(self, identifiers: Iterable[str]) -> list[str]:
        """Institutions by name, people by cipher."""
        source = self.source
        found = []
        for item in identifiers:
            name = source.people.get(item) if prefix_of(item) == "per" else None
            institution = source.institutions.get(item)
            found.append(name or (institution.name if institution else ""))
        return [name for name in found if name]

    def quoted(self, excerpt: Excerpt) -> Block:
        """The words of an excerpt, set in, with a footnote that says where they stand."""
        parts = [part for part in self.source.parts_of(excerpt) if not part.is_area]
        words = " … ".join(" ".join(part.quote.split()) for part in parts)
        notes = self.citer.footnote([excerpt.id], style="named")
        if not words:
            return item("An area marked on the page", *notes)
        return Quote(runs=joined(f"“{words}”", *notes))

    def references(self, identifiers: Iterable[str]) -> tuple[Run, ...]:
        """``F1, F3 and L2``, each leading to its place; those that are not in this report are left out."""
        numbers = self.source.numbers
        known = [item for item in dict.fromkeys(identifiers) if item in numbers]
        runs: list[Run] = []
        for at, item in enumerate(known):
            if at:
                runs.append(Text(text=" and " if at == len(known) - 1 else ", "))
            runs.append(CrossReference(anchor=anchor_of(item), wording=numbers[item]))
        return tuple(runs)


def paragraph(*runs: Run | str, anchor: str = "", is_numbered: bool = True) -> Paragraph:
    """A paragraph of words and other runs."""
    return Paragraph(runs=joined(*runs), is_numbered=is_numbered, anchor=anchor)


def paragraphs(text: str) -> list[Block]:
    """One numbered paragraph for each paragraph that somebody wrote."""
    return [Paragraph(runs=plain(line.strip()), is_numbered=True) for line in text.split("\n") if line.strip()]


def item(*runs: Run | str, level: int = 0, is_ordered: bool = False) -> ListItem:
    """An item of a list."""
    return ListItem(runs=joined(*runs), level=level, is_ordered=is_ordered)


def bold(text: str) -> Text:
    """Words in bold."""
    return Text(text=text, is_bold=True)


def italic(text: str) -> Text:
    """Words in italics."""
    return Text(text=text, is_italic=True)


def joined(*runs: Run | str) -> tuple[Run, ...]:
    """Runs, with plain words among them."""
    return tuple(Text(text=run) if isinstance(run, str) else run for run in runs if run != "")


def table(
    caption: str,
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[str | tuple[Run, ...]]],
    *,
    anchor: str = "",
) -> list[Block]:
    """A table whose first column names the row; none without rows."""
    made = tuple(
        tuple(
            Cell(runs=plain(value) if isinstance(value, str) else value, is_head=not at) for at, value in enumerate(row)
        )
        for row in rows
    )
    heads = tuple(Column(title=title, width=width) for title, width in columns)
    return [Table(columns=heads, rows=made, caption=caption, anchor=anchor)] if made else []


def listed(names: Sequence[str]) -> str:
    """``A, B and C``."""
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)


def when(edtf: str) -> str:
    """`` on 3 May 2019``, `` in May 2019``, `` (about 2019)``; "" when there is no date."""
    words = in_words(edtf)
    if not words:
        return ""
    if _DAY.fullmatch(edtf):
        return f" on {words}"
    return f" in {words}" if _MONTH.fullmatch(edtf) else f" ({words})"


def sentence(text: str) -> str:
    """The words with a full stop at their end."""
    text = text.strip()
    return text if not text or text[-1] in ".?!…" else f"{text}."
