"""Commands for redaction: mark a term, review marks, make redacted copies that were proven."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from workbench.cli.commands_output import override_option
from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.domain.audience import AUDIENCES
from workbench.domain.document import Document
from workbench.domain.errors import NotFound
from workbench.domain.ids import RedactionId, RestrictionId
from workbench.domain.protection import MarkState, Redaction, Restriction
from workbench.services.document_list import document_with_urn
from workbench.services.redacted_export import export_redacted
from workbench.services.redacting import ScheduleRow, marks_of, redaction_schedule, review
from workbench.services.redaction_marks import Grounds, mark_every_occurrence
from workbench.store.case_file import CaseFile


@click.command("mark")
@case_argument
@click.argument("term")
@click.option("--reason", required=True, help="A reason of the list: its code or title.")
@click.option("--restriction", default="", help="The restriction it rests on: its id, or kind and date.")
@click.option("--label", default="", help="Written in its place, such as a cipher; otherwise [REDACTED].")
@click.option("--document", "urns", multiple=True, metavar="URN", help="Only in this document; may be repeated.")
@passphrase_option
def mark_command(
    case_path: Path,
    term: str,
    reason: str,
    restriction: str,
    label: str,
    urns: tuple[str, ...],
    passphrase_file: Path | None,
) -> None:
    """Propose to redact TERM wherever it stands in the text of the case."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        documents = [document_with_urn(case, urn).id for urn in urns] or None
        found = _restriction(case, restriction) if restriction else None
        grounds = Grounds(reason=reason, restriction=found, label=label)
        marked = mark_every_occurrence(case, term, grounds, documents=documents, ticket=ticket)
        pages = len({(mark.document, mark.page_index) for mark in marked.marks})
    say(f"{marked.new} marks are new, {len(marked.marks) - marked.new} were there; {pages} pages.")
    raise SystemExit(EXIT_DONE if marked.marks else EXIT_WITH_FINDINGS)


def _restriction(case: CaseFile, name: str) -> RestrictionId:
    """A restriction by its id, or by how it is listed: kind, maker, date."""
    wanted = name.casefold()
    known = case.all(Restriction)
    fitting = [
        item
        for item in known
        if wanted in (item.id.casefold(), f"{item.kind} {item.on}".casefold(), item.on.casefold())
    ]
    if len(fitting) == 1:
        return fitting[0].id
    listed = ", ".join(f"{item.id} ({item.kind} {item.on})" for item in known) or "none yet"
    raise NotFound(f"“{printable(name)}” does not name one restriction of this case. It has: {listed}.")


@click.command("marks")
@case_argument
@click.option("--document", "urn", default="", metavar="URN", help="Only the marks of this document.")
@click.option("--approve", multiple=True, metavar="ID", help="Approve a mark, or “all” that are proposed.")
@click.option("--reject", multiple=True, metavar="ID", help="Reject a mark, or “all” that are proposed.")
@click.option("--note", default="", help="Why; kept in the history.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def marks_command(
    case_path: Path,
    urn: str,
    approve: tuple[str, ...],
    reject: tuple[str, ...],
    note: str,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """List the redaction marks, without the words under them, or decide them."""
    with opened(case_path, passphrase_file) as case:
        document = document_with_urn(case, urn) if urn else None
        for chosen, decision in ((approve, MarkState.APPROVED), (reject, MarkState.REJECTED)):
            ids = _chosen(case, chosen, document)
            if ids:
                review(case, ids, decision, note=note)
        rows = redaction_schedule(case, document.id if document else None)
    if as_json:
        print_json({"marks": [_described(row) for row in rows]})
        return
    for row in rows:
        what = "area" if row.is_area else "words"
        grounds = "; ".join(part for part in (row.reason, row.basis, row.restriction) if part) or "no reason yet"
        click.echo(f"{row.id}  {row.urn}  page {row.page_number}  {what}  {row.state.value}  {printable(grounds)}")
    say(f"{len(rows)} marks.")


def _chosen(case: CaseFile, names: tuple[str, ...], document: Document | None) -> list[RedactionId]:
    if "all" in names:
        return [mark.id for mark in marks_of(case, document.id if document else None, MarkState.PROPOSED)]
    return [case.get(Redaction, name).id for name in names]


def _described(row: ScheduleRow) -> dict[str, Any]:
    times = {name: at.isoformat() if at else None for name, at in _times(row).items()}
    return asdict(row) | times


def _times(row: ScheduleRow) -> dict[str, Any]:
    return {"proposed_at": row.proposed_at, "decided_at": row.decided_at}


@click.command("redact")
@case_argument
@click.argument("urns", metavar="URN...", nargs=-1, required=True)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)
@click.option("--audience", default=AUDIENCES[-1], show_default=True, type=click.Choice(AUDIENCES[1:]))
@override_option
@passphrase_option
def redact_command(
    case_path: Path,
    urns: tuple[str, ...],
    out: Path,
    audience: str,
    override_leaks: str,
    passphrase_file: Path | None,
) -> None:
    """Write redacted copies of documents, each read back, proven and swept for names, with the checks beside it."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        documents = [document_with_urn(case, urn) for urn in dict.fromkeys(urns)]
        written = export_redacted(case, documents, out, audience=audience, override=override_leaks, ticket=ticket)
    for copy in written:
        click.echo(str(copy.path))
        for notice in copy.notices:
            say(f"{copy.urn}: {printable(notice)}")


COMMANDS = (mark_command, marks_command, redact_command)
