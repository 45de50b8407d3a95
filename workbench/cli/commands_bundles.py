"""Commands that compose bundles: list them, make and change one, sort, core bundle, authorities, witness pack."""

from __future__ import annotations

import math
from pathlib import Path

import click

from workbench.cli.opening import case_argument, named_id, opened, passphrase_option
from workbench.cli.terminal import print_json, printable, say
from workbench.domain.bundle import Bundle, Entry, Section
from workbench.domain.errors import Refused
from workbench.domain.ids import BundleId
from workbench.services.bundle_editing import (
    KINDS,
    ORDERS,
    BundleEdit,
    add_entries,
    add_section,
    edit_bundle,
    edit_section,
    remove_entries,
    section_named,
    sort_section,
)
from workbench.services.bundle_kinds import authorities_bundle, core_bundle, witness_pack
from workbench.services.bundle_outline import BundleOutline, outline_of
from workbench.services.composing import compose_bundle
from workbench.services.document_list import document_with_urn
from workbench.services.profiles import change_profile, copy_profile, load_profile, profile_names, profile_text
from workbench.store.case_file import CaseFile


@click.command("bundles")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def bundles_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List the bundles of the case with their sections, entries, pages and size."""
    with opened(case_path, passphrase_file) as case:
        outlines = [outline_of(case, bundle.id) for bundle in case.all(Bundle, "name")]
    if as_json:
        print_json({"bundles": [_described(outline) for outline in outlines]})
        return
    for outline in outlines:
        _print_outline(outline)


def _described(outline: BundleOutline) -> dict[str, object]:
    bundle = outline.bundle
    return {
        "name": bundle.name,
        "kind": bundle.kind,
        "profile": bundle.profile,
        "audience": bundle.audience,
        "documents": outline.document_count,
        "pages": outline.page_count,
        "bytes": outline.bytes,
        "volumes": outline.volumes,
        "problems": list(outline.problems),
        "sections": [
            {
                "title": part.section.title,
                "letter": part.section.letter,
                "entries": [
                    {
                        "urn": line.document.urn,
                        "title": line.title,
                        "on": line.on,
                        "pages": line.page_count,
                        "withheld": line.withheld,
                    }
                    for line in part.entries
                ],
            }
            for part in outline.sections
        ],
    }


def _print_outline(outline: BundleOutline) -> None:
    bundle = outline.bundle
    click.echo(
        f"{printable(bundle.name)}  ({bundle.kind}, {bundle.profile}, for {bundle.audience}): "
        f"{outline.document_count} documents, about {outline.page_count} pages, {outline.bytes / 1e6:.1f} MB"
        + (f", {outline.volumes} volumes" if outline.volumes > 1 else "")
    )
    for part in outline.sections:
        click.echo(f"  {printable(part.section.title)}")
        for line in part.entries:
            click.echo(
                f"    {line.document.urn}  {line.page_count:>4} p.  {line.on or '-':<12} {printable(line.title)}"
            )
    for problem in outline.problems:
        say(problem)


@click.command("compose")
@case_argument
@click.argument("name")
@click.option("--add", multiple=True, metavar="SECTION=URN[,URN]", help="Put documents into a section, made if needed.")
@click.option("--remove", multiple=True, metavar="URN", help="Take a document out.")
@click.option("--sort", "sorts", multiple=True, metavar="SECTION", help="Sort a section (by --by).")
@click.option("--by", type=click.Choice(ORDERS), default="date", show_default=True)
@click.option("--letter", "letters", multiple=True, metavar="SECTION=A", help="Give a section its own letter.")
@click.option("--kind", type=click.Choice(KINDS), default=None)
@click.option("--profile", default=None, help="The rules to follow.")
@click.option("--audience", default=None, help="Whom the bundle is for.")
@click.option("--dividers/--no-dividers", "is_divided", default=None, help="A sheet in front of every section.")
@click.option("--mark-references/--no-mark-references", "marks", default=None, help="Links for references in margins.")
@click.option("--volume-pages", type=click.IntRange(min=0), default=None, help="Most pages of a volume; 0: profile's.")
@click.option("--volume-mb", type=click.FloatRange(min=0), default=None, help="Most megabytes of a volume.")
@click.option("--core-of", default="", metavar="BUNDLE", help="Make it as a core bundle of another, with --pick.")
@click.option("--pick", multiple=True, metavar="URN", help="Documents of the main bundle for the core bundle.")
@click.option("--authorities", is_flag=True, help="Make it from the judgments, legislation and guidance of the case.")
@click.option("--witness", default="", metavar="URN", help="Make it as a pack around a witness's statement.")
@click.option("--mention", default="", help="For a witness pack: also documents that have these words.")
@passphrase_option
def compose_command(
    case_path: Path, name: str, passphrase_file: Path | None, kind: str | None, profile: str | None, **asked: object
) -> None:
    """Make the bundle NAME, or change it; undo takes back step by step."""
    with opened(case_path, passphrase_file) as case:
        bundle_id = _made(case, name, asked)
        edit = BundleEdit(
            kind=kind,
            profile=profile,
            audience=_text(asked["audience"]),
            is_divided=_flag(asked["is_divided"]),
            marks_references=_flag(asked["marks"]),
            volume_pages=asked["volume_pages"] if isinstance(asked["volume_pages"], int) else None,
            volume_bytes=_bytes(asked["volume_mb"]),
        )
        if edit != BundleEdit():
            edit_bundle(case, bundle_id, edit)
        _change_entries(case, bundle_id, asked)
        _print_outline(outline_of(case, bundle_id))


def _bytes(megabytes: object) -> int | None:
    if not isinstance(megabytes, float):
        return None
    if not math.isfinite(megabytes):
        raise Refused(f"{megabytes} is no size of a volume. Give megabytes, 0 for the profile's.")
    return round(megabytes * 1e6)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _made(case: CaseFile, name: str, asked: dict[str, object]) -> BundleId:
    """The bundle's id; makes it when the case has none of that name."""
    known = {item.name.casefold(): item.id for item in case.all(Bundle)}
    if name.casefold() in known:
        return known[name.casefold()]
    if core_of := _text(asked["core_of"]):
        main = named_id({item.name: item.id for item in case.all(Bundle, "name")}, core_of, "bundle")
        wanted = {document_with_urn(case, urn).id for urn in _texts(asked["pick"])}
        sections = case.all(Section, "position", bundle=BundleId(main))
        entries = [entry for section in sections for entry in case.all(Entry, "position", section=section.id)]
        core_bundle(case, BundleId(main), [entry.id for entry in entries if entry.document in wanted], name)
    elif asked["authorities"]:
        authorities_bundle(case, name)
    elif witness := _text(asked["witness"]):
        witness_pack(case, name, document_with_urn(case, witness).id, mention=_text(asked["mention"]) or "")
    else:
        section, urns = _pair((*_texts(asked["add"]), "Documents=")[0], "--add")
        documents = [document_with_urn(case, urn.strip()).id for urn in urns.split(",") if urn.strip()]
        compose_bundle(case, name, documents, section=section)
        asked["add"] = _texts(asked["add"])[1:]
    return next(item.id for item in case.all(Bundle) if item.name == name.strip())


