"""Opens a Word document to change some of its parts; everything else is written again as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable

import olefile
from lxml import etree

from workbench.domain.errors import FileRefused

_MOST_BYTES = 512 << 20
_MOST_RATIO, _RATIO_COUNTS_FROM = 300, 50 << 20

DAMAGED = "This Word document is damaged. Open it in Word and save it again, or take another copy."
_BOMB = "This Word document unpacks to hundreds of times its size, as those made to fill a disk do; it was not opened."
_ENTITIES = "This Word document defines XML entities, as files made to fill memory do; it was not opened."
_LOCKED = "This Word document is locked with a password. Save a copy without one and try again."
_PROTECTED = "This Word document is protected against changes. Take the protection off in Word and try again."
_OLD = "This is a Word document of the old kind (.doc). Save it in Word as .docx and try again."
_NOT_WORD = "This is no Word document (.docx). Choose the submission as Word saves it."

_TYPES = "[Content_Types].xml"
_TYPE_NAMES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
#: How content types end that say what a part is; order is the order of the report.
_KINDS = {
    ".document.main+xml": "body",
    ".document.macroenabled.main+xml": "body",
    ".template.main+xml": "body",
    ".header+xml": "header",
    ".footer+xml": "footer",
    ".footnotes+xml": "footnotes",
    ".endnotes+xml": "endnotes",
}
_EMPTY_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def parse(content: bytes) -> etree._Element:
    """XML bytes as a tree whose entities are never expanded; raises ``FileRefused``."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    if b"<!ENTITY" in content:
        raise FileRefused(_ENTITIES)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise FileRefused(DAMAGED) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused(_ENTITIES)
    return root


class DocxPackage:
    """A DOCX as a zip of parts; ``write`` gives it back with the parts that were replaced."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(olefile.MAGIC):
            raise FileRefused(_LOCKED if _is_encrypted(content) else _OLD)
        if not content.startswith(b"PK"):
            raise FileRefused(_NOT_WORD)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise FileRefused(DAMAGED) from None
        infos = self._zip.infolist()
        total = sum(info.file_size for info in infos)
        if total > _MOST_BYTES or (total > _RATIO_COUNTS_FROM and total > _MOST_RATIO * len(content)):
            raise FileRefused(_BOMB)
        if any(info.flag_bits & 1 for info in infos):
            raise FileRefused(_LOCKED)
        self._names = {info.filename for info in infos}
        if len(self._names) != len(infos):
            raise FileRefused(DAMAGED)  # two parts of one name: programs differ in which they read
        if _TYPES not in self._names:
            raise FileRefused(_NOT_WORD)
        self._types = self._content_types()
        self._replaced: dict[str, bytes] = {}
        if "body" not in {kind for _, kind in self.stories()}:
            raise FileRefused(_NOT_WORD)
        self._refuse_protected()

    def _content_types(self) -> dict[str, str]:
        root = self.xml(_TYPES)
        return {
            override.get("PartName", "").lstrip("/"): override.get("ContentType", "").lower()
            for override in root.iter(_TYPE_NAMES + "Override")
        }

    def _refuse_protected(self) -> None:
        for name, kind in self._types.items():
            if kind.endswith(".settings+xml") and name in self._names:
                for element in self.xml(name).iter("{*}documentProtection"):
                    values = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
                    if str(values.get("enforcement", "0")) in ("1", "true", "on"):
                        raise FileRefused(_PROTECTED)

    @property
    def is_signed(self) -> bool:
        """True when somebody signed it; a changed copy cannot keep a signature."""
        return any(name.startswith("_xmlsignatures/") for name in self._names)

    def stories(self) -> list[tuple[str, str]]:
        """(part, kind) of everything that holds text, the body first."""
        found = []
        for name, content_type in self._types.items():
            kind = next((kind for ending, kind in _KINDS.items() if content_type.endswith(ending)), "")
            if kind and name in self._names:
                found.append((name, kind))
        order = list(dict.fromkeys(_KINDS.values()))
        return sorted(found, key=lambda story: (order.index(story[1]), story[0]))

    def read(self, name: str) -> bytes:
        """One part; raises ``FileRefused`` when it cannot be read."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise FileRefused(DAMAGED) from None
        except RuntimeError:
            raise FileRefused(_LOCKED) from None

    def xml(self, name: str) -> etree._Element:
        """One part as a tree."""
        return parse(self.read(name))

    def relations(self, part: str) -> etree._Element:
        """What a part points at; an empty list when it points at nothing yet."""
        name = relations_name(part)
        return parse(self.read(name) if name in self._names else _EMPTY_RELATIONS)

    def replace(self, name: str, root: etree._Element) -> None:
        """Put a part in place of the one there is, or add it."""
        self._replaced[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def write(self) -> bytes:
        """The document again; parts that were not replaced keep their bytes, order and dates."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                content = self._replaced.get(info.filename)
                target.writestr(_like(info), self.read(info.filename) if content is None else content)
            for name in self._added():
                target.writestr(_like(zipfile.ZipInfo(name)), self._replaced[name])
        return buffer.getvalue()

    def _added(self) -> Iterable[str]:
        return sorted(set(self._replaced) - self._names)


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same name and date, packed; nothing else of the old entry."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type = zipfile.ZIP_STORED if info.is_dir() else zipfile.ZIP_DEFLATED
    entry.external_attr = info.external_attr
    return entry


def _is_encrypted(content: bytes) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            return bool(compound.exists("EncryptedPackage"))
    except (OSError, ValueError, IndexError):
        return False


def relations_name(part: str) -> str:
    """``word/_rels/document.xml.rels`` for ``word/document.xml``."""
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def hyperlink_type(namespace: str) -> tuple[str, str]:
    """(namespace of ``r:id``, type of a hyperlink relation) for a part in this main namespace."""
    office = _STRICT if "purl.oclc.org" in namespace else _TRANSITIONAL
    return office, f"{office}/hyperlink"
