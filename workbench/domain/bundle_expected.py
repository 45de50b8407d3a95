"""What a bundle was planned to be, as its checks need it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.domain.bundle_facts import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEntry:
    """A row of the index as planned.

    ``pages`` counts the pages it takes; ``whole`` those that it should take, when a volume might cut it;
    ``selection`` names the pages of the source, so that two rows with the same pages are the same document twice;
    ``main_label`` is where a core bundle's document stands in the main bundle.
    """

    title: str
    section: str
    target: int
    label: str
    pages: int = 0
    whole: int = 0
    sha256: str = ""
    selection: tuple[int, ...] = ()
    on: str = ""
    kind: str = ""
    main_label: str = ""
    source_bookmarks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedVolume:
    """One file of a bundle in several: its number from 1, how many there are, the last label before it."""

    number: int
    of: int
    label_before: str = ""
    straddling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRedaction:
    """A mark that was burnt in: physical page index, place as displayed, label, and what it rests on."""

    page_index: int
    place: Place
    label: str = ""
    basis: str = ""
    is_fixed_width: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedSweep:
    """The result of a leak sweep: protected terms looked for, files and places read, and where one was found."""

    terms: int
    files: int
    hits: tuple[str, ...] = ()
    bookmark_hits: tuple[str, ...] = ()
    other_file_hits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The plan as the checks need it; ``labels`` in page order, and the letters that each page's source has.

    What is None is not known, and rules that need it say so: ``untyped_pages`` (flagged as photograph, plan or
    manuscript), ``redactions``, ``margin_links`` (page and target of every reference that was made a link),
    ``jigsaw`` (people whom several weak details together point to), ``is_same_again`` (a second build gave the
    same bytes). ``kept_words`` are the words outside the marks, by page; ``section_starts`` title, page and label of
    each section's opening, where that is not its first document.
    """

    title: str
    labels: tuple[str, ...]
    letters: tuple[int, ...]
    index_pages: tuple[int, ...]
    entries: tuple[ExpectedEntry, ...]
    kind: str = ""
    is_beyond_team: bool = False
    pages_before: int = 0
    front_pages: int = 0
    section_starts: tuple[tuple[str, int, str], ...] = ()
    untyped_pages: tuple[int, ...] | None = None
    volume: ExpectedVolume | None = None
    redactions: tuple[ExpectedRedaction, ...] | None = None
    kept_words: tuple[tuple[int, str], ...] = ()
    sweep: ExpectedSweep | None = None
    margin_links: tuple[tuple[int, int], ...] | None = None
    references_not_found: tuple[str, ...] = ()
    jigsaw: tuple[str, ...] | None = None
    is_same_again: bool | None = None
