"""Documents to measure with: made up with a seed, and real ones where there are any."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pymupdf

from tests.conftest import corpus_folder
from tests.documents import put_document
from workbench.domain.received import PageText
from workbench.domain.terms import joined_text, reference_terms
from workbench.store.case_file import CaseFile

SEED, VOCABULARY, WORDS_ON_PAGE = 2021, 60_000, 300
_COMMON = [
    "the", "of", "and", "to", "in", "that", "a", "for",
    "platform", "policy", "regulator", "report", "notice", "board", "unit", "response",
    "guidance", "review", "duty", "register", "department", "officer", "statement", "code",
    "figures", "complaint", "standard", "answered", "within", "section", "paragraph",
]  # fmt: skip
_SYLLABLES = ["ba", "re", "mi", "to", "lan", "ser", "con", "vi", "pol", "tra", "den", "ous", "ic", "al", "er", "um"]


class Writer:
    """Writes pages of invented words whose frequencies fall off as those of a language do."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)
        made = {"".join(self._random.choices(_SYLLABLES, k=self._random.randint(2, 5))) for _ in range(VOCABULARY)}
        self.words = _COMMON + sorted(made)
        self._weights = [1 / (rank + 2) for rank in range(len(self.words))]
        self._cumulated: list[float] = []
        total = 0.0
        for weight in self._weights:
            total += weight
            self._cumulated.append(total)

    def page(self) -> str:
        """One page of text in lines of twelve words."""
        words = self._random.choices(self.words, cum_weights=self._cumulated, k=WORDS_ON_PAGE)
        return "\n".join(" ".join(words[start : start + 12]) for start in range(0, len(words), 12))


def write_pdfs(folder: Path, files: int, pages: int) -> list[Path]:
    """So many PDF files with so many pages each."""
    folder.mkdir(parents=True, exist_ok=True)
    writer, written = Writer(), []
    for number in range(1, files + 1):
        path = folder / f"INQ{number:06} generated.pdf"
        with pymupdf.open() as document:
            for _ in range(pages):
                page = document.new_page(width=595, height=842)
                page.insert_text((50, 60), writer.page(), fontsize=8)
            document.save(path, deflate=True)
        written.append(path)
    return written


def real_pdfs() -> list[Path]:
    """Real public-sector PDFs, where the corpus is there."""
    folder = corpus_folder()
    return [] if folder is None else sorted((folder / "01_public_sector_pdf").rglob("*.pdf"))


def page_texts(count: int) -> Iterator[PageText]:
    """Pages as importing makes them."""
    writer = Writer()
    for _ in range(count):
        text = writer.page()
        search_text = joined_text(text)
        yield PageText(text=text, width_pt=595, height_pt=842, search_text=search_text, terms=reference_terms(text))


def fill(case: CaseFile, pages: int, each: int = 100) -> None:
    """Put documents of ``each`` pages into a case without an importer."""
    texts = page_texts(pages)
    for number in range(1, pages // each + 1):
        own = list(itertools.islice(texts, each))
        urn = f"INQ{number:06}"
        kind = ("letter", "minutes", "report")[number % 3]
        put_document(case, urn, own, title=f"Document {number}", kind=kind)
