"""Says what each piece of a report's pages is, for those who listen to a PDF instead of looking at it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(slots=True, eq=False)
class Tag:
    """A heading, paragraph, field of a table …; what it holds comes in the order in which it is read."""

    role: str
    parent: Tag | None = None
    name: str = ""
    language: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    kids: list[Tag | tuple[int, int] | tuple[int, pikepdf.Object]] = field(default_factory=list)
    is_attached: bool = False

    def attach(self) -> None:
        """Take a place among what the parent holds, now."""
        if self.is_attached or self.parent is None:
            return
        self.is_attached = True
        self.parent.attach()
        self.parent.kids.append(self)

    def child(self, role: str, **given: object) -> Tag:
        """A tag inside this one; it takes its place when it is first drawn."""
        return Tag(role, self, attributes=dict(given))


class TagTree:
    """Everything that is read, and which piece of which page belongs to what."""

    def __init__(self) -> None:
        self.root = Tag("Document", is_attached=True)
        self._pages: dict[int, list[Tag]] = {}
        self._annotations: list[Tag] = []
        self._first = 0

    def mark(self, tag: Tag, page: int) -> int:
        """The number of a new piece of a page that belongs to a tag."""
        tag.attach()
        held = self._pages.setdefault(page, [])
        held.append(tag)
        tag.kids.append((page, len(held) - 1))
        return len(held) - 1

    def annotate(self, tag: Tag, page: int, annotation: pikepdf.Object) -> None:
        """An annotation of a page belongs to a tag."""
        tag.attach()
        tag.kids.append((page, annotation))
        annotation.StructParent = self._first + len(self._annotations)
        self._annotations.append(tag)

    def start(self, pages: int) -> None:
        """Annotations are numbered after the pages."""
        self._first = pages

    def write(self, pdf: pikepdf.Pdf, language: str) -> None:
        """Put the tree into the document."""
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        made: dict[int, pikepdf.Object] = {}
        pages = [page.obj for page in pdf.pages]
        tree.K = self._element(pdf, self.root, tree, pages, made)
        numbers = Array()
        for page in sorted(self._pages):
            numbers.append(page)
            numbers.append(pdf.make_indirect(Array([made[id(tag)] for tag in self._pages[page]])))
            pages[page].StructParents = page
            pages[page].Tabs = Name.S
        for place, tag in enumerate(self._annotations):
            numbers.append(self._first + place)
            numbers.append(made[id(tag)])
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        tree.ParentTreeNextKey = self._first + len(self._annotations)
        pdf.Root.StructTreeRoot = tree
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(language)

    def _element(
        self,
        pdf: pikepdf.Pdf,
        tag: Tag,
        parent: pikepdf.Object,
        pages: list[Dictionary],
        made: dict[int, pikepdf.Object],
    ) -> pikepdf.Object:
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag.role), P=parent))
        made[id(tag)] = element
        if tag.name:
            element.ID = String(tag.name)
        if tag.language:
            element.Lang = String(tag.language)
        if tag.attributes:
            element.A = Dictionary({f"/{key}": Name(f"/{value}") for key, value in tag.attributes.items()})
        kids = Array()
        first = next((kid[0] for kid in tag.kids if not isinstance(kid, Tag)), None)
        if first is not None:
            element.Pg = pages[first]
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(self._element(pdf, kid, element, pages, made))
            elif isinstance(kid[1], int) and kid[0] == first:
                kids.append(kid[1])
            elif isinstance(kid[1], int):
                kids.append(Dictionary(Type=Name.MCR, Pg=pages[kid[0]], MCID=kid[1]))
            else:
                kids.append(Dictionary(Type=Name.OBJR, Pg=pages[kid[0]], Obj=kid[1]))
        element.K = kids
        return element
