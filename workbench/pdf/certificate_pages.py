"""Draws the certificate of a build: what was checked against which rules, and what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from workbench.domain.checks import NOT_CHECKED
from workbench.domain.dates import in_words
from workbench.pdf.flow import LEFT, RIGHT, Cell, Colour, Flow, leading
from workbench.pdf.typesetting import Style, Typesetter

Tell = Callable[[dict[str, Any]], None]
_SEVERITIES = {"E": "stops", "W": "warns", "I": "informs"}
_GROUPS = (
    ("failed", "Failed", "These rules stop a bundle from being handed over. They did not hold."),
    ("warning", "Warnings", "These rules warn. They did not hold."),
    ("noted", "Noted", "These rules inform."),
    ("held", "Held", ""),
    (NOT_CHECKED, "Not checked", "These rules need something that was not there."),
)
_DOTS: dict[str, Colour] = {
    "failed": (0.68, 0.12, 0.12),
    "warning": (0.85, 0.55, 0.05),
    "noted": (0.35, 0.45, 0.6),
    "held": (0.2, 0.5, 0.32),
    "not checked": (0.72, 0.72, 0.72),
}
_PLAIN = (
    "This certificate states what the finished files were checked against and what was found when they were read "
    "back. It does not say that a rule of any court or inquiry is met; that is for the court or inquiry to decide."
)
_ID, _CHECK, _SEVERITY, _RESULT, _PAGES = LEFT, 86.0, 352.0, 396.0, 468.0
_SIZE = 440.0
_MOST_RANGES = 24


class _Paper:
    """One certificate, drawn from its record."""

    def __init__(self, record: dict[str, Any], setter: Typesetter) -> None:
        self._record = record
        self._title = Style(setter.bold, 21)
        self._large = Style(setter.bold, 19)
        self._lead = Style(setter.regular, 13)
        self._heading = Style(setter.bold, 12.5)
        self._strong = Style(setter.bold, 9.2)
        self._text = Style(setter.regular, 9.2)
        self._grey = Style(setter.regular, 8.6, 0.3)
        self._label = Style(setter.regular, 8, 0.4)
        self._flow = Flow(setter, f"Certificate · {record['title']} · build {record['build']}")

    def draw(self) -> bytes:
        """All of it."""
        self._opening()
        self._facts()
        self._checks()
        self._overrides()
        self._list(
            "What was not checked",
            [*self._record["not_checked"]],
            "Nothing else was named as unchecked; the rules that could not be answered stand in the table above.",
        )
        self._list("What was left out of the bundle", self._record["left_out"], "Nothing was left out.")
        self._list("What was done to documents", self._record["treated"], "They went in as they are.")
        self._files()
        return self._flow.finish(self._record["wording"], f"Certificate: {self._record['title']}")

    def _opening(self) -> None:
        flow, record = self._flow, self._record
        flow.paragraph("Certificate", self._label)
        flow.space(4)
        flow.paragraph(record["wording"], self._title)
        flow.space(6)
        flow.rule(0.2, 1.2)
        flow.space(10)
        flow.paragraph(record["title"], self._lead)
        made = f"Build {record['build']}, made on {in_words(record['built_at'][:10])}, for: {record['audience']}"
        flow.paragraph(made, self._grey)
        flow.space(10)
        self._verdict()
        flow.paragraph(_PLAIN, self._grey)
        flow.space(10)

    def _verdict(self) -> None:
        """The results counted, in a quiet panel."""
        flow = self._flow
        counted = [(name, len(self._of(result))) for result, name, _ in _GROUPS if result != "noted"]
        overrides = len(self._record["overrides"])
        places = [*counted, ("Overridden", overrides)]
        flow.page.draw_rect((LEFT, flow.y, RIGHT, flow.y + 56), color=None, fill=(0.955, 0.955, 0.95))
        step = (RIGHT - LEFT) / len(places)
        for place, (name, count) in enumerate(places):
            x = LEFT + 14 + place * step
            flow.setter.write(flow.page, x, flow.y + 29, str(count), self._large)
            flow.setter.write(flow.page, x, flow.y + 44, name, self._label)
        flow.space(68)

    def _of(self, result: str) -> list[dict[str, Any]]:
        return [check for check in self._record["checks"] if check["result"] == result]

    def _head(self, text: str) -> None:
        self._flow.repeated = None
        self._flow.space(10)
        self._flow.room(60)
        self._flow.paragraph(text, self._heading)
        self._flow.space(3)
        self._flow.rule(0.35, 0.8)
        self._flow.space(6)

    def _fact(self, name: str, *values: str) -> None:
        told = tuple((value, self._text) for value in values if value)
        if told:
            cells = [Cell(LEFT, 104, ((name, self._label),)), Cell(166, RIGHT - 166, told)]
            self._flow.row(cells, gap=4)

    def _facts(self) -> None:
        record, profile = self._record, self._record["profile"]
        counts = record["counts"]
        self._head("What was checked")
        holds = [_count(counts["documents"], "document"), _count(counts["pages"], "page")]
        holds += [_count(counts["sections"], "section")] if counts["sections"] else []
        holds += [_count(counts["volumes"], "volume")] if counts["volumes"] > 1 else []
        self._fact("Bundle", record["title"])
        self._fact("It holds", ", ".join(holds))
        self._fact("Redactions", f"{_count(counts['redactions'], 'mark')} burnt in" if counts["redactions"] else "none")
        self._fact("Left out", _count(counts["excluded"], "document or page") if counts["excluded"] else "nothing")
        self._fact("For", record["audience"])
        self._fact("Made at", _instant(record["built_at"]))
        self._fact("Rules", f"{profile['title']} ({profile['id']})")
        issued = f"issued {in_words(profile['issued'])}" if profile["issued"] else "no general rule issued"
        reviewed = f"last compared with the source {in_words(profile['reviewed'])}" if profile["reviewed"] else ""
        self._fact("", ", ".join(filter(None, (issued, reviewed))))
        self._fact("Source of the rules", profile["source"])
        self._fact("Version of the rules", profile["digest"])
        self._fact("Direction of a judge", record["direction"])
        self._fact("History of the case", record["history_head"])
        self._fact("Program", record["program"])

    def _checks(self) -> None:
        self._head("The checks, read back from the finished files")
        self._columns()
        self._flow.repeated = self._columns
        for result, name, told in _GROUPS:
            checks = self._of(result)
            if checks:
                self._group(result, f"{name}: {len(checks)}", told, checks)
        self._flow.repeated = None

    def _columns(self) -> None:
        flow = self._flow
        names = ((_ID, "Rule"), (_CHECK, "Check and evidence"), (_SEVERITY, "Severity"), (_RESULT, "Result"))
        for x, name in (*names, (_PAGES, "Pages")):
            flow.line(x, name, self._label)
        flow.space(leading(self._label) + 2)
        flow.rule()
        flow.space(6)

    def _group(self, result: str, name: str, told: str, checks: Iterable[dict[str, Any]]) -> None:
        flow = self._flow
        flow.room(64)
        flow.space(3)
        flow.paragraph(name, self._strong)
        if told:
            flow.paragraph(told, self._label)
        flow.space(5)
        for check in checks:
            self._check(result, check)

    def _check(self, result: str, check: dict[str, Any]) -> None:
        # What a rule would need stands in a group of its own: the words that begin its detail are its result.
        detail = check["detail"].removeprefix(f"{NOT_CHECKED}: ")
        detail = detail[:1].upper() + detail[1:]
        severity = _SEVERITIES[check["severity"]] if result != NOT_CHECKED else "–"
        cells = [
            Cell(_ID, 30, ((check["id"], self._strong),)),
            Cell(_CHECK, _SEVERITY - _CHECK - 10, ((check["title"], self._text), (detail, self._grey))),
            Cell(_SEVERITY, _RESULT - _SEVERITY - 4, ((severity, self._grey),)),
            Cell(_RESULT + 9, _PAGES - _RESULT - 13, ((result, self._text),)),
            Cell(_PAGES, RIGHT - _PAGES, ((ranges(check["pages"], check["labels"]) or "–", self._grey),)),
        ]
        self._flow.row(cells, mark=(_RESULT + 3, _DOTS[result]), gap=5)

    def _overrides(self) -> None:
        self._head("Findings that a person overrode")
        if not self._record["overrides"]:
            self._flow.paragraph("None.", self._text)
        for item in self._record["overrides"]:
            who = f"{item['who']}, {_instant(item['at'])}"
            told = ((item["what"], self._strong), (item["reason"], self._text), (who, self._grey))
            self._flow.row([Cell(LEFT, RIGHT - LEFT, told)], gap=8)

    def _list(self, heading: str, items: list[str], nothing: str) -> None:
        self._head(heading)
        if not items:
            self._flow.paragraph(nothing, self._text)
        for item in items:
            cells = [Cell(LEFT, 10, (("–", self._grey),)), Cell(LEFT + 12, RIGHT - LEFT - 12, ((item, self._text),))]
            self._flow.row(cells, gap=3)

    def _files(self) -> None:
        # A few files stand together on one page, whole or not at all.
        self._flow.room(40 + 29 * min(len(self._record["files"]), 8))
        self._head("The files and their checksums (SHA-256)")
        for file in self._record["files"]:
            name = Cell(LEFT, _SIZE - LEFT - 12, ((file["name"], self._strong), (file["sha256"], self._text)))
            size = Cell(_SIZE, RIGHT - _SIZE, ((f"{file['bytes']:,} bytes", self._grey),))
            self._flow.row([name, size], gap=5)


def _count(number: int, noun: str) -> str:
    plural = "documents or pages" if noun == "document or page" else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def _instant(iso: str) -> str:
    """``25 November 2026, 09:30 UTC``."""
    at = datetime.fromisoformat(iso)
    return f"{in_words(at.date().isoformat())}, {at:%H:%M} {at.tzname() or ''}".rstrip()


def ranges(pages: list[int], labels: list[str]) -> str:
    """Pages by label, those that follow each other as a range: ``A3–A7, B2``."""
    runs: list[list[int]] = []
    for place, page in enumerate(pages):
        if runs and pages[runs[-1][1]] == page - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    told = [
        labels[first] if first == last else f"{labels[first]}–{labels[last]}" for first, last in runs[:_MOST_RANGES]
    ]
    left = sum(last - first + 1 for first, last in runs[_MOST_RANGES:])
    return ", ".join(told) + (f" and {left} more" if left else "")


def certificate_task(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Answers ``{"certificate": record}`` and the two fonts with the certificate as PDF."""
    tell({"page": 0})
    return {}, [_Paper(request["certificate"], Typesetter(blobs[0], blobs[1])).draw()]


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.pdf.certificate_pages:make_task``."""
    return certificate_task
