"""Opens Office and OpenDocument files: a zip of XML parts, with limits on what they may unpack to."""

from __future__ import annotations

import base64
import io
import lzma
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from workbench.domain.dates import propose_date
from workbench.domain.errors import FileRefused
from workbench.domain.received import Proposal

_MOST_BYTES = 512 << 20
_MOST_RATIO, _RATIO_COUNTS_FROM = 300, 100 << 20

DAMAGED = "This {what} is damaged. Open it in its own program and save it again, or ask the supplier for another copy."
_BOMB = "This {what} unpacks to hundreds of times its size, as those made to fill a disk do; it was not opened."
_ENTITIES = "This {what} defines XML entities, as files made to fill memory do; it was not opened."


class Package:
    """One Office or OpenDocument file. ``what`` is how its sentences call it: ``Word document``."""

    def __init__(self, content: bytes, what: str) -> None:
        self.what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
            raise self.damaged() from None
        self.names = frozenset(self._zip.namelist())
        total = sum(info.file_size for info in self._zip.infolist())
        if total > _MOST_BYTES or (total > _RATIO_COUNTS_FROM and total > _MOST_RATIO * len(content)):
            raise FileRefused(_BOMB.format(what=what))

    def damaged(self) -> FileRefused:
        """The refusal to raise when something in it cannot be read."""
        return FileRefused(DAMAGED.format(what=self.what))

    def read(self, name: str) -> bytes:
        """One part; raises ``FileRefused`` when it is missing or broken."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
            raise self.damaged() from None
        except (NotImplementedError, RuntimeError):
            raise FileRefused(f"This {self.what} is locked with a password. Ask for a copy without one.") from None

    def xml(self, name: str) -> Element:
        """One part as XML, its entities never expanded."""
        return self.parse(self.read(name))

    def parse(self, content: bytes) -> Element:
        """XML bytes as a tree; raises ``FileRefused``."""
        try:
            root: Element = fromstring(content)
        except DefusedXmlException:
            raise FileRefused(_ENTITIES.format(what=self.what)) from None
        except (ParseError, ValueError, LookupError):
            raise self.damaged() from None
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points at inside the package: identifier -> (kind, part name)."""
        folder, _, name = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self.xml(rels):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], whole)
        return found

    def core_properties(self) -> tuple[str, Proposal | None]:
        """Title, and the day of the last change, from Office's document properties."""
        if "docProps/core.xml" not in self.names:
            return "", None
        try:
            root = self.xml("docProps/core.xml")
        except FileRefused:
            return "", None  # the properties alone are no reason to refuse
        values = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in root}
        for name, words in (("modified", "last change"), ("created", "making")):
            day = propose_date(values.get(name, "")[:10])
            if day:
                return values.get("title", ""), Proposal(
                    value=day, basis=f"day of its {words} in the {self.what}'s properties"
                )
        return values.get("title", ""), None


def picture_address(content: bytes) -> str:
    """A picture of a package as a ``data:`` address; "" for a kind that cannot be shown."""
    kinds = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))
    kind = next((kind for head, kind in kinds if content.startswith(head)), "")
    if not kind or len(content) > 30 << 20:
        return ""
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"
