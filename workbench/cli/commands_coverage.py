"""Commands about the coverage: what is there for institutions and scope paragraphs, and what is ruled out."""

from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path

import click

from workbench.cli.opening import case_argument, named_id, opened, passphrase_option
from workbench.cli.terminal import print_json, printable, say
from workbench.domain.analysis import ScopeExclusion
from workbench.domain.coverage import Matrix, outstanding, tally
from workbench.domain.coverage_table import LEGEND, as_json, cell_code, coverage_table, period_in_words, tally_in_words
from workbench.domain.frame import CaseStudy, Institution, ScopeParagraph
from workbench.services.coverage import coverage_of, rule_in, rule_out

_NAME_WIDTH, _LEAST_CELL = 32, 7


@click.command("coverage")
@case_argument
@click.option("--case-study", default="", metavar="TITLE", help="Only its institutions, paragraphs and period.")
@click.option("--period", default="", metavar="EDTF", help="What is looked at, such as 2013/2014; all time if left.")
@click.option("--all-paragraphs", is_flag=True, help="Also paragraphs that nobody is judged against.")
@click.option("--json", "as_object", is_flag=True)
@passphrase_option
def coverage_command(
    case_path: Path,
    case_study: str,
    period: str,
    all_paragraphs: bool,
    as_object: bool,
    passphrase_file: Path | None,
) -> None:
    """Show institutions by scope paragraphs: evidence for and against, ratings, and what is missing."""
    with opened(case_path, passphrase_file) as case:
        study = None
        if case_study:
            study = named_id({item.title: item.id for item in case.all(CaseStudy, "title")}, case_study, "case study")
        matrix = coverage_of(case, case_study=study, period=period, shows_every_paragraph=all_paragraphs)
    if as_object:
        print_json(as_json(coverage_table(matrix)))
    else:
        _print_matrix(matrix)


def _print_matrix(matrix: Matrix) -> None:
    about = [f"Case study: {matrix.case_study}"] if matrix.case_study else []
    about += [f"Period: {period_in_words(matrix.period)}"] if matrix.period else []
    for line in about:
        click.echo(printable(line))
    codes = [[cell_code(matrix.cell(i.id, p.id)) for p in matrix.paragraphs] for i in matrix.institutions]
    widths = [
        max(_LEAST_CELL, len(paragraph.number), *(len(row[at]) for row in codes)) + 2
        for at, paragraph in enumerate(matrix.paragraphs)
    ]
    for block in _blocks(widths, shutil.get_terminal_size((120, 40)).columns - _NAME_WIDTH):
        heads = "".join(matrix.paragraphs[at].number.ljust(widths[at]) for at in block)
        click.echo(f"{'':<{_NAME_WIDTH}}{printable(heads).rstrip()}")
        for institution, row in zip(matrix.institutions, codes, strict=True):
            cells = "".join(row[at].ljust(widths[at]) for at in block)
            click.echo(f"{_fitted(institution.name):<{_NAME_WIDTH}}{cells.rstrip()}")
        click.echo("")
    click.echo(LEGEND)
    click.echo(tally_in_words(tally(matrix)))
    _print_missing(matrix)


def _blocks(widths: list[int], room: int) -> list[list[int]]:
    """Columns that fit side by side, as many blocks as it takes."""
    blocks: list[list[int]] = [[]]
    for at, width in enumerate(widths):
        if blocks[-1] and sum(widths[i] for i in blocks[-1]) + width > room:
            blocks.append([])
        blocks[-1].append(at)
    return [block for block in blocks if block]


def _fitted(name: str) -> str:
    shown = printable(name)
    return shown if len(shown) < _NAME_WIDTH - 1 else shown[: _NAME_WIDTH - 3] + "…"


def _print_missing(matrix: Matrix) -> None:
    missing = outstanding(matrix)
    if missing:
        click.echo("Missing:")
    for (name, why), group in groupby(missing, key=lambda item: (item.institution.name, item.why)):
        click.echo(printable(f"  {name}: {', '.join(item.paragraph.number for item in group)} - {why}"))
    for row in coverage_table(matrix).loose:
        click.echo(printable(f"  {row['excerpts']} excerpts name {row['names']} but lack {row['lacks']}"))


@click.command("rule-out")
@case_argument
@click.argument("institution")
@click.argument("paragraphs", metavar="PARAGRAPH...", nargs=-1, required=True)
@click.option("--reason", default="", help="Why it is not judged; stands in the matrix and in every export of it.")
@click.option("--period", default="", metavar="EDTF", help="For this period only; for good if left.")
@click.option("--back", is_flag=True, help="Take back what rules these cells out.")
@passphrase_option
def rule_out_command(
    case_path: Path,
    institution: str,
    paragraphs: tuple[str, ...],
    reason: str,
    period: str,
    back: bool,
    passphrase_file: Path | None,
) -> None:
    """Put cells of the coverage matrix out of scope with a reason, or back."""
    with opened(case_path, passphrase_file) as case:
        names = {name: item.id for item in case.all(Institution, "name") for name in (item.name, *item.aliases)}
        numbers = {item.number: item.id for item in case.all(ScopeParagraph, "position")}
        row = named_id(names, institution, "institution")
        cells = [(row, named_id(numbers, number, "scope paragraph")) for number in paragraphs]
        if back:
            known = [e.id for cell in cells for e in case.all(ScopeExclusion, institution=row, scope=cell[1])]
            change = rule_in(case, known)
        else:
            change = rule_out(case, cells, reason, period=period)
    say(f"{change.summary[:1].upper()}{change.summary[1:]}.")


COMMANDS = (coverage_command, rule_out_command)
