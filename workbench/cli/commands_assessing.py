"""Commands of judging: which standards stood, assessments and how far readers agree, recording a search."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.domain.agreement import Agreement
from workbench.domain.analysis import NegativeSearch
from workbench.domain.dates import in_words
from workbench.domain.looked_for import looked_for
from workbench.domain.periods import period_in_words
from workbench.services.assessing import AssessmentRow, Named, agreement_figures, assessment_rows
from workbench.services.negative_evidence import NegativeFacts, record_search, rerun_all
from workbench.services.standards import StandardRow, institution_named, standard_rows, standing_on


@click.command("standards")
@case_argument
@click.option(
    "--on", "day", default="", help="Only what stood on this day or in this period (2014-03-12, 2014, 2010/2012)."
)
@click.option("--institution", default="", help="Only what binds this institution; needs --on.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def standards_command(case_path: Path, day: str, institution: str, as_json: bool, passphrase_file: Path | None) -> None:
    """List what ought to have happened, version by version, or what stood on a day."""
    if institution and not day:
        raise click.UsageError("--institution asks what bound it on a day. Give --on too.")
    with opened(case_path, passphrase_file) as case:
        bound = institution_named(case, institution).id if institution else None
        rows = standing_on(case, day, bound) if day else standard_rows(case)
    faults = [fault for row in rows for fault in row.faults]
    if as_json:
        print_json({"on": day, "standards": [_standard_object(row) for row in rows]})
    else:
        for row in rows:
            click.echo(printable(_standard_line(row)))
        for fault in faults:
            say(f"  ! {printable(fault)}")
        if day and not rows:
            say(f"No standard on record stood: {in_words(day)}.")
    raise SystemExit(EXIT_WITH_FINDINGS if faults else EXIT_DONE)


def _standard_line(row: StandardRow) -> str:
    standing = f"{row.standing.value:<10} " if row.standing is not None else ""
    whom = f"  binds {', '.join(row.institutions)}" if row.institutions else ""
    return f"{standing}{row.standard.kind.value:<10} {row.name}: {row.stood}{whom}  {row.source}".rstrip()


def _standard_object(row: StandardRow) -> dict[str, Any]:
    record = row.standard
    return {
        "id": record.id,
        "title": record.title,
        "version": record.version,
        "kind": record.kind.value,
        "from": record.from_on,
        "until": record.until_on,
        "stood": row.stood,
        "standing": row.standing.value if row.standing is not None else None,
        "institutions": list(row.institutions),
        "replaces": row.replaces,
        "source": row.source,
        "faults": list(row.faults),
    }


@click.command("assessments")
@case_argument
@click.option("--agreement", "shows_agreement", is_flag=True, help="How far first and second readers agree.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def assessments_command(case_path: Path, shows_agreement: bool, as_json: bool, passphrase_file: Path | None) -> None:
    """List the assessments with what is wrong with each (exit code 1 when something is)."""
    with opened(case_path, passphrase_file) as case:
        rows = assessment_rows(case)
        figures = agreement_figures(case) if shows_agreement else ()
    if as_json:
        found: dict[str, Any] = {"assessments": [_assessment_object(row) for row in rows]}
        print_json(found | ({"agreement": [_agreement_object(item) for item in figures]} if shows_agreement else {}))
    elif shows_agreement:
        _print_agreement(figures)
    else:
        _print_assessments(rows)
    raise SystemExit(EXIT_WITH_FINDINGS if not shows_agreement and any(row.faults for row in rows) else EXIT_DONE)


def _print_assessments(rows: list[AssessmentRow]) -> None:
    for row in rows:
        record = row.assessment
        period = period_in_words(record.period) or "no period"
        click.echo(printable(f"{row.institution}  {row.scope}  {period}: {record.rating.value}"))
        for fault in row.faults:
            click.echo(printable(f"    ! {fault}"))
        for note in row.notes:
            click.echo(printable(f"    - {note}"))
    faulty = sum(bool(row.faults) for row in rows)
    count = "1 assessment" if len(rows) == 1 else f"{len(rows)} assessments"
    say(f"{count}, {faulty} with something wrong.")


def _print_agreement(figures: tuple[Agreement, ...]) -> None:
    for item in figures:
        click.echo(printable(f"{item.first or 'not named'} and {item.second}: {_in_figures(item)}"))
        for sentence in item.sentences:
            click.echo(f"    {sentence}")
    if not figures:
        say("No assessment has a second reading yet.")


def _in_figures(item: Agreement) -> str:
    share = f"{item.per_cent:.0f} % ({item.agreed} of {item.n})" if item.per_cent is not None else "–"
    return f"agree {share}, kappa {_figure(item.kappa)}, weighted {_figure(item.weighted_kappa)} (n {item.ordered})"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _assessment_object(row: AssessmentRow) -> dict[str, Any]:
    record = row.assessment
    return {
        "id": record.id,
        "institution": row.institution,
        "scope": row.scope,
        "period": record.period,
        "question": record.question,
        "rating": record.rating.value,
        "confidence": record.confidence,
        "reasoning": record.reasoning,
        "dimensions": list(record.dimensions),
        "standards": _names(row.standards),
        "for": _names(row.evidence_for),
        "against": _names(row.evidence_against),
        "gaps": list(record.gaps),
        "author": record.author,
        "assessed_on": record.assessed_on,
        "second_readings": [{"reader": item.reader, "rating": item.rating.value} for item in row.readings],
        "contested": row.is_contested,
        "faults": list(row.faults),
        "notes": list(row.notes),
    }


def _names(cited: tuple[Named, ...]) -> list[str]:
    return [item.name for item in cited]


def _agreement_object(item: Agreement) -> dict[str, Any]:
    return {
        "first": item.first,
        "second": item.second,
        "n": item.n,
        "agreed": item.agreed,
        "per_cent": item.per_cent,
        "kappa": item.kappa,
        "weighted_kappa": item.weighted_kappa,
        "weighted_n": item.ordered,
        "not_compared": item.open,
        "table": [[first.value, second.value, count] for first, second, count in item.table],
        "said": list(item.sentences),
    }


@click.command("search-record")
@case_argument
@click.option("--sought", default="", help="What was looked for, in words.")
@click.option("--query", default="", help="The search that was made.")
@click.option("--among", default="", help="Among what, in words; narrow the query itself with kind:, supplier:, on: …")
@click.option("--period", default="", help="For which period (2014, 2010/2012).")
@click.option("--conclusion", default="", help="Why the pages found, if any, are not what was sought.")
@click.option("--again", is_flag=True, help="Record nothing; make every recorded search again and say what changed.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def search_record_command(
    case_path: Path, again: bool, as_json: bool, passphrase_file: Path | None, **facts: str
) -> None:
    """Run a search and record that what was sought is not there, as evidence that can be cited."""
    if again:
        _search_again(case_path, passphrase_file, as_json)
    with opened(case_path, passphrase_file) as case, running() as ticket:
        _, identifier = record_search(case, NegativeFacts(**facts), ticket)
        record = case.get(NegativeSearch, identifier)
    if as_json:
        print_json(_search_object(record))
        return
    click.echo(printable(looked_for(record)))
    for item in record.not_searchable:
        say(f"  not searched: {printable(item)}")


def _search_again(case_path: Path, passphrase_file: Path | None, as_json: bool) -> NoReturn:
    with opened(case_path, passphrase_file) as case, running() as ticket:
        compared = rerun_all(case, ticket)
    if as_json:
        rows = [
            _search_object(item.record) | {"changed": list(item.sentences), "hits_now": item.hits} for item in compared
        ]
        print_json({"searches": rows})
    for item in compared if not as_json else ():
        click.echo(printable(looked_for(item.record)))
        for sentence in item.sentences:
            click.echo(printable(f"    ! {sentence}"))
    outdated = sum(item.is_out_of_date for item in compared)
    again = "1 search" if len(compared) == 1 else f"{len(compared)} searches"
    say(f"{again} made again, {outdated} out of date.")
    raise SystemExit(EXIT_WITH_FINDINGS if outdated else EXIT_DONE)


def _search_object(record: NegativeSearch) -> dict[str, Any]:
    names = ("id", "sought", "query", "among", "period", "understood_as", "hits", "documents", "pages", "conclusion")
    return {name: getattr(record, name) for name in names} | {
        "not_searchable": list(record.not_searchable),
        "searched_by": record.searched_by,
        "searched_at": record.searched_at.isoformat(),
        "history_head": record.history_head,
        "sentence": looked_for(record),
    }


COMMANDS = (standards_command, assessments_command, search_record_command)
