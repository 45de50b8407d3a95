"""Commands for fairness: how far the warning letters are, and a letter as a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from workbench.cli.commands_output import out_option, override_option
from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.services.letter_export import letter_to, write_letter
from workbench.services.letter_list import LetterRow, finding_numbered, letter_rows


@click.command("letters")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def letters_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List every criticism, whom it affects and how far their warning letter is; never what a letter says."""
    with opened(case_path, passphrase_file) as case:
        rows = letter_rows(case, date.today())
    held = sum(not row.is_enough for row in rows if row.is_criticised)
    if as_json:
        print_json({"letters": [_object(row) for row in rows], "held_back": held})
    for row in rows if not as_json else ():
        whom = row.body_name or ("somebody not in the case" if row.letter else "nobody named")
        wants = f"  wants {', '.join(row.wants)}" if row.wants else ""
        click.echo(f"{row.number:>4}  {_state(row):<18} {printable(whom)}  {printable(row.finding.title)}{wants}")
    say(f"{len(rows)} letters and criticisms without one; {held} hold their criticism back.")
    raise SystemExit(EXIT_WITH_FINDINGS if held else EXIT_DONE)


def _state(row: LetterRow) -> str:
    if row.days_left is None:
        return row.state.value
    if row.days_left < 0:
        return f"overdue by {-row.days_left} d"
    return f"due in {row.days_left} d"


def _object(row: LetterRow) -> dict[str, object]:
    letter = row.letter
    return {
        "finding": row.number,
        "title": row.finding.title,
        "case_study": row.case_study,
        "body": row.body_name,
        "state": row.state.value,
        "sent_on": letter.sent_on if letter else "",
        "due_on": letter.due_on if letter else "",
        "answered_on": letter.answered_on if letter else "",
        "outcome": letter.outcome if letter else "",
        "days_left": row.days_left,
        "is_stale": row.is_stale,
        "wants": list(row.wants),
    }


@click.command("letter")
@case_argument
@click.argument("finding")
@click.option("--to", "addressee", required=True, help="Whom it is to: an institution, a cipher or the addressee.")
@out_option
@override_option
@passphrase_option
def letter_command(
    case_path: Path, finding: str, addressee: str, out: Path, override_leaks: str, passphrase_file: Path | None
) -> None:
    """Write the warning letter about FINDING (its number or title) as a Word document, drafting it if need be."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        chosen = finding_numbered(case, finding)
        letter, is_new = letter_to(case, chosen.id, addressee)
        written = write_letter(case, letter, out, override=override_leaks, ticket=ticket)
    click.echo(str(written.path))
    drafted = ["The letter was drafted from the finding and kept as a draft. Read it before it is sent."]
    notices = [*(drafted if is_new else []), *written.notices]
    for notice in notices:
        say(printable(notice))
    raise SystemExit(EXIT_WITH_FINDINGS if notices else EXIT_DONE)


COMMANDS = (letters_command, letter_command)
