"""Proves that a case is as its history says."""

from __future__ import annotations

from workbench.domain.change import VerifyCheck
from workbench.domain.progress import Ticket
from workbench.store.case_file import CaseFile


def verify_case(case: CaseFile, ticket: Ticket | None = None) -> list[VerifyCheck]:
    """One line per check: chain, originals, rows, pages, text index, keys."""
    return case.verify(ticket or Ticket())
