"""Asks a child process where the words of a page stand."""

from __future__ import annotations

from types import TracebackType

from workbench.domain.errors import ChildFailed
from workbench.domain.geometry import Box, Word
from workbench.runtime.sandbox import Sandbox
from workbench.store.case_file import CaseFile


class PageReader:
    """Words and boxes of pages; keeps one document open in a child process. Not for several threads at once."""

    def __init__(self) -> None:
        self._child = Sandbox("workbench.pdf.text:make_task")
        self._open = ""

    def words(self, case: CaseFile, sha256: str, page_index: int) -> list[Word]:
        """The words of one page with half-open offsets into its stored text; raises ``ChildFailed``."""
        try:
            if self._open != sha256:
                self._open = ""
                self._child.call({"do": "open"}, [case.reading_copy(sha256)])
                self._open = sha256
            answer = self._child.call({"do": "words", "page_index": page_index})
        except ChildFailed:
            self._open = ""
            raise
        return [Word(start, end, Box(x0, y0, x1, y1)) for start, end, x0, y0, x1, y1 in answer.facts["words"]]

    def close(self) -> None:
        """Let the child go."""
        self._child.close()

    def __enter__(self) -> PageReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
