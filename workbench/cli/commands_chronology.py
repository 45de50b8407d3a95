"""Commands about the chronology: list it, record what came before what, count days, import, export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, say
from workbench.domain.dates import in_words
from workbench.domain.event_order import SortBy
from workbench.services.chronology import Chronology, add_order, between, chronology, event_named

json_option = click.option("--json", "as_json", is_flag=True)
sort_option = click.option(
    "--sort",
    type=click.Choice([sort.value for sort in SortBy]),
    default=SortBy.EARLIEST.value,
    show_default=True,
    help="Which day of a date counts that is not known to the day.",
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The case that all of these commands are about."""

    path: Path


class _ListsByItself(click.Group):
    """``chronology CASE`` without a command lists."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and (len(args) == 1 or args[1] not in self.commands):
            args = [args[0], "list", *args[1:]]
        return super().parse_args(ctx, args)


@click.group("chronology", cls=_ListsByItself)
@case_argument
@click.pass_context
def chronology_command(context: click.Context, case_path: Path) -> None:
    """The chronology: what is listed, counted, put in order, imported or exported. Without a COMMAND it is listed."""
    context.obj = _Asked(case_path)


@chronology_command.command("list")
@sort_option
@json_option
@passphrase_option
@click.pass_obj
def list_command(asked: _Asked, sort: str, as_json: bool, passphrase_file: Path | None) -> None:
    """List the events in their stated order, with what recorded orders narrow and where they contradict each other."""
    with opened(asked.path, passphrase_file) as case:
        made = chronology(case, SortBy(sort))
    if as_json:
        print_json(_as_json(made))
    else:
        _print(made)
    raise SystemExit(EXIT_WITH_FINDINGS if made.contradictions else EXIT_DONE)


def _print(made: Chronology) -> None:
    for number, row in enumerate(made.rows, 1):
        event = row.row.event
        sources = ", ".join(row.row.sources) or "no source"
        click.echo(printable(f"T{number}  {in_words(event.on)}: {event.title} [{event.status.value}; {sources}]"))
        if row.narrowed:
            click.echo(printable(f"      {row.narrowed}"))
    say(made.statement)
    for sentence in made.contradictions:
        say(printable(f"Contradiction: {sentence}"))


def _as_json(made: Chronology) -> dict[str, Any]:
    return {
        "sorted_by": made.statement,
        "events": [
            {
                "number": number,
                "on": row.row.event.on,
                "in_words": in_words(row.row.event.on),
                "title": row.row.event.title,
                "words": row.row.event.words,
                "status": row.row.event.status.value,
                "dispute": row.row.event.dispute,
                "institutions": list(row.row.institutions),
                "people": list(row.people),
                "sources": list(row.row.sources),
                "narrowed": row.narrowed,
            }
            for number, row in enumerate(made.rows, 1)
        ],
        "orders": [row.sentence for row in made.orders],
        "contradictions": list(made.contradictions),
    }


@chronology_command.command("between")
@click.argument("one", metavar="EVENT")
@click.argument("other", metavar="EVENT")
@json_option
@passphrase_option
@click.pass_obj
def between_command(asked: _Asked, one: str, other: str, as_json: bool, passphrase_file: Path | None) -> None:
    """Count the days from one EVENT to another: by title, part of a title, or number (T7).

    The day counted from is not counted. Dates that are not known to the day give a stretch, such as 390 to 455 days.
    """
    with opened(asked.path, passphrase_file) as case:
        found = between(case, event_named(case, one).id, event_named(case, other).id)
    if as_json:
        narrowed = found.narrowed or found.interval
        print_json(
            {
                "from": {"title": found.one.title, "on": found.one.on},
                "to": {"title": found.other.title, "on": found.other.on},
                "least": found.interval.least,
                "most": found.interval.most,
                "least_with_orders": narrowed.least,
                "most_with_orders": narrowed.most,
                "doubts": list(found.doubts),
                "sentence": found.sentence,
            }
        )
    else:
        click.echo(printable(found.sentence))


@chronology_command.command("order")
@click.argument("earlier", metavar="EARLIER")
@click.argument("later", metavar="LATER")
@click.option("--words", default="", help="The witness's own words for it.")
@passphrase_option
@click.pass_obj
def order_command(asked: _Asked, earlier: str, later: str, words: str, passphrase_file: Path | None) -> None:
    """Record that the event EARLIER came before the event LATER, whatever their dates; contradictions are listed."""
    with opened(asked.path, passphrase_file) as case:
        add_order(case, event_named(case, earlier).id, event_named(case, later).id, words)
        made = chronology(case)
    for sentence in made.contradictions:
        say(printable(f"Contradiction: {sentence}"))
    raise SystemExit(EXIT_WITH_FINDINGS if made.contradictions else EXIT_DONE)


COMMANDS = (chronology_command,)
