"""Says which page of the case study's bundle shows a page of a document, from the account of one build."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.domain.bundle import Build, Bundle
from workbench.domain.citation_styles import bundle_form
from workbench.domain.dates import in_words
from workbench.domain.ids import CaseStudyId
from workbench.domain.page_map import MapRow
from workbench.services.builds import account_of, build_named, builds_of
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePages:
    """The pages of one build by (content of the document, page index); empty when there is no build to cite."""

    title: str = ""
    number: int = 0
    built_on: str = ""
    filename: str = ""
    has_volumes: bool = False
    rows: Mapping[tuple[str, int], MapRow] = field(default_factory=dict)
    #: What was read back from each page of the finished bundle.
    texts: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        return bool(self.rows)

    @property
    def name(self) -> str:
        """``“Hearing bundle”, build 2 of 3 March 2026``; "" when there is none."""
        return f"“{self.title}”, build {self.number} of {in_words(self.built_on)}" if self.is_known else ""

    def label(self, sha256: str, page_index: int) -> str:
        """``14``, with the volume before it where there are several; "" for a page that is not in the bundle."""
        row = self.rows.get((sha256, page_index))
        if row is None:
            return ""
        return bundle_form([row], "", has_volumes=True) if self.has_volumes else row.label

    def shows(self, sha256: str, page_index: int, words: str) -> bool:
        """Whether the words can be read on the bundle's page; True where nothing was read back from it."""
        text = self.texts.get((sha256, page_index), "")
        return not text or _letters(words) in _letters(text)


def bundle_pages(case: CaseFile, study: CaseStudyId | None, audience: str, build: str = "") -> BundlePages:
    """The pages of the build named, else of the newest build of the case study's bundles.

    A build that was made for this audience goes before others: its numbers are those the reader has.
    """
    chosen = build_named(case, build) if build else _newest(case, study, audience) if study else None
    if chosen is None:
        return BundlePages()
    title = case.get(Bundle, chosen.bundle).name if chosen.bundle is not None else chosen.filename
    account = account_of(case, chosen)
    rows: dict[tuple[str, int], MapRow] = {}
    texts: dict[tuple[str, int], str] = {}
    for at, row in enumerate(account.rows):
        place = (row.sha256, row.source_page_index)
        if row.urn and place not in rows:
            rows[place], texts[place] = row, account.pages[at].text if at < len(account.pages) else ""
    return BundlePages(
        title=title,
        number=chosen.number,
        built_on=chosen.built_at.date().isoformat(),
        filename=chosen.filename,
        has_volumes=len({row.volume for row in rows.values()}) > 1,
        rows=rows,
        texts=texts,
    )


def _letters(words: str) -> str:
    """The letters alone: libraries differ in blanks, hyphens at line ends and ligatures."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if c.isalnum())


def _newest(case: CaseFile, study: CaseStudyId, audience: str) -> Build | None:
    bundles = case.all(Bundle, case_study=study)
    builds = [build for bundle in bundles for build in builds_of(case, bundle.id) if build.account_sha256]
    return max(builds, key=lambda item: (item.audience == audience, item.built_at, item.id), default=None)
