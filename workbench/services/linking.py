"""What excerpts can be linked to, and linking one or many of them in a single step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.domain.change import Action, Change
from workbench.domain.dates import in_words, parse_edtf, propose_date
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, Person, ScopeParagraph, Theme
from workbench.domain.ids import AnyId, ExcerptId, ThemeId, new_id
from workbench.domain.inquiry import Issue
from workbench.services.excerpting import NewLink, put_links
from workbench.services.framing import new_in_frame
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

#: What can be made while linking, in the order it is offered. A scope paragraph cannot: the scope is given.
CREATABLE = ("institution", "theme", "person", "case study", "event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something an excerpt can be linked to; ``also`` are other words it is found by.

    ``kind`` is institution, scope, theme, event, person, issue or case study; ``last_used`` sorts, "" for never.
    """

    kind: str
    id: AnyId
    name: str
    also: str = ""
    last_used: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A link to make; without an ``id`` the thing itself is made first, from ``kind`` and ``name``."""

    kind: str
    name: str
    id: AnyId | None = None
    stance: Stance = Stance.CONTEXT


def link_targets(case: CaseFile) -> list[Target]:
    """Everything an excerpt can be linked to, what was used last first, then by name."""
    used: dict[str, str] = {}
    for link in case.all(Link):  # ids are ordered by time: the newest link of a target wins
        used[link.target] = link.id.partition("_")[2]
    for excerpt in case.all(Excerpt):
        for theme in excerpt.themes:
            used[theme] = max(used.get(theme, ""), excerpt.id.partition("_")[2])
    found = [replace(target, last_used=used.get(target.id, "")) for target in _targets(case)]
    found.sort(key=lambda target: target.name.casefold())
    found.sort(key=lambda target: target.last_used, reverse=True)
    return found


def _targets(case: CaseFile) -> list[Target]:
    made = [
        Target(kind="institution", id=AnyId(i.id), name=i.name, also=" ".join((*i.aliases, i.name_cy)))
        for i in case.all(Institution)
    ]
    made += [
        Target(kind="scope", id=AnyId(p.id), name=f"{p.number}  {p.text}") for p in case.all(ScopeParagraph, "position")
    ]
    made += [Target(kind="theme", id=AnyId(t.id), name=t.name) for t in case.all(Theme)]
    made += [
        Target(kind="event", id=AnyId(e.id), name=e.title, also=f"{e.on} {in_words(e.on)}") for e in case.all(Event)
    ]
    made += [Target(kind="person", id=AnyId(p.id), name=p.cipher, also=p.person_class) for p in case.all(Person)]
    made += [Target(kind="issue", id=AnyId(i.id), name=f"{i.number}  {i.text}") for i in case.all(Issue)]
    return made + [Target(kind="case study", id=AnyId(s.id), name=s.title) for s in case.all(CaseStudy)]


def dated_title(text: str) -> tuple[str, str] | None:
    """``"Register opened 2014-03"`` or ``"... 12 March 2014"`` -> title and EDTF; None without a date at the end."""
    words = text.split()
    for length in (3, 2, 1):
        title, tail = " ".join(words[:-length]).strip(" ,"), " ".join(words[-length:])
        on = propose_date(tail) or ""
        if title and on and in_words(on).casefold() == tail.casefold():
            return title, on
    title = " ".join(words[:-1]).strip(" ,")
    try:
        return (title, parse_edtf(words[-1]).text) if title else None
    except Refused:
        return None


def annotate(case: CaseFile, excerpts: Sequence[ExcerptId], wanted: Sequence[Wanted], *, note: str = "") -> Change:
    """Add links and themes to several excerpts, and a note to those that have none, as one step."""
    with case.change(Action.LINK, _how_many(excerpts)) as step:
        links, themes = _settle(step, wanted)
        for excerpt in excerpts:
            record = step.get(Excerpt, excerpt)
            joined = tuple(dict.fromkeys((*record.themes, *themes)))
            step.put(replace(record, themes=joined, note=record.note or note))
            put_links(step, excerpt, links)
    return step.change


def settle_links(case: CaseFile, excerpt: ExcerptId, wanted: Sequence[Wanted], *, note: str) -> Change:
    """Make the links, themes and note of one excerpt exactly these, as one step."""
    with case.change(Action.LINK, _how_many((excerpt,))) as step:
        links, themes = _settle(step, wanted)
        step.put(replace(step.get(Excerpt, excerpt), themes=tuple(themes), note=note))
        kept = {(link.target, link.stance) for link in links}
        for link in step.all(Link, excerpt=excerpt):
            if (link.target, link.stance) not in kept:
                step.delete(Link, link.id)
        put_links(step, excerpt, links)
    return step.change


def _how_many(excerpts: Sequence[ExcerptId]) -> str:
    return "" if len(excerpts) == 1 else f"{len(excerpts)} excerpts"


def _settle(step: Step, wanted: Sequence[Wanted]) -> tuple[list[NewLink], list[ThemeId]]:
    """The links and themes for what is wanted; what has no id yet is found by its name or made."""
    links, themes = [], []
    for item in wanted:
        identifier = item.id or _made(step, item.kind, item.name.strip())
        if item.kind == "theme":
            themes.append(ThemeId(identifier))
        else:
            links.append(NewLink(target=identifier, stance=item.stance))
    return links, themes


def _made(step: Step, kind: str, name: str) -> AnyId:
    if not name:
        raise Refused(f"The {kind} has no name. Type one.")
    known = _known(step, kind, name)
    if known is not None:
        return known
    record = _event(name) if kind == "event" else new_in_frame(kind, name)
    if record is None:
        raise Refused(f"“{name}” is not in the scope. Choose one of its paragraphs.")
    step.put(record)
    return AnyId(record.id)


def _known(step: Step, kind: str, name: str) -> AnyId | None:
    folded = name.casefold()
    for institution in step.all(Institution) if kind == "institution" else ():
        if folded in {known.casefold() for known in (institution.name, *institution.aliases)}:
            return AnyId(institution.id)
    named: list[tuple[str, str]] = []
    if kind == "theme":
        named = [(item.id, item.name) for item in step.all(Theme)]
    elif kind == "person":
        named = [(item.id, item.cipher) for item in step.all(Person)]
    elif kind == "case study":
        named = [(item.id, item.title) for item in step.all(CaseStudy)]
    return next((AnyId(identifier) for identifier, known in named if known.casefold() == folded), None)


def _event(name: str) -> Event:
    dated = dated_title(name)
    if dated is None:
        raise Refused(f"The event “{name}” has no date. Add one at its end: 2014, 2014-03 or 2014-03-12.")
    title, on = dated
    date = parse_edtf(on)
    return Event(id=new_id("evt"), title=title, on=on, on_earliest=date.earliest, on_latest=date.latest)
