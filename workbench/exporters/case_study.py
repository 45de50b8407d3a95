"""Writes a case-study bundle: a bag with a reader, the cited documents, tables, and checksums of everything."""

from __future__ import annotations

import base64
import gzip
import html
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import bagit

from workbench import __version__
from workbench.exporters.atomic import beside, flush_file, placed
from workbench.exporters.case_study_tables import csv_tables
from workbench.runtime.resources import resource_path, resource_text

_ASSETS = ("reader.css", "reader.js", "search.js")
#: Earliest date a ZIP can hold; every entry carries it, so that the same folder gives the same archive.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledDocument:
    """A cited document as PDF with its excerpts marked."""

    urn: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyBundle:
    """Everything that the folder is made from."""

    title: str
    tables: dict[str, Any]
    documents: tuple[BundledDocument, ...]
    database: bytes
    history_head: str
    made_at: datetime
    left_out: int
    moved: tuple[str, ...]
    audience: str = "team"
    left_out_records: int = 0


#: Looks at the finished files (name -> content) before they are moved to their place, and raises to stop them.
Approve = Callable[[Mapping[str, bytes]], None]


@contextmanager
def written_case_study(
    bundle: CaseStudyBundle, target: Path, approve: Approve = lambda _files: None
) -> Iterator[tuple[Path, bytes]]:
    """The folder ``target`` and the archive beside it, both in their places: the archive's path and bytes.

    Both are there or neither: what ``approve`` or the block raises leaves none behind, and puts back what was there.
    """
    archive = target.with_name(f"{target.name}.zip")
    with beside(target) as folder, beside(archive) as packed:
        folder.mkdir(parents=True)
        _write_payload(bundle, folder)
        _make_bag(bundle, folder)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        approve({f"{target.name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths})
        _zip(folder, target.name, packed)
        for path in (*paths, packed):
            flush_file(path)
        content = packed.read_bytes()
        with placed({folder: target, packed: archive}):
            yield archive, content


def _make_bag(bundle: CaseStudyBundle, folder: Path) -> None:
    bag_facts = {
        "Source-Organization": str(bundle.tables["case_study"]["investigation"]),
        "External-Description": f"Case study: {bundle.title}",
        "External-Identifier": f"history head {bundle.history_head}",
        "Bagging-Date": bundle.made_at.date().isoformat(),
        "Bag-Software-Agent": f"Case-study workbench {__version__}",
    }
    bag = bagit.make_bag(str(folder), bag_facts, checksums=["sha256"])
    (folder / "READ ME FIRST.txt").write_text(_read_me(bundle), encoding="utf-8", newline="\r\n")
    (folder / "index.html").write_text(_front_door(bundle.title), encoding="utf-8")
    bag.save(manifests=True)


def _write_payload(bundle: CaseStudyBundle, folder: Path) -> None:
    assets, documents, tables = folder / "assets", folder / "documents", folder / "tables"
    for made in (assets, documents, tables):
        made.mkdir()
    for document in bundle.documents:
        (documents / f"{document.urn}.pdf").write_bytes(document.content)
    for name, text in csv_tables(bundle.tables).items():
        (tables / name).write_text(text, encoding="utf-8", newline="")
    held = {
        **bundle.tables,
        "about": {
            "history_head": bundle.history_head,
            "made_on": bundle.made_at.date().isoformat(),
            "program": f"Case-study workbench {__version__}",
            "documents_left_out": bundle.left_out,
            "records_left_out": bundle.left_out_records,
            "excerpts_not_marked": list(bundle.moved),
        },
    }
    (tables / "case.json").write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name in _ASSETS:
        (assets / name).write_text(resource_text(f"reader/{name}"), encoding="utf-8")
    (assets / "engine.js").write_bytes(resource_path("reader/engine/engine.js").read_bytes())
    # ASCII only: no character of the case can end a line or a string of the script.
    (assets / "case.js").write_text(f"globalThis.CASE_DATA = {json.dumps(held)};\n", encoding="ascii")
    (assets / "database.js").write_text(_script_of(bundle.database), encoding="ascii")
    (folder / "index.html").write_text(_page(bundle), encoding="utf-8")


def _script_of(database: bytes) -> str:
    packed = gzip.compress(database, 6, mtime=0)
    held = {"bytes": len(database), "gzip": base64.b64encode(packed).decode()}
    return f"globalThis.CASE_DATABASE = {json.dumps(held)};\n"


def _page(bundle: CaseStudyBundle) -> str:
    """The reader's page; only escaped text is put into it."""
    links = "\n".join(
        f'<li><a href="documents/{html.escape(item["urn"])}.pdf">{html.escape(item["urn"])}</a> '
        f"{html.escape(item['title'])}</li>"
        for item in bundle.tables["documents"]
    )
    page = resource_text("reader/index.html")
    return page.replace("{{title}}", html.escape(bundle.title)).replace("{{documents}}", links)


def _front_door(title: str) -> str:
    shown = html.escape(title)
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        f'<meta http-equiv="refresh" content="0; url=data/index.html">\n<title>{shown}</title>\n</head>\n'
        f'<body><p><a href="data/index.html">Open the case study: {shown}</a></p></body>\n</html>\n'
    )


def _read_me(bundle: CaseStudyBundle) -> str:
    study, tables = bundle.tables["case_study"], bundle.tables
    moved = ""
    if bundle.moved:
        moved = (
            "\nNot marked in the documents, because the page has changed since or holds redactions: "
            f"{', '.join(bundle.moved)}."
        )
    return (
        f"CASE STUDY: {bundle.title}\n{study['investigation']}\n\n"
        "Open index.html in a browser. Nothing needs to be installed and nothing is sent anywhere: the page has no\n"
        "access to any network. It searches the documents itself.\n\n"
        f"It holds {len(tables['documents'])} documents, {len(tables['excerpts'])} excerpts, "
        f"{len(tables['events'])} events, {len(tables['assessments'])} assessments "
        f"and {len(tables['findings'])} findings.\n"
        f"{_left_out(bundle)}{moved}\n\n"
        "data/index.html      the case study\n"
        "data/documents/      the documents as PDF, excerpts highlighted\n"
        "data/tables/         the same as CSV and JSON. In the CSV files a text that a spreadsheet would run as a\n"
        "                     formula begins with an apostrophe.\n"
        "manifest-sha256.txt  checksums of everything (BagIt)\n\n"
        f"As the case stood on {bundle.made_at.date().isoformat()}; head of its history: {bundle.history_head}\n"
        "People are named by their ciphers only. "
        + ("For the inquiry team; do not pass on.\n" if bundle.audience == "team" else f"For: {bundle.audience}.\n")
    )


def _left_out(bundle: CaseStudyBundle) -> str:
    """What is not in it, and why."""
    if bundle.audience == "team":
        return (
            f"{bundle.left_out} documents of the case are not in it, because the case study does not cite them: they\n"
            "are listed, each with the reason, on the page “Left out” and in data/tables/left_out.csv."
        )
    documents = (
        f"{bundle.left_out} documents of the case are not in it, because the case study does not cite them or\n"
        "they may not be shown."
    )
    if not bundle.left_out_records:
        return documents
    return (
        f"{documents} {bundle.left_out_records} events, assessments and sentences were left out, because what they\n"
        "rest on may not be shown."
    )


def _zip(folder: Path, name: str, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", _ZIP_DATE)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                target.writestr(entry, path.read_bytes())
