"""Reads a Word submission for its references and writes it again with each as a link that knows what it cites.

A link carries its stable reference and the words it was given, as ``INQ000123_004 = HB 143`` in its tooltip, so that
the same document can be written again for the next build.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from workbench.domain.errors import FileRefused
from workbench.exporters.docx_linking import free_numbers, link_around, rewrite, unwrap, wrap
from workbench.exporters.docx_package import RELATIONS, DocxPackage, hyperlink_type, relations_name
from workbench.exporters.docx_text import (
    IN_LINK,
    Atom,
    Paragraph,
    atoms_of,
    enclosing,
    field_texts,
    note_numbers_of,
    paragraphs_of,
    text_of,
    word_namespace,
)

Tell = Callable[[dict[str, Any]], None]

_SIGNED = "The document was signed; the signature does not hold for the copy with links."
_TOOLTIP = re.compile(r"(?P<stable>[^=]+) = (?P<shown>.+)", re.DOTALL)
#: Word may turn the address of a file beside it into a whole path.
_BUNDLE_PAGE = re.compile(r".+\.pdf#page=\d+", re.IGNORECASE)
_EVERY_STEP = 200
#: Word shows tooltips of up to 260 characters.
_LONGEST_SHOWN = 120


def tooltip(stable: str, shown: str) -> str:
    """What a link remembers: what it cites for ever, and how it was written for this build."""
    return f"{stable} = {as_remembered(shown)}"


def as_remembered(shown: str) -> str:
    """The words of a link as its tooltip keeps them: long ones by their beginning and a digest."""
    if len(shown) <= _LONGEST_SHOWN:
        return shown
    return f"{shown[:_LONGEST_SHOWN]}… #{hashlib.sha256(shown.encode()).hexdigest()[:8]}"


class _Story:
    """One part with text: its tree, what it points at, and which of its links are ours."""

    def __init__(self, package: DocxPackage, part: str, kind: str, note_numbers: dict[str, int]) -> None:
        self.part, self.kind = part, kind
        self.root = package.xml(part)
        self._relations = package.relations(part)
        self._namespace = word_namespace(self.root)
        self._office, self._link_type = hyperlink_type(self._namespace)
        self.paragraphs = list(paragraphs_of(self.root, kind, note_numbers))
        self._fields = field_texts(self.root)
        self._targets = {row.get("Id", ""): row for row in self._relations}
        self._ours = {
            link.get(self._id_name, "") for link in self.root.iter("{*}hyperlink") if self._leads_to_page(link)
        }
        self._numbers = free_numbers(self.root)
        self.is_changed = False

    @property
    def _id_name(self) -> str:
        return f"{{{self._office}}}id"

    def _leads_to_page(self, link: etree._Element) -> bool:
        """True for a link to a page of a PDF, which no other program makes of a reference."""
        row = self._targets.get(link.get(self._id_name, ""))
        if row is None:
            return False
        # Word keeps what follows the # by itself when it saves the document.
        anchor = link.get(self._namespace + "anchor", "")
        target = row.get("Target", "") + (f"#{anchor}" if anchor else "")
        return _BUNDLE_PAGE.fullmatch(target) is not None

    def _remembered(self, link: etree._Element) -> re.Match[str] | None:
        """What a link of ours remembers; None for every other link."""
        return _TOOLTIP.fullmatch(link.get(self._namespace + "tooltip", "")) if self._leads_to_page(link) else None

    def described(self, paragraph: Paragraph) -> dict[str, Any] | None:
        """The paragraph for those who look for references; None when it cannot hold any."""
        atoms = atoms_of(paragraph.element)
        text = text_of(atoms)
        if not any(character.isdigit() for character in text):
            return None
        stored, closed, forgotten = [], [], []
        for link, start, end in _spans(atoms):
            remembered = self._remembered(link)
            if remembered is not None:
                stored.append([start, end, remembered["stable"], remembered["shown"]])
            elif self._leads_to_page(link):
                forgotten.append([start, end])
            else:
                closed.append([start, end, IN_LINK])
        closed += [[atom.start, atom.end, why] for atom in atoms if (why := self._fields.get(atom.element))]
        return {
            "text": text,
            "where": paragraph.where,
            "number": paragraph.number,
            "page": paragraph.page,
            "is_copy": paragraph.is_copy,
            "stored": stored,
            "closed": closed,
            "forgotten": forgotten,
        }

    def link(self, paragraph: etree._Element, change: dict[str, Any]) -> None:
        """Write one reference anew: its text, and its link; without a target the words stay without one."""
        self.is_changed = True
        start, end, text = int(change["start"]), int(change["end"]), str(change["text"])
        link = link_around(paragraph, start)
        run = rewrite(paragraph, start, end, text)
        if not change["target"]:
            if link is not None:
                unwrap(link)
            return
        link = wrap(run, self._office, self._numbers) if link is None else link
        link.set(self._id_name, self._relation_to(str(change["target"])))
        link.set(self._namespace + "tooltip", str(change["tooltip"]))
        link.set(self._namespace + "history", "1")
        link.attrib.pop(self._namespace + "anchor", None)

    def _relation_to(self, target: str) -> str:
        for row in self._relations:
            if (row.get("Type"), row.get("Target"), row.get("TargetMode")) == (self._link_type, target, "External"):
                return str(row.get("Id"))
        number = 1
        while f"rIdCitation{number}" in self._targets:
            number += 1
        row = etree.SubElement(self._relations, RELATIONS + "Relationship")
        for name, value in (
            ("Id", f"rIdCitation{number}"),
            ("Type", self._link_type),
            ("Target", target),
            ("TargetMode", "External"),
        ):
            row.set(name, value)
        self._targets[f"rIdCitation{number}"] = row
        return f"rIdCitation{number}"

    def keep(self, package: DocxPackage) -> None:
        """Hand the changed part back, without the targets that its links have left."""
        if not self.is_changed:
            return
        used = {value for element in self.root.iter("{*}hyperlink") for value in element.attrib.values()}
        for identifier in self._ours - used:
            self._relations.remove(self._targets[str(identifier)])
        package.replace(self.part, self.root)
        package.replace(relations_name(self.part), self._relations)


def _spans(atoms: list[Atom]) -> list[tuple[etree._Element, int, int]]:
    """(link, start, end) of every link in a paragraph."""
    spans: dict[etree._Element, tuple[int, int]] = {}
    for atom in atoms:
        link = enclosing(atom.run, "hyperlink")
        if link is not None:
            spans[link] = (spans.get(link, (atom.start, 0))[0], atom.end)
    return [(link, start, end) for link, (start, end) in spans.items()]


class _Submission:
    """The sandbox task: read a document, then write it with the links that it is told."""

    def __init__(self) -> None:
        self._package: DocxPackage | None = None
        self._stories: list[_Story] = []
        self._asked: list[tuple[_Story, etree._Element]] = []

    def __call__(self, request: dict[str, Any], blobs: list[bytes], tell: Tell) -> tuple[dict[str, Any], list[bytes]]:
        if request["do"] == "read":
            return self._read(blobs[0], tell), []
        if self._package is None:
            raise FileRefused("No submission is open. Open it first.")
        return {}, [self._write(self._package, request["changes"], tell)]

    def _read(self, content: bytes, tell: Tell) -> dict[str, Any]:
        self._asked = []
        self._package = package = DocxPackage(content)
        parts = package.stories()
        numbers = note_numbers_of(package.xml(parts[0][0]))
        self._stories = [_Story(package, part, kind, numbers) for part, kind in parts]
        described = []
        for story in self._stories:
            for paragraph in story.paragraphs:
                if paragraph.number % _EVERY_STEP == 0:
                    tell({"paragraph": paragraph.number})
                facts = story.described(paragraph)
                if facts is not None:
                    described.append(facts)
                    self._asked.append((story, paragraph.element))
        return {"paragraphs": described, "notices": [_SIGNED] if package.is_signed else []}

    def _write(self, package: DocxPackage, changes: list[dict[str, Any]], tell: Tell) -> bytes:
        # From the end of each paragraph to its beginning, so that offsets before a change still hold.
        for done, change in enumerate(sorted(changes, key=lambda row: (row["paragraph"], -row["start"]))):
            if done % _EVERY_STEP == 0:
                tell({"change": done})
            story, paragraph = self._asked[int(change["paragraph"])]
            story.link(paragraph, change)
        for story in self._stories:
            story.keep(package)
        return package.write()


def make_task() -> _Submission:
    """The sandbox task ``workbench.exporters.submission_docx:make_task``."""
    return _Submission()
