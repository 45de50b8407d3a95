"""A command for the inquiry's own registers: requests, hearings, parties and issues."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, say
from workbench.services.inquiry_list import InquiryLists, RequestRow, inquiry_lists


@click.command("inquiry")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def inquiry_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List requests with what came of them, hearings, parties and issues, with totals."""
    with opened(case_path, passphrase_file) as case:
        lists = inquiry_lists(case, date.today())
    if as_json:
        print_json(lists.as_json())
    else:
        _print(lists)
    totals = lists.totals
    say(
        f"{totals.requests} requests ({totals.requests_answered} answered, {totals.requests_overdue} overdue); "
        f"{totals.documents_under_requests} documents came under requests, {totals.documents_without_request} without; "
        f"{totals.hearing_days} days of hearing, {totals.closed_days} of them closed; {totals.core_participants} core "
        f"participants; {totals.issues} issues, {totals.issues_open} open."
    )
    raise SystemExit(EXIT_WITH_FINDINGS if totals.requests_overdue else EXIT_DONE)


def _print(lists: InquiryLists) -> None:
    for row in lists.requests:
        click.echo(
            f"{printable(row.reference):<12} {_state(row):<16} {row.documents:>5} documents  "
            f"{printable(row.institution or (row.request.addressee if row.request else ''))}"
        )
    for day in lists.hearings:
        number = f"Day {day.hearing.day}" if day.hearing.day else "Hearing"
        names = printable(", ".join(day.hearing.witnesses))
        click.echo(f"{number:<12} {day.hearing.on:<11} {day.hearing.kind:<7} {printable(day.hearing.title)}  {names}")
    for party in lists.parties:
        ended = "" if party.is_current else f"  until {party.party.until_on}"
        click.echo(f"{party.party.role:<18} {printable(party.party.name)}{ended}")
    for issue in lists.issues:
        click.echo(
            f"Issue {issue.issue.number:<8} {issue.issue.status:<9} {issue.excerpts:>4} excerpts  {issue.issue.text}"
        )


def _state(row: RequestRow) -> str:
    if row.days_left is None:
        return row.state
    return f"overdue by {-row.days_left} d" if row.days_left < 0 else f"due in {row.days_left} d"


COMMANDS = (inquiry_command,)
