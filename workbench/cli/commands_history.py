"""Commands about what was done: history, undo, redo."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import print_json, printable, say


@click.command("history")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def history_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List every change: who, when, what; and the digest at the head of the chain."""
    with opened(case_path, passphrase_file) as case:
        entries, head = case.history(), case.history_head
    if as_json:
        listed = [
            {
                "number": entry.number,
                "at": entry.at.isoformat(),
                "who": entry.who,
                "action": entry.action.value,
                "summary": entry.summary,
                "digest": entry.digest,
            }
            for entry in entries
        ]
        print_json({"entries": listed, "head": head})
        return
    for entry in entries:
        about = f": {printable(entry.summary)}" if entry.summary else ""
        click.echo(f"{entry.number:>5}  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.who}  {entry.action.value}{about}")
    say(f"Head {head}")


@click.command("undo")
@case_argument
@passphrase_option
def undo_command(case_path: Path, passphrase_file: Path | None) -> None:
    """Take back the newest change."""
    with opened(case_path, passphrase_file) as case:
        change = case.undo()
        left = case.undo_name
    say(f"Undone: {change.summary}. Next to undo: {left or 'nothing'}.")


@click.command("redo")
@case_argument
@passphrase_option
def redo_command(case_path: Path, passphrase_file: Path | None) -> None:
    """Make the newest undone change again."""
    with opened(case_path, passphrase_file) as case:
        change = case.redo()
        left = case.redo_name
    say(f"Redone: {change.summary}. Next to redo: {left or 'nothing'}.")


COMMANDS = (history_command, undo_command, redo_command)
