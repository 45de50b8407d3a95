"""Imports web pages saved as HTML; nothing they point to is loaded."""

from __future__ import annotations

import re

from workbench.domain.dates import propose_date
from workbench.domain.errors import FileRefused
from workbench.domain.received import Proposal, Received
from workbench.importers.base import Incoming
from workbench.importers.characters import decode
from workbench.importers.html_tree import HtmlPage, parse_html
from workbench.importers.laid_out import laid_out
from workbench.importers.sanitising import sanitise

_START = re.compile(rb"^\s*(<!--.*?-->\s*|<\?xml[^>]*>\s*)*(<!doctype\s+html|<html[\s>]|<head[\s>])", re.I | re.S)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DATE_NAMES = ("article:published_time", "dc.date", "dcterms.date", "dcterms.created", "date", "dcterms.issued")


class WebPageImporter:
    """HTML as saved by a browser or an editor."""

    name = "web page"
    suffixes = (".html", ".htm", ".xhtml")

    def claims(self, incoming: Incoming) -> bool:
        return bool(_START.match(incoming.content[:4096]))

    def read(self, incoming: Incoming) -> Received:
        page = parse_html(html_text(incoming.content))
        bodies = sanitise(page)
        if not bodies:
            raise FileRefused("This web page holds no text. Open it in a browser, save it as PDF and import that.")
        return laid_out(
            incoming,
            bodies,
            media_type="text/html",
            kind="web page",
            title=page.title,
            proposed_on=_date(page),
            language=page.language,
        )


def html_text(content: bytes) -> str:
    """The letters of an HTML file, by what it declares itself."""
    declared = _CHARSET.search(content[:4096])
    return decode(content, declared=declared[1].decode("ascii") if declared else "")


def _date(page: HtmlPage) -> Proposal | None:
    for name in _DATE_NAMES:
        day = propose_date(page.meta.get(name, "")[:10])
        if day:
            return Proposal(value=day, basis=f"“{name}” in the web page's head")
    return None
