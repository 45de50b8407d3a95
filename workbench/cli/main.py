"""The command ``workbench``: everything the window does to evidence, without a window."""

from __future__ import annotations

import click

from workbench import __version__
from workbench.cli import (
    commands_assessing,
    commands_bundles,
    commands_case,
    commands_case_study,
    commands_chronology,
    commands_citing,
    commands_coverage,
    commands_evidence,
    commands_findings,
    commands_history,
    commands_inquiry,
    commands_letters,
    commands_output,
    commands_protection,
    commands_redaction,
)
from workbench.cli.terminal import sentences


class _Sentences(click.Group):
    """A group whose commands end with a sentence instead of a traceback when trouble was foreseen."""

    def invoke(self, ctx: click.Context) -> object:
        with sentences():
            return super().invoke(ctx)


@click.group(cls=_Sentences, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="workbench")
@click.pass_context
def main(context: click.Context) -> None:
    """Case-study workbench. Without a command it opens the window."""
    if context.invoked_subcommand is None:
        raise SystemExit(commands_case.open_window(None))


for group in (
    commands_case,
    commands_evidence,
    commands_findings,
    commands_history,
    commands_output,
    commands_assessing,
    commands_chronology,
    commands_bundles,
    commands_citing,
    commands_redaction,
    commands_protection,
    commands_letters,
    commands_inquiry,
    commands_case_study,
    commands_coverage,
):
    for command in group.COMMANDS:
        main.add_command(command)
