"""Commands about the chronology: list it, record what came before what, count days, import, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from workbench.cli.commands_output import out_option, override_option
from workbench.cli.opening import case_argument, named_id, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.domain.audience import checked_audience
from workbench.domain.dates import in_words
from workbench.domain.errors import Refused
from workbench.domain.event import EventStatus
from workbench.domain.event_order import SortBy
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.services.chronology import Chronology, add_order, between, chronology, event_named
from workbench.services.chronology_export import export_chronology
from workbench.services.chronology_import import (
    ChronologyPreview,
    Decision,
    ImportedChronology,
    PreviewRow,
    RowState,
    import_rows,
    preview,
)
from workbench.services.chronology_sheet import ChronologyAsked

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
        event = row.event
        sources = ", ".join(row.sources) or "no source"
        click.echo(printable(f"T{number}  {in_words(event.on)}: {event.title} [{event.status.value}; {sources}]"))
        if row.inferred:
            click.echo(printable(f"      {row.inferred}"))
    say(made.statement)
    for sentence in made.contradictions:
        say(printable(f"Contradiction: {sentence}"))


def _as_json(made: Chronology) -> dict[str, Any]:
    return {
        "sorted_by": made.statement,
        "events": [
            {
                "number": number,
                "on": row.event.on,
                "in_words": in_words(row.event.on),
                "title": row.event.title,
                "words": row.event.words,
                "status": row.event.status.value,
                "dispute": row.event.dispute,
                "institutions": list(row.institutions),
                "people": list(row.people),
                "sources": list(row.sources),
                "narrowed": row.inferred,
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


@chronology_command.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Import the rows that are ready; without it nothing is changed.")
@click.option(
    "--date", "dates", multiple=True, metavar="ROW=DATE", help="The date of a row of the preview, as EDTF: 12=2014-03."
)
@click.option("--leave-out", "left_out", multiple=True, type=int, metavar="ROW", help="Leave a row of the preview out.")
@click.option("--again", "wanted", multiple=True, type=int, metavar="ROW", help="Import a row that is there already.")
@click.option("--day-first", is_flag=True, help="3/4/2014 is in April throughout the file.")
@click.option(
    "--status",
    type=click.Choice([status.value for status in EventStatus]),
    default=EventStatus.AGREED.value,
    show_default=True,
    help="The status of rows that give none.",
)
@json_option
@passphrase_option
@click.pass_obj
def import_command(
    asked: _Asked,
    file: Path,
    yes: bool,
    dates: tuple[str, ...],
    left_out: tuple[int, ...],
    wanted: tuple[int, ...],
    day_first: bool,
    status: str,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Show what a chronology made elsewhere (XLSX, DOCX, CSV) would add; with --yes add it, as one step."""
    decisions = _decisions(dates, left_out, wanted)
    with opened(asked.path, passphrase_file) as case, running() as ticket:
        shown = preview(case, file, ticket, is_day_first=day_first, status=EventStatus(status))
        _refuse_rows_that_are_not_there(decisions, len(shown.rows))
        made = import_rows(case, shown, decisions) if yes else None
    print_preview(shown, made, as_json=as_json)
    is_whole = not made.left if made else shown.count(RowState.READY) == len(shown.rows)
    raise SystemExit(EXIT_DONE if is_whole else EXIT_WITH_FINDINGS)


def _decisions(dates: tuple[str, ...], left_out: tuple[int, ...], wanted: tuple[int, ...]) -> dict[str, Decision]:
    """By the key of the row; rows are counted from 1 on the command line."""
    found: dict[str, Decision] = {}
    for text in dates:
        row, sign, on = text.partition("=")
        if not (sign and row.strip().isdigit() and on.strip()):
            raise Refused(f"“{text}” is no date for a row. Write it like 12=2014-03-12.")
        found[_key(int(row))] = Decision(on=on.strip())
    for number in wanted:
        found[_key(number)] = replace(found.get(_key(number), Decision()), is_wanted=True)
    for number in left_out:
        found[_key(number)] = Decision(is_left_out=True)
    return found


