"""Commands that cite: one reference, or a whole Word submission, by the page numbers of a bundle."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from workbench.cli.commands_output import out_option
from workbench.cli.opening import case_argument, named_id, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, running, say
from workbench.domain.bundle import Bundle
from workbench.domain.citation_styles import mark_for
from workbench.domain.citations import Style
from workbench.domain.errors import NotFound, Refused
from workbench.domain.submission import ReferenceOutcome
from workbench.services.built_maps import BuiltMap, built_map_of, map_named, map_of_case
from workbench.services.submissions import ResolvedSubmission, cite, resolve_submission, write_submission
from workbench.store.case_file import CaseFile

bundle_option = click.option("--bundle", "bundle_name", default="", help="The bundle whose page numbers are written.")
style_option = click.option(
    "--style", type=click.Choice([style.value for style in Style]), default=Style.BUNDLE.value, show_default=True
)
map_option = click.option(
    "--map", "build", default="", help="A page map (.page-map.json), or a build like “Hearing bundle #2”."
)
old_map_option = click.option("--old-map", default="", help="The older build whose page numbers the text gives.")
mark_option = click.option("--mark", default=None, help="What stands before a page number [default: the initials].")
json_option = click.option("--json", "as_json", is_flag=True)


#: They need no page number, so a case without a bundle can be cited.
_WITHOUT_BUNDLE = (Style.PUBLISHED, Style.FOOTNOTE, Style.URN)


def _built(case: CaseFile, name: str, build: str, style: str) -> BuiltMap:
    """The build that is named, else the newest of the bundle of this name, else of the only bundle there is."""
    if build:
        return map_named(case, build)
    names = {bundle.name: bundle.id for bundle in case.all(Bundle, "name")}
    if not name and style in _WITHOUT_BUNDLE:
        return map_of_case(case)
    if not name and len(names) != 1:
        raise Refused(f"The case has {len(names)} bundles. Say which one with --bundle.")
    return built_map_of(case, named_id(names, name, "bundle") if name else next(iter(names.values())))


@click.command("cite")
@case_argument
@click.argument("reference", metavar="REF")
@bundle_option
@style_option
@map_option
@old_map_option
@mark_option
@json_option
@passphrase_option
def cite_command(
    case_path: Path,
    reference: str,
    bundle_name: str,
    style: str,
    build: str,
    old_map: str,
    mark: str | None,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Write the reference REF - INQ000123_004, {A/1/1}, HB 143 - as a page of the bundle, or in another style."""
    with opened(case_path, passphrase_file) as case:
        built = _built(case, bundle_name, build, style)
        older = map_named(case, old_map) if old_map else None
        sign = mark_for(built.title) if mark is None else mark
        try:
            cited = cite(case, reference, built, style=Style(style), mark=sign, older=older)
        except NotFound as error:
            say(str(error))
            raise SystemExit(EXIT_WITH_FINDINGS) from None
    if as_json:
        print_json(asdict(cited))
    else:
        click.echo(cited.written)
        if cited.address:
            say(f"{cited.stable}, page {cited.label}: {cited.address}")


@click.command("submission")
@case_argument
@click.argument("file", metavar="FILE.docx", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@out_option
@bundle_option
@style_option
@map_option
@old_map_option
@mark_option
@json_option
@passphrase_option
def submission_command(
    case_path: Path,
    file: Path,
    out: Path,
    bundle_name: str,
    style: str,
    build: str,
    old_map: str,
    mark: str | None,
    as_json: bool,
    passphrase_file: Path | None,
) -> None:
    """Write the submission FILE.docx again with every reference linked to its page in the bundle beside it."""
    with opened(case_path, passphrase_file) as case, running() as ticket:
        built = _built(case, bundle_name, build, Style.BUNDLE)
        resolved = resolve_submission(
            built,
            file.read_bytes(),
            style=Style(style),
            mark=mark_for(built.title) if mark is None else mark,
            older=map_named(case, old_map) if old_map else None,
            case=case,
            ticket=ticket,
        )
        paths = write_submission(resolved, built, file, out)
    _report(resolved, paths, as_json)
    raise SystemExit(EXIT_WITH_FINDINGS if resolved.not_found else EXIT_DONE)


def _report(resolved: ResolvedSubmission, paths: tuple[Path, ...], as_json: bool) -> None:
    if as_json:
        references = [asdict(outcome) for outcome in resolved.report]
        print_json({"files": list(map(str, paths)), "summary": resolved.summary, "references": references})
    else:
        for path in paths:
            click.echo(str(path))
        for outcome in resolved.not_found:
            say(f"{_place(outcome)}: {outcome.text}: {outcome.reason}")
    for notice in resolved.notices:
        say(notice)
    say(f"{resolved.summary}.")


def _place(outcome: ReferenceOutcome) -> str:
    page = f", page {outcome.page}" if outcome.page else ""
    return f"{outcome.where}, paragraph {outcome.paragraph}{page}"


COMMANDS = (cite_command, submission_command)
