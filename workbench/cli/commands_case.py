"""Commands about the case as a whole: open, demo, new, backup, restore, verify."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from workbench.cli.opening import case_argument, opened, passphrase_from, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, running, say
from workbench.services.backup import backup_case, restore_case
from workbench.services.demo import make_demo
from workbench.services.session import create_case, needs_passphrase
from workbench.services.verifying import verify_case


def open_window(case_path: Path | None) -> int:
    """Start the desktop program in a process of its own: the two front doors never import each other."""
    arguments = [str(case_path)] if case_path else []
    if getattr(sys, "frozen", False):
        return subprocess.call([sys.executable, *arguments])
    return subprocess.call([sys.executable, "-m", "workbench.gui.app", *arguments])


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command("open")
@case_argument
def open_command(case_path: Path) -> None:
    """Open the window on a case."""
    raise SystemExit(open_window(case_path))


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"), show_default=True)
@click.option("--no-window", is_flag=True, help="Do not open the window afterwards.")
def demo_command(out: Path, no_window: bool) -> None:
    """Make the sample case from the shipped samples and export its bundles."""
    with running() as ticket:
        made = make_demo(out, ticket=ticket)
    click.echo(f"Case:              {made.case_path}")
    click.echo(f"Hearing bundle:    {made.bundle_path}")
    click.echo(f"For participants:  {made.participants_path}")
    click.echo(f"Case-study bundle: {made.case_study_path}")
    click.echo(f"Report:            {made.report_path}")
    if _has_display() and not no_window:
        raise SystemExit(open_window(made.case_path))


@click.command("new")
@case_argument
@click.option("--title", default="", help="The investigation's title.")
@click.option("--scope", default="iicsa-internet", show_default=True, help="A shipped scope's name, or a scope file.")
@click.option("--no-passphrase", is_flag=True, help="Do not encrypt; for public material only.")
@passphrase_option
def new_command(case_path: Path, title: str, scope: str, no_passphrase: bool, passphrase_file: Path | None) -> None:
    """Make a new case."""
    passphrase = None if no_passphrase else passphrase_from(passphrase_file, confirm=True)
    create_case(case_path, title=title, scope=scope, passphrase=passphrase).close()
    say(f"Made {case_path}." + ("" if passphrase else " It is not encrypted."))


@click.command("verify")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def verify_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """Prove that the case is as its history says."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        checks = verify_case(case, ticket)
    is_ok = all(check.ok for check in checks)
    if as_json:
        listed = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]
        print_json({"ok": is_ok, "checks": listed})
    else:
        for check in checks:
            click.echo(f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.detail}")
    raise SystemExit(EXIT_DONE if is_ok else EXIT_WITH_FINDINGS)


@click.command("backup")
@case_argument
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_option
def backup_command(case_path: Path, file: Path, passphrase_file: Path | None) -> None:
    """Copy the case to FILE, whole or not at all."""
    with opened(case_path, passphrase_file) as case:
        backup_case(case, file)
    say(f"Backed up to {file}. It opens with the same passphrase.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@case_argument
@passphrase_option
def restore_command(file: Path, case_path: Path, passphrase_file: Path | None) -> None:
    """Put the backup FILE in place as the new case CASE."""
    passphrase = passphrase_from(passphrase_file) if needs_passphrase(file) else None
    restore_case(file, case_path, passphrase=passphrase)
    say(f"Restored {case_path}.")


COMMANDS = (open_command, demo_command, new_command, verify_command, backup_command, restore_command)
