"""Lays a report out on A4 pages: title, contents with page numbers, parts, and footnotes where their marks stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.domain.report import Report
from workbench.domain.report_numbers import ContentsLine, contents_of, part_title, prepared
from workbench.domain.report_record import report_from
from workbench.pdf.report_atoms import LEFT, PORTRAIT, Atom, Box, Placed, stacked
from workbench.pdf.report_document import finished
from workbench.pdf.report_drawing import Canvas, Drawing
from workbench.pdf.report_fonts import BOLD, REGULAR, Fonts
from workbench.pdf.report_lines import GREY, INK, Leads, Line, Look, Piece, Setter
from workbench.pdf.report_paging import NOTE_RULE_GAP, Page, Pager
from workbench.pdf.report_setting import Setting, sheet_of
from workbench.pdf.report_tags import Tag, TagTree

Tell = Callable[[dict[str, Any]], None]
_TITLE, _SUBTITLE = Look(BOLD, 27), Look(REGULAR, 14, colour=GREY)
_EDGE, _MARKING = Look(REGULAR, 8.2, colour=GREY), Look(BOLD, 8.5)
_RULE = (0.72, 0.72, 0.72)
_NUMBERS = 42.0
#: Title and contents stand on upright sheets.
RIGHT, MEASURE = PORTRAIT.right, PORTRAIT.measure


class _Layout:
    """One report on its pages."""

    def __init__(self, report: Report, fonts: Fonts, tell: Tell) -> None:
        made = prepared(report)
        self._report, self._tell = made.report, tell
        self.notes, self._anchors = made.notes, frozenset(made.places)
        self.fonts = fonts
        self._setter = Setter(self.fonts)
        self.tags = TagTree()
        self._front_tag, self._contents_tag = self.tags.root.child("Sect"), self.tags.root.child("TOC")
        self._setting = Setting(self._setter, self.tags.root, self._report.labels)
        self.drawing = Drawing(self.fonts, self.tags)

    def draw(self) -> bytes:
        """All of it, as PDF."""
        atoms = []
        for part in self._report.parts:
            atoms.append(self._setting.part(part))
            self._tell({"page": 0})
        body = Pager(self._setting.notes)
        sections: list[str] = []
        for part, laid in zip(self._report.parts, atoms, strict=True):
            body.fill(laid, sheet_of(part))
            sections += [part_title(part, self._report.labels)] * (len(body.pages) - len(sections))
            self._tell({"page": len(body.pages)})
        front = self._front_pages({})
        numbers = {
            anchor: len(front) + number
            for number, page in enumerate(body.pages, 1)
            for _, atom in page.atoms
            for anchor in atom.anchors
        }
        pages = [*self._front_pages(numbers), *body.pages]
        sections = [""] * len(front) + sections
        canvases = [self._page(number, page, sections) for number, page in enumerate(pages)]
        return finished(self._report, canvases, self.drawing, self.fonts, self.tags, self._anchors)

    def _front_pages(self, numbers: dict[str, int]) -> list[Page]:
        pager = Pager({})
        pager.fill(self._title())
        if self._report.contents_depth and self._report.parts:
            pager.fill(self._contents(numbers))
        return pager.pages

    def _title(self) -> list[Atom]:
        tag = self._front_tag
        atoms = [Atom(150.0)]
        atoms += stacked(
            self._setter.plain(self._report.title, _TITLE, MEASURE),
            34.0, x=LEFT, tag=tag.child("P"), size=27, right=RIGHT,
        )  # fmt: skip
        atoms[-1].height += 6
        if self._report.subtitle:
            lines = self._setter.plain(self._report.subtitle, _SUBTITLE, MEASURE)
            atoms += stacked(lines, 19.0, x=LEFT, tag=tag.child("P"), size=14, right=RIGHT)
        atoms[-1].height += 34
        for place, (name, value) in enumerate(self._report.details):
            atoms += self._detail(name, value, tag, is_first=place == 0)
        return atoms

    def _detail(self, name: str, value: str, tag: Tag, *, is_first: bool) -> list[Atom]:
        held, look = tag.child("P"), Look(size=9.5)
        left = self._setter.plain(name, Look(size=9.5, colour=GREY), 110)
        right = self._setter.plain(value, look, MEASURE - 120)
        atom = Atom(max(len(left), len(right)) * 13.2 + 8)
        for x, lines in ((LEFT, left), (LEFT + 120, right)):
            for number, line in enumerate(lines):
                turned = line.is_right_to_left
                edge = (RIGHT if x > LEFT else LEFT + 110) if turned else x
                atom.placed.append(Placed(edge, 4 + number * 13.2 + 10, line, held, "right" if turned else "left"))
        if is_first:
            atom.boxes.append(Box(LEFT, -0.5, RIGHT, 0.5, INK))
        atom.boxes.append(Box(LEFT, atom.height - 0.25, RIGHT, atom.height + 0.25, _RULE))
        return [atom]

    def _contents(self, numbers: dict[str, int]) -> list[Atom]:
        atoms = stacked(
            self._setter.plain(self._report.labels.contents, Look(BOLD, 18), MEASURE),
            23.0, x=LEFT, tag=self._contents_tag.child("Caption"), size=18,
        )  # fmt: skip
        atoms[0].keeps, atoms[0].bookmark = True, (1, self._report.labels.contents)
        atoms[0].height += 10
        for line in contents_of(self._report):
            atoms += self._contents_line(line, numbers.get(line.anchor, 0))
        return atoms

    def _contents_line(self, entry: ContentsLine, number: int) -> list[Atom]:
        is_part = entry.level == 1
        look = Look(BOLD if is_part else REGULAR, 10.5 if is_part else 10)
        x = LEFT + 18 * (entry.level - 1)
        tag = self._contents_tag.child("TOCI")
        leads = Leads("anchor", entry.anchor)
        lines = self._setter.plain(entry.text, look, RIGHT - _NUMBERS - x)
        for line in lines:
            line.pieces = [Piece(p.text, p.look, leads, 0, p.is_right_to_left) for p in line.pieces]
        atoms = stacked(lines, 14.4, x=x, tag=tag, size=look.size, right=RIGHT - _NUMBERS)
        last = atoms[-1]
        baseline = last.placed[0].baseline
        last.placed.append(Placed(RIGHT, baseline, Line([Piece(f" {number}", look, leads)]), tag, "right"))
        if not lines[-1].is_right_to_left:
            start = x + lines[-1].width + 5
            last.boxes = [
                Box(
                    start,
                    baseline,
                    RIGHT - self._setter.width(last.placed[-1].line.pieces[0]) - 3,
                    baseline,
                    _RULE,
                    True,
                )
            ]
        for atom in atoms[:-1]:
            atom.keeps = True
        atoms[0].before = 8.0 if is_part else 1.5
        return atoms

    def _page(self, number: int, page: Page, sections: list[str]) -> Canvas:
        canvas = Canvas(number, page.sheet)
        for top, atom in page.atoms:
            self.drawing.atom(canvas, top, atom)
        if page.notes:
            self._foot(canvas, page)
        self._edges(canvas, number, sections)
        if number % 20 == 0:
            self._tell({"page": number})
        return canvas

    def _foot(self, canvas: Canvas, page: Page) -> None:
        height = sum(note.height + note.before for note in page.notes)
        y = page.sheet.bottom - height
        self.drawing.box(canvas, y - NOTE_RULE_GAP, Box(LEFT, -0.25, LEFT + 120, 0.25, GREY))
        for note in page.notes:
            y += note.before
            self.drawing.atom(canvas, y, note)
            y += note.height

    def _edges(self, canvas: Canvas, number: int, sections: list[str]) -> None:
        """The marking on every page; title, part and number on all but the first. Nothing of it is read aloud."""
        draw, sheet = self.drawing.placed, canvas.sheet
        if self._report.marking:
            line = self._one_line(self._report.marking, _MARKING, sheet.measure)
            draw(canvas, 0, Placed((LEFT + sheet.right) / 2, 40, line, None, "centre"))
        if number == 0:
            return
        draw(canvas, 0, Placed(LEFT, 58, self._one_line(self._report.title, _EDGE, sheet.measure * 0.58), None))
        draw(
            canvas,
            0,
            Placed(sheet.right, 58, self._one_line(sections[number], _EDGE, sheet.measure * 0.38), None, "right"),
        )
        self.drawing.box(canvas, 0, Box(LEFT, 64, sheet.right, 64.4, _RULE))
        words = self._report.labels.page.replace("{number}", f"{number + 1}").replace("{total}", f"{len(sections)}")
        draw(canvas, 0, Placed(sheet.right, sheet.height - 40, Line([Piece(words, _EDGE)]), None, "right"))

    def _one_line(self, text: str, look: Look, width: float) -> Line:
        """As much of a text as one line holds."""
        lines = self._setter.plain(" ".join(text.split()), look, width - 10)
        if len(lines) > 1:
            lines[0].pieces.append(Piece(" …", look))
        return lines[0]


def report_task(request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
    """Answers ``{"report": record}`` and the four cuts of the font with the report as PDF."""
    layout = _Layout(report_from(request["report"]), Fonts(blobs), tell)
    content = layout.draw()
    missing = {f"U+{ord(character):04X}": times for character, times in layout.fonts.missing.items()}
    return {"missing": missing, "notes": list(layout.notes)}, [content]


def make_task() -> Callable[[dict[str, Any], list[bytes], Tell], tuple[dict[str, Any], list[bytes]]]:
    """The sandbox task ``workbench.pdf.report_pages:make_task``."""
    return report_task
