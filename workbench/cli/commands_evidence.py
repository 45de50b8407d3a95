"""Commands about evidence: import, documents, text, search, apply."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, running, say
from workbench.domain.errors import NotFound
from workbench.domain.search import MARK_END, MARK_START, SearchResult
from workbench.services.applying import apply_json, read_apply_file
from workbench.services.document_list import document_rows, document_with_urn
from workbench.services.importing import import_files
from workbench.services.searching import search


@click.command("import")
@case_argument
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--supplier", default="", help="Who supplied the files.")
@click.option("--request", "asked_by", default="", help="The request they answer.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def import_command(
    case_path: Path, paths: tuple[Path, ...], supplier: str, asked_by: str, as_json: bool, passphrase_file: Path | None
) -> None:
    """Import files, folders and archives."""
    missing = next((path for path in paths if not path.exists() and not path.is_symlink()), None)
    if missing is not None:
        raise NotFound(f"There is no file or folder “{printable(str(missing))}”. Check the path; nothing was imported.")
    with opened(case_path, passphrase_file) as case, running() as ticket:
        report = import_files(case, list(paths), supplier=supplier, request=asked_by, ticket=ticket)
    if as_json:
        print_json({"files": [asdict(outcome) for outcome in report.files], "seconds": report.seconds})
    else:
        for outcome in report.files:
            found = f"{outcome.urn}  {outcome.pages} pages" if outcome.urn else outcome.reason
            click.echo(f"{outcome.status:<9} {printable(outcome.path)}  {found}")
        counts = {
            status: sum(f.status == status for f in report.files) for status in ("imported", "duplicate", "refused")
        }
        say("  ".join(f"{count} {status}" for status, count in counts.items()) + f"  in {report.seconds:.1f} s")
    refused = any(outcome.status == "refused" for outcome in report.files)
    raise SystemExit(EXIT_WITH_FINDINGS if refused else EXIT_DONE)


@click.command("documents")
@case_argument
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def documents_command(case_path: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """List the documents of the case."""
    with opened(case_path, passphrase_file) as case:
        rows = document_rows(case)
    if as_json:
        names = ("urn", "title", "kind", "filename", "sha256", "bytes")
        listed = [
            {name: getattr(row.document, name) for name in names}
            | {"pages": row.document.page_count, "on": row.document.on, "receipts": row.receipts}
            for row in rows
        ]
        print_json({"documents": listed})
        return
    for row in rows:
        document = row.document
        click.echo(f"{document.urn}  {document.page_count:>5} p.  {document.on or '-':<12} {printable(document.title)}")


@click.command("text")
@case_argument
@click.argument("urn")
@click.option("--page", type=click.IntRange(min=1), help="Only this page, counted from 1.")
@passphrase_option
def text_command(case_path: Path, urn: str, page: int | None, passphrase_file: Path | None) -> None:
    """Print the text of a document, or of one page."""
    with opened(case_path, passphrase_file) as case:
        document = document_with_urn(case, urn)
        pages = [case.page(document.sha256, page - 1)] if page else case.pages(document.sha256)
    click.echo("\f".join(item.text for item in pages).encode("utf-8", "replace").decode())


@click.command("search")
@case_argument
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def search_command(case_path: Path, query: str, limit: int, as_json: bool, passphrase_file: Path | None) -> None:
    """Find pages by words, "phrases", AND OR NOT, wildcards*, "near words"~5 and fields such as kind: or on:."""
    with opened(case_path, passphrase_file) as case:
        result = search(case, query, limit=limit)
    if as_json:
        print_json(_search_object(result))
        return
    say(f"Understood as: {result.understood_as}" + (f"  ({result.note})" if result.note else ""))
    for hit in result.hits:
        snippet = " ".join(hit.snippet.replace(MARK_START, "[").replace(MARK_END, "]").split())
        click.echo(f"{hit.urn} p. {hit.page_number}  {printable(hit.title)}\n    {printable(snippet)}")
    say(
        f"{len(result.hits)} of {result.total} pages. Not searched: {result.pages_without_text} pages without text, "
        f"{result.files_refused} refused files."
    )


def _search_object(result: SearchResult) -> dict[str, Any]:
    hits = [
        {
            "urn": hit.urn,
            "title": hit.title,
            "page": hit.page_number,
            "snippet": hit.snippet.replace(MARK_START, "[").replace(MARK_END, "]"),
            "score": hit.score,
        }
        for hit in result.hits
    ]
    not_searched = {"pages_without_text": result.pages_without_text, "files_refused": result.files_refused}
    return {
        "query": result.query,
        "understood_as": result.understood_as,
        "total": result.total,
        "hits": hits,
        "not_searched": not_searched,
        "milliseconds": result.milliseconds,
        "note": result.note,
    }


@click.command("apply")
@case_argument
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@passphrase_option
def apply_command(case_path: Path, file: Path, passphrase_file: Path | None) -> None:
    """Add institutions, events, excerpts, links and analysis from FILE (JSON): all of it, or nothing."""
    content = read_apply_file(file)
    with opened(case_path, passphrase_file) as case, running() as ticket:
        report = apply_json(case, content, ticket)
    say(
        "Applied "
        + (", ".join(f"{count} {name.replace('_', ' ')}" for name, count in report.counts.items()) or "nothing")
    )


COMMANDS = (import_command, documents_command, text_command, search_command, apply_command)
