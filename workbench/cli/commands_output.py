"""Commands that hand something over: bundle, check, export."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from workbench.cli.opening import case_argument, named_id, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.domain.bundle import Bundle
from workbench.domain.certificate import result_of
from workbench.domain.checks import CheckReport
from workbench.domain.frame import CaseStudy
from workbench.domain.numbering import Late
from workbench.services.bundling import build_bundle
from workbench.services.checking import check_pdf
from workbench.services.exporting import EXPORT_FORMATS, export_case

out_option = click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write into."
)

override_option = click.option(
    "--override-leaks",
    default="",
    metavar="REASON",
    help="Hand it over although protected names were found; the reason is recorded and stands in the certificate.",
)


@click.command("bundle")
@case_argument
@click.argument("name")
@out_option
@click.option("--profile", default="", help="Rules to follow instead of the bundle's own profile.")
@click.option("--audience", default="", help="Whom it is for, instead of the bundle's own audience.")
@click.option(
    "--late",
    type=click.Choice([late.value for late in Late]),
    default=Late.RENUMBER.value,
    show_default=True,
    help="What becomes of the numbers given by the newest build: new ones with a concordance, late documents "
    "appended, or decimals between.",
)
@click.option("--numbers-of", default="", metavar="BUILD", help="The build whose numbers count; the newest if left.")
@override_option
@passphrase_option
def bundle_command(
    case_path: Path,
    name: str,
    out: Path,
    profile: str,
    audience: str,
    late: str,
    numbers_of: str,
    override_leaks: str,
    passphrase_file: Path | None,
) -> None:
    """Build the bundle NAME and prove it by reading it back."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        bundle_id = named_id({item.name: item.id for item in case.all(Bundle, "name")}, name, "bundle")
        built = build_bundle(
            case,
            bundle_id,
            out,
            profile=profile,
            audience=audience,
            late=Late(late),
            numbers_of=numbers_of,
            override=override_leaks,
            ticket=ticket,
        )
    for path in built.paths:
        click.echo(str(path))
    say(f"{built.page_count} pages, SHA-256 {built.sha256}")
    for sentence in [*built.notices, *(item.sentence for item in built.withheld)]:
        say(printable(sentence))
    warned = [check for report in built.reports for check in report.failed]
    if warned:
        say("Warnings, in the certificate: " + "; ".join(f"{check.id} {check.detail}" for check in warned))
    for name in built.leftovers:
        say(f"“{printable(name)}” of an earlier build lies in the folder too and is no part of this one: take it away.")
    if built.moved:
        say(f"{built.moved} numbers given by the build before have changed; the concordance beside it lists them.")
    raise SystemExit(EXIT_WITH_FINDINGS if built.withheld or built.leftovers else EXIT_DONE)


@click.command("check")
@click.argument("file", metavar="FILE.pdf", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--profile", default="ctj-2021", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def check_command(file: Path, profile: str, as_json: bool) -> None:
    """Check any finished PDF bundle against the rules that need no case."""
    with running() as ticket:
        report = check_pdf(file, profile, ticket=ticket)
    if as_json:
        print_json(report.as_json())
    else:
        _print_report(report)
    raise SystemExit(EXIT_DONE if report.ok else EXIT_WITH_FINDINGS)


def _print_report(report: CheckReport) -> None:
    words = {"held": "ok  ", "failed": "FAIL", "warning": "WARN", "noted": "NOTE", "not checked": "  - "}
    for check in report.checks:
        verdict = words[result_of(check)]
        pages = f"  pages {', '.join(map(str, check.pages[:20]))}" if check.pages else ""
        click.echo(f"{verdict} {check.id} [{check.severity}] {check.title}: {check.detail}{pages}")
    counts = Counter(result_of(check) for check in report.checks)
    told = ", ".join(f"{counts[result]} {result}" for result in words if counts[result])
    say(f"Checked against {report.profile}: {told}.")


@click.command("export")
@case_argument
@click.argument("format_name", metavar="FORMAT", type=click.Choice(EXPORT_FORMATS))
@out_option
@click.option("--case-study", default="", help="Only this case study, by its title; not for json, registers.")
@click.option("--audience", default="team", show_default=True, help="Whom it is for; beyond the team it is swept.")
@click.option("--template", default="", metavar="FILE", help="The template of a report, instead of the shipped one.")
@click.option("--build", default="", metavar="BUILD", help="The build whose pages a report cites; the newest if left.")
@click.option("--with-documents", is_flag=True, help="Put the documents that a report cites beside it, marked.")
@override_option
@click.option(
    "--override-findings",
    default="",
    metavar="REASON",
    help="Hand it over although a finding is red in the claim ledger; the reason is recorded with the export.",
)
@passphrase_option
def export_command(
    case_path: Path,
    format_name: str,
    out: Path,
    case_study: str,
    audience: str,
    template: str,
    build: str,
    with_documents: bool,
    override_leaks: str,
    override_findings: str,
    passphrase_file: Path | None,
) -> None:
    """Export the case, or one case study, in FORMAT."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        study = None
        if case_study:
            titles = {item.title: item.id for item in case.all(CaseStudy, "title")}
            study = named_id(titles, case_study, "case study")
        told: list[str] = []
        written = export_case(
            case,
            format_name,
            out,
            case_study=study,
            audience=audience,
            override=override_leaks,
            template=template,
            with_documents=with_documents,
            build=build,
            override_findings=override_findings,
            tell=told.append,
            ticket=ticket,
        )
    for path in written:
        click.echo(str(path))
    for sentence in told:
        say(printable(sentence))
    raise SystemExit(EXIT_WITH_FINDINGS if told else EXIT_DONE)


COMMANDS = (bundle_command, check_command, export_command)
