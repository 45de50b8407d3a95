"""A case for the coverage matrix: 200 institutions, 40 scope paragraphs, 20,000 links, assessments, events, doubts."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

from tests.documents import put_document
from workbench.domain.analysis import Assessment, Rating, ScopeExclusion, SecondReading
from workbench.domain.change import Action
from workbench.domain.dates import parse_edtf
from workbench.domain.document import page_text_digest
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.domain.geometry import Box
from workbench.domain.ids import AnyId, InstitutionId, ScopeParagraphId, new_id
from workbench.domain.received import PageText
from workbench.services.session import create_case
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

INSTITUTIONS, PARAGRAPHS, LINKS = 200, 40, 20_000
_PLACES = ("Northmere", "Southwick", "Eastleigh Vale", "Westbrook", "Llŷn", "Harbour", "Brightwell", "Alderton")
_KINDS = ("Police Digital Unit", "Office for Online Standards", "Connect Ltd", "Department for Digital Safety")
_TEXT = "The platform kept a register of notices. It was reviewed twice a year by the compliance office.\n"
_MADE_AT = datetime(2026, 1, 2, tzinfo=UTC)


def make_coverage_case(
    path: Path, *, institutions: int = INSTITUTIONS, paragraphs: int = PARAGRAPHS, links: int = LINKS, seed: int = 7
) -> CaseFile:
    """The case, open, without a passphrase; the same for the same seed but for its identifiers."""
    chance = random.Random(seed)
    case = create_case(path, passphrase=None, who="bench")
    bodies = [
        Institution(
            id=new_id("ins"), name=f"{_PLACES[n % 8]} {_KINDS[n // 8 % 4]}" + (f" {n // 32 + 1}" if n > 31 else "")
        )
        for n in range(institutions)
    ]
    with case.change(Action.EDIT_FRAME, "frame") as step:
        for known in step.all(ScopeParagraph):
            step.delete(ScopeParagraph, known.id)
        scope = _scope(step, paragraphs)
        step.put_all(bodies)
        step.put(
            CaseStudy(
                id=new_id("cst"), title="Answers to notices", institutions=tuple(b.id for b in bodies[:6]),
                scope=tuple(scope[:5]), period="2011/2016",
            )
        )  # fmt: skip
    documents = [
        put_document(
            case, f"INQ{n:06}", [PageText(text=_TEXT, search_text="", terms="", width_pt=595, height_pt=842)],
            content=f"%PDF {n}".encode(), title=f"Document {n}", filename=f"{n}.pdf",
            **({} if n % 11 == 0 else _dated(f"{2010 + n % 9}-{n % 12 + 1:02}")),
        )
        for n in range(60)
    ]  # fmt: skip
    rows = [body.id for body in bodies]
    with case.change(Action.MAKE_EXCERPT, "excerpts") as step:
        excerpts = _link(step, [d.id for d in documents], rows, scope, links, chance)
        _assess(step, rows, scope, excerpts, chance)
    return case


def _dated(on: str) -> dict[str, str]:
    read = parse_edtf(on)
    return {"on": read.text, "on_earliest": read.earliest, "on_latest": read.latest}


def _scope(step: Step, count: int) -> list[ScopeParagraphId]:
    """Paragraphs to judge by, ten under each heading."""
    found: list[ScopeParagraphId] = []
    for n in range(count):
        if n % 10 == 0:
            above = ScopeParagraph(
                id=new_id("scp"), number=str(n // 10 + 1), text=f"Heading {n // 10 + 1}.", kind="lens", position=n * 2
            )
            step.put(above)
        text = f"The adequacy of the response to notices of kind {n + 1}, and of what was made of it afterwards."
        number = f"{n // 10 + 1}.{n % 10 + 1}"
        item = ScopeParagraph(
            id=new_id("scp"), number=number, text=text, kind="adequacy", parent=above.id, position=n * 2 + 1
        )
        step.put(item)
        found.append(item.id)
    return found


def _link(step: Step, documents: list, rows: list, scope: list, links: int, chance: random.Random) -> list:
    digest, excerpts = page_text_digest(_TEXT), []
    for n in range(links // 2):
        excerpt = Excerpt(
            id=new_id("exc"), document=documents[n % len(documents)], page_index=0, start=4, end=12, quote="platform",
            text_digest=digest, boxes=(Box(72, 80, 140, 95),), made_at=_MADE_AT,
            withdrawn="Taken back by its supplier." if n % 97 == 0 else "",
        )  # fmt: skip
        step.put(excerpt)
        excerpts.append(excerpt.id)
        stance = chance.choices(list(Stance), (5, 4, 3, 1))[0]
        row = rows[min(int(chance.paretovariate(0.9)) - 1, len(rows) - 1) if n % 2 else chance.randrange(len(rows))]
        column = scope[chance.randrange(len(scope))]
        for target in (row, column):
            step.put(Link(id=new_id("lnk"), excerpt=excerpt.id, target=AnyId(target), stance=stance))
    return excerpts


def _assess(step: Step, rows: list, scope: list, excerpts: list, chance: random.Random) -> None:
    places = [(row, column) for row in rows for column in scope]
    ratings = list(Rating)
    for row, column in chance.sample(places, len(places) * 2 // 5):
        item = Assessment(
            id=new_id("asm"), institution=InstitutionId(row), scope=ScopeParagraphId(column),
            rating=chance.choices(ratings, (4, 5, 4, 1, 1))[0],
            period=chance.choice(["", "2011/2013", "2014", "2012/.."]),
            evidence_for=tuple(chance.sample(excerpts, 2)), evidence_against=tuple(chance.sample(excerpts, 1)),
            gaps=("No figures before 2013.",), author="A. Reader",
        )  # fmt: skip
        step.put(item)
        if chance.random() < 0.15:
            given = chance.choice(ratings[:3])
            step.put(SecondReading(id=new_id("snd"), assessment=item.id, reader="B. Reader", rating=given))
    for row, column in chance.sample(places, len(places) // 12):
        reason = "It had no powers of this kind."
        step.put(
            ScopeExclusion(
                id=new_id("sxc"), institution=row, scope=column, reason=reason, period=chance.choice(["", "2010"])
            )
        )
    for n in range(len(excerpts) // 5):
        on = parse_edtf(f"{2010 + n % 9}-{n % 12 + 1:02}")
        row, column = chance.choice(places)
        step.put(
            Event(
                id=new_id("evt"), title=f"Event {n}", on=on.text, on_earliest=on.earliest, on_latest=on.latest,
                institutions=(row,), scope=(column,), sources=(excerpts[n],),
            )
        )  # fmt: skip
