"""The gate before anything leaves the team: finished files are swept for protected names, and one stops them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.domain.analysis import Finding, Recommendation
from workbench.domain.certificate import Override
from workbench.domain.errors import CheckFailed, Refused
from workbench.domain.ledger import FindingSupport
from workbench.domain.progress import Ticket
from workbench.domain.protected_names import ProtectedName
from workbench.services.clearing import Clearing
from workbench.services.genealogy import unfounded
from workbench.services.ledger import ledger_of
from workbench.services.letter_list import WarningsGiven
from workbench.services.names import open_names
from workbench.services.redacting import marks_of
from workbench.services.sweeping import SweepReport, sweep_files
from workbench.store.case_file import CaseFile

#: So many places are listed when an export stops.
_LISTED = 20
#: Shorter quotes stand in ordinary sentences too.
_LEAST_QUOTE = 8


class LeaksFound(CheckFailed):
    """Protected names stand in the finished files, or a file could not be looked into; nothing was handed over."""

    def __init__(self, what: str, report: SweepReport) -> None:
        self.report = report
        lines = [leak.sentence for leak in report.leaks] + list(report.not_swept)
        shown = "\n".join(f"  {line}" for line in lines[:_LISTED])
        more = f"\n  … and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
        super().__init__(
            f"{what} was not handed over: {len(report.leaks)} places name somebody who is protected"
            f"{f', and {len(report.not_swept)} could not be looked into' if report.not_swept else ''}. "
            f"Mark them as redactions, or give a reason to hand it over all the same.\n{shown}{more}"
        )


class UnsupportedFindings(CheckFailed):
    """Findings that are red in the claim ledger, or recommendations that rest on nothing; nothing was handed over.

    ``reasons`` has one sentence for each.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        lines = "\n".join(f"  {reason}" for reason in self.reasons[:_LISTED])
        more = f"\n  … and {len(self.reasons) - _LISTED} more" if len(self.reasons) > _LISTED else ""
        super().__init__(
            f"Nothing was handed over: {len(self.reasons)} conclusions do not rest on what they should. Mend them, "
            f"withdraw them, or give a reason to hand them over all the same.\n{lines}{more}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Files that passed the gate: what was looked for and found, and the override if a person gave one."""

    names: tuple[ProtectedName, ...]
    report: SweepReport
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnedCriticism:
    """Criticism that may leave: the letters that were dispensed with, and what should be known of the others."""

    overrides: tuple[Override, ...] = ()
    notices: tuple[str, ...] = ()


def names_to_sweep(case: CaseFile, clearing: Clearing) -> tuple[ProtectedName, ...]:
    """Everything that must not stand in an export for this audience, in clear."""
    ciphers = clearing.protected_ciphers()
    people = [
        ProtectedName(person_cipher=name.cipher, kind=name.kind, term=name.term)
        for name in open_names(case)
        if name.cipher in ciphers
    ]
    terms = [ProtectedName(person_cipher="", kind="term", term=term) for term in clearing.restricted_terms()]
    return (*people, *terms)


def release(
    case: CaseFile,
    clearing: Clearing,
    what: str,
    files: Mapping[str, bytes],
    ticket: Ticket,
    *,
    override: str = "",
) -> Released:
    """Sweep files that are about to be written; raises ``LeaksFound`` unless ``override`` gives a reason."""
    names = names_to_sweep(case, clearing)
    report = sweep_files(files, names, ticket)
    if report.is_clean:
        return Released(names=names, report=report)
    if not override.strip():
        raise LeaksFound(what, report)
    overridden = Override(
        what=f"{len(report.leaks)} places that name somebody, {len(report.not_swept)} not looked into: "
        + " ".join([*(leak.sentence for leak in report.leaks[:_LISTED]), *report.not_swept[:_LISTED]]),
        reason=override.strip(),
        who=case.who,
        at=datetime.now(UTC),
    )
    return Released(names=names, report=report, overrides=(overridden,))


def marked_words_override(
    case: CaseFile, clearing: Clearing, what: str, written: Iterable[tuple[str, str]], override: str
) -> tuple[Override, ...]:
    """Look for words under redaction marks in what people wrote: (where, text) each.

    Raises ``CheckFailed`` naming where they stand, without the words, unless ``override`` gives a reason.
    """
    if clearing.is_open:
        return ()
    marked = {_plain(mark.quote) for mark in marks_of(case) if clearing.binds(mark)}
    quotes = [quote for quote in marked if " " in quote and len(quote) >= _LEAST_QUOTE]
    found = dict.fromkeys(where for where, text in written if any(quote in _plain(text) for quote in quotes))
    if not found:
        return ()
    sentence = f"words that are marked for redaction stand in {', '.join(found)}"
    if not override.strip():
        raise CheckFailed(
            f"{what} was not handed over: {sentence}. Write them differently, or give a reason to hand it over all "
            "the same."
        )
    return (Override(what=f"{sentence}.", reason=override.strip(), who=case.who, at=datetime.now(UTC)),)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def refuse_unwarned_criticism(case: CaseFile, clearing: Clearing, findings: Sequence[Finding]) -> WarnedCriticism:
    """Raise ``Refused`` when criticism would reach an audience beyond the team without its warning letters.

    Inquiry Rules 2006, rules 13 to 15: everybody criticised was sent a letter and has answered, or the time to answer
    is over, or the letter was expressly dispensed with. What was dispensed with is an override; what is told but does
    not hold anything back are notices.
    """
    if clearing.is_open:
        return WarnedCriticism()
    letters = WarningsGiven(case, clearing.today)
    missing = [sentence for finding in findings for sentence in letters.missing(finding)]
    if missing:
        more = f" There are {len(missing) - 1} more like it." if len(missing) > 1 else ""
        raise Refused(
            f"Criticism cannot go beyond the team before whoever it criticises could answer: {missing[0]}{more} "
            "Send the warning letter and record its answer, dispense with it giving the reason, or leave the finding "
            "out."
        )
    overrides = tuple(
        Override(what=what, reason="The reason stands with the letter.", who=case.who, at=datetime.now(UTC))
        for finding in findings
        for what in letters.waived(finding)
    )
    return WarnedCriticism(
        overrides=overrides, notices=tuple(notice for finding in findings for notice in letters.notices(finding))
    )


def refuse_unsupported(case: CaseFile, findings: Sequence[Finding], override: str = "") -> tuple[Override, ...]:
    """Raise ``UnsupportedFindings`` for red findings, whoever they are for, unless ``override`` gives a reason.

    With a reason each red finding becomes an override, to be recorded with the export.
    """
    red = [support for support in ledger_of(case, findings) if support.is_red]
    return _overridden(case, [red_sentence(support) for support in red], override)


def refuse_unfounded(
    case: CaseFile, recommendations: Sequence[Recommendation], override: str = ""
) -> tuple[Override, ...]:
    """Raise ``UnsupportedFindings`` for recommendations that no finding leads to, unless there is a reason."""
    return _overridden(case, unfounded(case, recommendations), override)


def red_sentence(support: FindingSupport) -> str:
    """Why a finding is not exported, in one sentence."""
    told = "; ".join(fault.spoken for fault in support.faults if fault.state.is_red)
    return f"The finding “{support.name}” is not exported: {told}."


def _overridden(case: CaseFile, reasons: Sequence[str], override: str) -> tuple[Override, ...]:
    if reasons and not override.strip():
        raise UnsupportedFindings(reasons)
    reason, now = override.strip(), datetime.now(UTC)
    told = (sentence.replace("is not exported:", "is exported although") for sentence in reasons)
    return tuple(Override(what=what, reason=reason, who=case.who, at=now) for what in told)
