"""One step links many excerpts; what is new is made on the way and found again by its name."""

from __future__ import annotations

import pytest

from workbench.domain.document import Document
from workbench.domain.errors import Refused
from workbench.domain.event import Event
from workbench.domain.excerpt import Excerpt, Link, Stance
from workbench.domain.frame import Institution, Person, ScopeParagraph, Theme
from workbench.domain.ids import AnyId, ExcerptId
from workbench.services.excerpting import make_excerpt
from workbench.services.framing import merge_in_frame
from workbench.services.linking import Wanted, annotate, dated_title, link_targets, settle_links
from workbench.store.case_file import CaseFile


@pytest.fixture
def three(case: CaseFile) -> list[ExcerptId]:
    letter = case.first(Document, urn="INQ000001")
    assert letter is not None
    for start in (0, 11, 30):
        make_excerpt(case, document=letter.id, page_index=0, start=start, end=start + 10)
    return [item.id for item in case.all(Excerpt)]


def test_many_excerpts_are_linked_in_one_step(case: CaseFile, three: list[ExcerptId]) -> None:
    wanted = [
        Wanted(kind="institution", name="Northmere Telecom", stance=Stance.UNDERMINES),
        Wanted(kind="theme", name="Delay"),
        Wanted(kind="person", name="IN-A7"),
        Wanted(kind="event", name="Register opened 12 March 2014", stance=Stance.SUPPORTS),
    ]
    annotate(case, three, wanted, note="together")
    assert case.count(Link) == 9
    assert {case.get(Excerpt, item).note for item in three} == {"together"}
    assert [theme.name for theme in case.all(Theme)] == ["Delay"]
    (event,) = case.all(Event)
    assert (event.title, event.on) == ("Register opened", "2014-03-12")
    annotate(case, three[:1], [Wanted(kind="institution", name="northmere telecom", stance=Stance.UNDERMINES)])
    assert case.count(Institution) == 1 and case.count(Link) == 9
    case.undo()
    case.undo()
    assert (case.count(Link), case.count(Event), case.count(Person)) == (0, 0, 0)


def test_last_used_comes_first(case: CaseFile, three: list[ExcerptId]) -> None:
    paragraph = case.all(ScopeParagraph, "position")[3]
    annotate(case, three[:1], [Wanted(kind="institution", name="Zeta Hosting")])
    annotate(case, three[:1], [Wanted(kind="scope", name="", id=AnyId(paragraph.id))])
    names = [target.name for target in link_targets(case)]
    assert names[0].startswith(paragraph.number) and names[1] == "Zeta Hosting"


def test_settling_makes_the_links_exactly_these(case: CaseFile, three: list[ExcerptId]) -> None:
    annotate(case, three[:1], [Wanted(kind="institution", name="One"), Wanted(kind="theme", name="T")], note="old")
    settle_links(case, three[0], [Wanted(kind="institution", name="Two")], note="")
    excerpt = case.get(Excerpt, three[0])
    assert (excerpt.note, excerpt.themes) == ("", ())
    assert [case.get(Institution, link.target).name for link in case.all(Link)] == ["Two"]
    case.undo()
    assert case.get(Excerpt, three[0]).note == "old"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Register opened 2014-03", ("Register opened", "2014-03")),
        ("Register opened, 12 March 2014", ("Register opened", "2014-03-12")),
        ("Register opened 2014", ("Register opened", "2014")),
        ("Register opened", None),
        ("2014", None),
        ("", None),
    ],
)
def test_a_date_at_the_end_is_read(typed: str, read: tuple[str, str] | None) -> None:
    assert dated_title(typed) == read


def test_an_event_without_a_date_changes_nothing(case: CaseFile, three: list[ExcerptId]) -> None:
    with pytest.raises(Refused, match="has no date"):
        annotate(case, three, [Wanted(kind="theme", name="Kept?"), Wanted(kind="event", name="Register opened")])
    assert case.count(Theme) == 0


def test_merging_two_institutions_moves_links_and_names(case: CaseFile, three: list[ExcerptId]) -> None:
    annotate(case, three[:2], [Wanted(kind="institution", name="Northmere")])
    annotate(case, three[1:], [Wanted(kind="institution", name="Northmere Telecom plc")])
    kept, other = (item.id for item in case.all(Institution, "name"))
    merge_in_frame(case, kept, [other])
    (left,) = case.all(Institution)
    assert (left.name, left.aliases) == ("Northmere", ("Northmere Telecom plc",))
    assert {link.target for link in case.all(Link)} == {kept} and case.count(Link) == 3
    case.undo()
    assert case.count(Institution) == 2 and case.count(Link) == 4