def _change_entries(case: CaseFile, bundle: BundleId, asked: dict[str, object]) -> None:
    for wanted in _texts(asked["add"]):
        section, urns = _pair(wanted, "--add")
        documents = [document_with_urn(case, urn.strip()).id for urn in urns.split(",") if urn.strip()]
        if not any(item.title.casefold() == section.casefold() for item in case.all(Section, bundle=bundle)):
            add_section(case, bundle, section)
        add_entries(case, section_named(case, bundle, section).id, documents)
    gone = {document_with_urn(case, urn).id for urn in _texts(asked["remove"])}
    entries = [e for s in case.all(Section, bundle=bundle) for e in case.all(Entry, section=s.id)]
    if gone:
        remove_entries(case, [entry.id for entry in entries if entry.document in gone])
    for title in _texts(asked["sorts"]):
        sort_section(case, section_named(case, bundle, title).id, str(asked["by"]))
    for wanted in _texts(asked["letters"]):
        title, letter = _pair(wanted, "--letter")
        edit_section(case, section_named(case, bundle, title).id, letter=letter)


def _pair(text: str, option: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise Refused(f"“{text}” is not of the form SECTION=… that {option} takes.")
    return name.strip(), value


@click.command("profiles")
@click.argument("case_path", metavar="[CASE]", required=False, type=click.Path(path_type=Path))
@click.option("--show", default="", metavar="NAME", help="Print the text of one profile.")
@click.option("--copy", "copied", nargs=2, default=None, metavar="NAME OWN-NAME", help="Copy a profile into the case.")
@click.option("--change", "changed", nargs=2, default=None, metavar="OWN-NAME FILE", help="Replace an own profile.")
@passphrase_option
def profiles_command(
    case_path: Path | None,
    show: str,
    copied: tuple[str, str] | None,
    changed: tuple[str, str] | None,
    passphrase_file: Path | None,
) -> None:
    """List the rules that bundles can follow; copy one into the case and change it there."""
    if case_path is None:
        if copied or changed:
            raise Refused("Name the case that the profile is kept in.")
        _list_profiles(None, show)
        return
    with opened(case_path, passphrase_file) as case:
        if copied:
            copy_profile(case, *copied)
        if changed:
            change_profile(case, changed[0], profile_text(changed[1]))
        _list_profiles(case, show)


def _list_profiles(case: CaseFile | None, show: str) -> None:
    if show:
        click.echo(profile_text(show, case), nl=False)
        return
    for name in profile_names(case):
        profile = load_profile(name, case)
        click.echo(
            f"{name:<22} {printable(profile.title)} ({profile.issued or 'no rule issued'}); reviewed {profile.reviewed}"
        )


COMMANDS = (bundles_command, compose_command, profiles_command)
