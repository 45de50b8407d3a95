"""Writes the words of a report as runs of Word: links, cross references and footnote marks among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbench.domain.report import CrossReference, Footnote, Link, Run, Text, reference_text
from workbench.domain.report_numbers import Place
from workbench.domain.report_text import directed
from workbench.exporters.docx_xml import DECLARATION, complex_field, el, escaped, rpr, run

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LIST = "http://schemas.openxmlformats.org/package/2006/relationships"
#: Word keeps no longer name of a place.
_MOST_NAME = 40


class Relations:
    """What one part of the package leads to."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, bool], str] = {}

    def to(self, kind: str, target: str, *, is_outside: bool = False) -> str:
        """The identifier of a relation, made when it is first asked for."""
        return self._rows.setdefault((kind, target, is_outside), f"rId{len(self._rows) + 1}")

    def part(self) -> bytes:
        """The part that lists them."""
        rows = "".join(
            f'<Relationship Id="{identifier}" Type="{_RELATION}/{kind}" Target="{escaped(target)}"'
            + (' TargetMode="External"/>' if is_outside else "/>")
            for (kind, target, is_outside), identifier in self._rows.items()
        )
        return f'{DECLARATION}<Relationships xmlns="{_LIST}">{rows}</Relationships>'.encode()


class Bookmarks:
    """Names of places as Word allows them, and numbers that no two share."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._names = {anchor: self._name(anchor, number) for number, anchor in enumerate(places, 1)}
        self._left = set(places)

    @staticmethod
    def _name(anchor: str, number: int) -> str:
        letters = "".join(character if character.isascii() and character.isalnum() else "_" for character in anchor)
        ending = f"_{number}"
        return f"r_{letters}"[: _MOST_NAME - len(ending)] + ending

    def name(self, anchor: str) -> str:
        """The bookmark of a place; empty when there is none."""
        return self._names.get(anchor, "")

    def around(self, anchor: str, content: str) -> str:
        """The content with its bookmark; only the first place of a name has it."""
        if anchor not in self._left:
            return content
        self._left.discard(anchor)
        name = self._names[anchor]
        number = name.rpartition("_")[2]
        return el("bookmarkStart", id=number, name=name) + content + el("bookmarkEnd", id=number)


class RunWriter:
    """Writes runs for one part of the package; its links go into that part's relations."""

    def __init__(self, places: Mapping[str, Place], bookmarks: Bookmarks, relations: Relations) -> None:
        self._places, self._bookmarks, self._relations = places, bookmarks, relations
        self.footnotes: list[Footnote] = []

    def runs(self, runs: Iterable[Run]) -> str:
        """All of them, one after the other."""
        return "".join(map(self._run, runs))

    def _run(self, item: Run) -> str:
        match item:
            case Text():
                return words(item.text, _style_of(item), item.language)
            case Link():
                return self._link(item)
            case CrossReference():
                return self._reference(item)
            case Footnote():
                self.footnotes.append(item)
                return el("r", rpr(el("rStyle", val="FootnoteReference")), el("footnoteReference", id=item.number))

    def _link(self, link: Link) -> str:
        inner = words(link.text, "HyperlinkEmphasis" if link.is_italic else "Hyperlink")
        name = self._bookmarks.name(link.anchor)
        if name:
            return el("hyperlink", inner, anchor=name, history=1)
        href = link.target.href if link.target else ""
        if link.target is None or not href:
            return words(link.text, "Emphasis" if link.is_italic else "")
        identifier = self._relations.to("hyperlink", href, is_outside=True)
        tooltip = escaped(link.target.tip)
        return f'<w:hyperlink r:id="{identifier}" w:tooltip="{tooltip}" w:history="1">{inner}</w:hyperlink>'

    def _reference(self, item: CrossReference) -> str:
        name, place = self._bookmarks.name(item.anchor), self._places.get(item.anchor)
        if not name or place is None:
            return words(reference_text(item))
        if place.kind != "paragraph" or item.wording.count("{number}") != 1:
            return el("hyperlink", words(reference_text(item)), anchor=name, history=1)
        before, _, after = item.wording.partition("{number}")
        field = complex_field(f"REF {name} \\n \\h", run(item.number))
        return words(before) + field + words(after)


def _style_of(text: Text) -> str:
    if text.is_bold and text.is_italic:
        return "IntenseEmphasis"
    return "Strong" if text.is_bold else "Emphasis" if text.is_italic else ""


def words(text: str, style: str = "", language: str = "") -> str:
    """Words in a style of letters; what is read from the right says so."""
    made = []
    for piece, is_right_to_left in directed(text):
        tag = el("lang", **{"bidi" if is_right_to_left else "val": language}) if language else ""
        properties = rpr(el("rStyle", val=style) if style else "", el("rtl") if is_right_to_left else "", tag)
        made.append(run(piece, properties))
    return "".join(made)