def _key(number: int) -> str:
    return str(number - 1)


def _refuse_rows_that_are_not_there(decisions: Mapping[str, Decision], count: int) -> None:
    beyond = [int(key) + 1 for key in decisions if not 0 <= int(key) < count]
    if beyond:
        raise Refused(f"The preview has {count} rows, so there is no row {beyond[0]}. Nothing was changed.")


def print_preview(shown: ChronologyPreview, made: ImportedChronology | None, *, as_json: bool) -> None:
    """The rows with their readings, what is asked, and what was imported."""
    left = {row.key for row in made.left} if made else set()
    if as_json:
        rows = [_row_as_json(row, made, left) for row in shown.rows]
        print_json({"file": shown.filename, "sha256": shown.sha256, "rows": rows, "notices": list(shown.notices)})
    else:
        for row in shown.rows:
            outcome = row.state.value if made is None else "not imported" if row.key in left else "imported"
            date = f"“{row.date_words}” = {in_words(row.on)}" if row.on else f"undated: “{row.date_words}”"
            click.echo(printable(f"{int(row.key) + 1}  {outcome}  {date}: {row.title[:200]}"))
            told = [*row.questions, *(f"Perhaps {in_words(on)} ({on})." for on in row.proposals), *row.remarks]
            for line in told:
                click.echo(printable(f"      {line}"))
        for notice in shown.notices:
            say(printable(notice))
    counted = ", ".join(f"{shown.count(state)} {state.value}" for state in RowState if shown.count(state))
    say(
        f"{len(shown.rows)} rows: {counted}." + (f" Imported: {len(made.events)}." if made else " Nothing was changed.")
    )


def _row_as_json(row: PreviewRow, made: ImportedChronology | None, left: set[str]) -> dict[str, Any]:
    return {
        "row": int(row.key) + 1,
        "where": row.where,
        "state": row.state.value,
        "imported": made is not None and row.key not in left,
        "date_as_written": row.date_words,
        "on": row.on,
        "in_words": in_words(row.on),
        "proposals": list(row.proposals),
        "title": row.title,
        "words": row.words,
        "status": row.status.value,
        "sources": [place.reference for place in row.sources],
        "note": row.note,
        "questions": list(row.questions),
        "remarks": list(row.remarks),
    }


@chronology_command.command("export")
@out_option
@sort_option
@click.option("--case-study", default="", help="Only events of this case study, by its title.")
@click.option("--institution", "institutions", multiple=True, help="Only events of this institution.")
@click.option("--scope", "scope", multiple=True, help="Only events of this scope paragraph, such as 2.3.")
@click.option("--audience", default="team", show_default=True, help="Whom it is for; beyond the team it is swept.")
@override_option
@passphrase_option
@click.pass_obj
def export_command(
    asked: _Asked,
    out: Path,
    sort: str,
    case_study: str,
    institutions: tuple[str, ...],
    scope: tuple[str, ...],
    audience: str,
    override_leaks: str,
    passphrase_file: Path | None,
) -> None:
    """Write the chronology, neutral and sourced, in its stated order."""
    with opened(asked.path, passphrase_file) as case, running() as ticket:
        studies = {item.title: item.id for item in case.all(CaseStudy, "title")}
        names = {item.name: item.id for item in case.all(Institution, "name")}
        numbers = {item.number: item.id for item in case.all(ScopeParagraph, "position")}
        limits = ChronologyAsked(
            case_study=named_id(studies, case_study, "case study") if case_study else None,
            institutions=tuple(named_id(names, name, "institution") for name in institutions),
            scope=tuple(named_id(numbers, number, "scope paragraph") for number in scope),
            sort=SortBy(sort),
        )
        paths, told = export_chronology(
            case, out, limits, audience=checked_audience(audience), override=override_leaks, ticket=ticket
        )
    for path in paths:
        click.echo(str(path))
    for sentence in told:
        say(printable(sentence))
    raise SystemExit(EXIT_WITH_FINDINGS if told else EXIT_DONE)


COMMANDS = (chronology_command,)
