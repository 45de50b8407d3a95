"""Asking, and what a search says of itself: how many, what was not searched, and why there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workbench.domain.errors import QueryRefused
from workbench.domain.progress import Ticket
from workbench.domain.search import Hit, SearchResult
from workbench.runtime.i18n import speech as _
from workbench.services.explaining import Explanation
from workbench.services.facets import Choice
from workbench.services.searching import search
from workbench.store.case_file import CaseFile

#: Pages of one answer; more are asked for.
LIMIT = 100


def search_or_refusal(
    case: CaseFile, query: str, order: str, chosen: tuple[Choice, ...], offset: int, ticket: Ticket
) -> SearchResult | str:
    """The result, or the sentence that says why the query cannot be answered."""
    try:
        return search(
            case,
            query,
            limit=LIMIT,
            offset=offset,
            order="date" if order == "date" else "relevance",
            chosen=chosen,
            ticket=ticket,
        )
    except QueryRefused as error:
        return str(error)


def counted(result: SearchResult, shown: int) -> str:
    """``12 pages``, or how many of them are shown."""
    total = _.count("{n} page", "{n} pages", result.total)
    return _("{total}, {n} are shown").format(total=total, n=shown) if result.total > shown else total


def not_searched(result: SearchResult) -> str:
    """Pages and files that the search could not see."""
    parts = []
    if result.pages_without_text:
        parts.append(_.count("{n} page without text", "{n} pages without text", result.pages_without_text))
    if result.files_refused:
        parts.append(_.count("{n} refused file", "{n} refused files", result.files_refused))
    return _("Not searched: {what}.").format(what=", ".join(parts)) if parts else ""


def spoken_hit(hit: Hit) -> str:
    """A hit as it is read aloud."""
    plain = hit.snippet.replace("\ue000", "").replace("\ue001", "")
    return _("{title}, {urn}, page {n}: {words}").format(
        title=hit.title, urn=hit.urn, n=hit.page_number, words=" ".join(plain.split())
    )


def explained(why: Explanation, result: SearchResult, *, is_narrowed: bool) -> str:
    """Rich text: each part with its own pages, what to try instead as links; everything typed is escaped."""
    lines = [f"<b>{escape(_('Nothing found. Why:'))}</b>"]
    for part in why.parts:
        pages = _.count("{n} page by itself", "{n} pages by itself", part.pages)
        shown = _("on no page") if not part.pages else pages
        line = f"{escape(part.shown)} – {escape(shown)}"
        if part.instead:
            links = ", ".join(_link(word, word) for word in part.instead)
            line += "<br>&nbsp;&nbsp;" + escape(_("Try:")) + " " + links
        elif part.pages:
            line += " · " + _link(part.shown, _("search for it alone"))
        lines.append(line)
    if why.never_together:
        lines.append(escape(_("Each part stands somewhere, but no page has all of them. Put OR between them.")))
    if is_narrowed:
        lines.append(_link("widen:", _("Search in all pages, without narrowing")))
    unseen = not_searched(result)
    if unseen:
        lines.append(escape(unseen))
    lines.append(_link("record:", _("Record that nothing was found")))
    return "<br><br>".join(lines)


def as_query(query: str, chosen: Sequence[Choice]) -> str:
    """A query and what it is narrowed by as one query that finds the same."""
    parts = [query.strip()] if query.strip() else []
    for facet in dict.fromkeys(choice.facet for choice in chosen):
        fields = [_field(choice) for choice in chosen if choice.facet == facet]
        parts.append(fields[0] if len(fields) == 1 else f"({' OR '.join(fields)})")
    return " ".join((f"({parts[0]})", *parts[1:]) if len(parts) > 1 and query.strip() else parts)


def _field(choice: Choice) -> str:
    name = "on" if choice.facet == "year" else choice.facet
    return f"{name}:{choice.value}" if choice.value.isalnum() else f'{name}:"{choice.value}"'


def _link(target: str, text: str) -> str:
    return f'<a href="{escape(target, quote=True)}">{escape(text)}</a>'
