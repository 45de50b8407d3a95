"""Commands that protect: record who was given what, find where somebody appears, sweep files, compare two builds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.domain.audience import AUDIENCES
from workbench.domain.bundle import Build
from workbench.services.breach import BreachReport, breach_drill
from workbench.services.builds import build_named
from workbench.services.clearing import Clearing
from workbench.services.comparing import compare_builds
from workbench.services.document_list import document_with_urn
from workbench.services.protecting import DisclosureFacts, record_disclosure, set_clearance
from workbench.services.releasing import names_to_sweep
from workbench.services.sweeping import SweepReport, sweep_files, sweep_folder

_audience = click.Choice(AUDIENCES)


@click.command("builds")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def builds_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List every build and export: what was made for whom, with checksums."""
    with opened(case_path, passphrase_file) as case:
        builds = case.all(Build, "built_at, id")
    if as_json:
        names = ("id", "number", "kind", "audience", "profile", "filename", "sha256", "late")
        rows = [
            {name: getattr(build, name) for name in names}
            | {"pages": build.page_count, "built_at": build.built_at.isoformat(), "files": list(build.files)}
            for build in builds
        ]
        print_json({"builds": rows})
        return
    for build in builds:
        click.echo(
            f"{build.id}  {build.built_at:%Y-%m-%d %H:%M}  {build.kind:<10} for {build.audience:<17} "
            f"{build.page_count:>5} p.  {printable(build.filename)}  {build.sha256[:12]}"
        )


@click.command("disclose")
@case_argument
@click.argument("build")
@click.option("--to", "recipient", required=True, help="Who was given the files.")
@click.option(
    "--audience", type=_audience, default=None, help="To which audience they belong; the build's own if left."
)
@click.option("--medium", default="", help="How: encrypted stick, portal, paper …")
@click.option("--on", "sent_on", default="", help="When; today if left.")
@click.option("--note", default="")
@passphrase_option
def disclose_command(
    case_path: Path, build: str, recipient: str, passphrase_file: Path | None, audience: str | None, **facts: str
) -> None:
    """Record who was given BUILD (an identifier, or a bundle's name with #2 for its second build)."""
    with opened(case_path, passphrase_file) as case:
        made = build_named(case, build)
        day = facts["sent_on"] or date.today().isoformat()
        record_disclosure(
            case,
            made.id,
            DisclosureFacts(
                recipient=recipient, audience=audience or "", medium=facts["medium"], sent_on=day, note=facts["note"]
            ),
        )
    say(f"Recorded: {printable(recipient)} was given {printable(made.filename)} on {day}.")


@click.command("clear")
@case_argument
@click.argument("urns", nargs=-1, required=True)
@click.option("--audience", type=_audience, required=True)
@click.option("--decision", type=click.Choice(["cleared", "withheld"]), default="cleared", show_default=True)
@click.option("--by", default="", help="Who decided.")
@click.option("--note", default="")
@passphrase_option
def clear_command(
    case_path: Path,
    urns: tuple[str, ...],
    audience: str,
    decision: str,
    by: str,
    note: str,
    passphrase_file: Path | None,
) -> None:
    """Record that an audience may see documents, or may not."""
    with opened(case_path, passphrase_file) as case:
        documents = [document_with_urn(case, urn).id for urn in urns]
        set_clearance(case, documents, audience, decision, by=by, note=note, on=date.today().isoformat())
    say(f"Recorded: {', '.join(urns)} {decision} for {audience}.")


@click.command("breach")
@case_argument
@click.argument("subject")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def breach_command(case_path: Path, subject: str, as_json: bool, passphrase_file: Path | None) -> None:
    """List every build, export, excerpt and note in which SUBJECT (a cipher or a term) appears, and who received it."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        report = breach_drill(case, subject, ticket)
    if as_json:
        print_json(report.as_json())
    else:
        _print_breach(report)
    raise SystemExit(EXIT_WITH_FINDINGS if report.builds or report.places else EXIT_DONE)


def _print_breach(report: BreachReport) -> None:
    for item in report.builds:
        build = item.build
        where = ", ".join(
            filter(None, [f"pages {', '.join(item.pages)}" if item.pages else "", *map(printable, item.files)])
        )
        if item.is_uncertain:
            where = "made by an older version that kept no words: look through it yourself"
        click.echo(f"{build.kind} {printable(build.filename)} #{build.number} for {build.audience}: {where}")
        click.echo(f"    received by: {printable('; '.join(item.recipients)) or 'nobody on record'}")
    for place in report.places:
        click.echo(f"{place.what}: {printable(place.where)}  ({place.id})")
    say(
        f"{report.subject} ({report.terms} terms): in {len(report.builds)} of {report.builds_looked_at} builds and "
        f"exports, and in {len(report.places)} places of the case."
    )


@click.command("sweep")
@case_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--audience", type=_audience, default="public", show_default=True, help="Whose protection counts.")
@click.option("--read-pictures", is_flag=True, help="Read words in pictures too, where that is possible.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def sweep_command(
    case_path: Path,
    paths: tuple[Path, ...],
    audience: str,
    read_pictures: bool,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Look for every protected name of the case in files or folders, whoever made them."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        names = names_to_sweep(case, Clearing(case, audience, date.today()))
        reports = []
        for path in paths:
            if path.is_dir():
                reports.append(sweep_folder(path, names, ticket, read_images=read_pictures))
            else:
                reports.append(sweep_files({path.name: path.read_bytes()}, names, ticket, read_images=read_pictures))
    if as_json:
        print_json(_sweep_object(reports))
    for report in reports:
        for leak in (*report.leaks, *report.possible) if not as_json else ():
            click.echo(leak.sentence)
        say(report.sentence())
    raise SystemExit(EXIT_DONE if all(report.is_clean for report in reports) else EXIT_WITH_FINDINGS)


def _sweep_object(reports: list[SweepReport]) -> dict[str, object]:
    return {
        "ok": all(report.is_clean for report in reports),
        "leaks": [leak.sentence for report in reports for leak in report.leaks],
        "possible": [leak.sentence for report in reports for leak in report.possible],
        "not_swept": [sentence for report in reports for sentence in report.not_swept],
        "files_swept": sum(report.files_swept for report in reports),
        "pictures_not_read": sum(report.pictures_not_read for report in reports),
    }


@click.command("compare")
@case_argument
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def compare_command(case_path: Path, old: str, new: str, as_json: bool, passphrase_file: Path | None) -> None:
    """Say page by page how the builds OLD and NEW differ (identifiers, or names such as “Day 1#1”)."""
    with opened(case_path, passphrase_file) as case:
        differences = compare_builds(case, build_named(case, old), build_named(case, new))
    if as_json:
        rows = [
            {
                "old_label": item.old_label,
                "new_label": item.new_label,
                "urn": item.urn,
                "source_page": item.source_page_number or None,
                "what": item.what,
                "differences": [kind.value for kind in item.differences],
                "detail": item.detail,
            }
            for item in differences
        ]
        print_json({"differences": rows})
        return
    for item in differences:
        place = f"{item.urn} page {item.source_page_number}" if item.urn else item.what
        kinds = ", ".join(kind.value for kind in item.differences)
        click.echo(
            f"{item.old_label or '-':>8} -> {item.new_label or '-':<8} {kinds:<14} {place}  {printable(item.detail)}"
        )
    say(f"{len(differences)} pages differ.")


COMMANDS = (
    builds_command,
    disclose_command,
    clear_command,
    breach_command,
    sweep_command,
    compare_command,
)
