"""Citations follow a bundle that is built again: from the case, from page maps beside it, and from the command line."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from click.testing import CliRunner

from tests.services.conftest import put_pdf
from tests.submissions import links_of, page_rows, paragraph_texts, saved
from workbench.cli.main import main
from workbench.domain.bundle import Build, Bundle
from workbench.domain.change import Action
from workbench.domain.citations import Style
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import new_id
from workbench.domain.numbering import Late
from workbench.domain.page_map import BundlePlan, FrontCounts, PageMap, map_pages
from workbench.exporters.bundle_pdf import page_map_json
from workbench.services.applying import apply_json
from workbench.services.builds import BuildAccount
from workbench.services.built_maps import BuiltMap, built_map_of, map_named, map_of_case, read_page_map
from workbench.services.bundle_planning import plan_bundle
from workbench.services.bundling import build_bundle
from workbench.services.citing import transcript_pages
from workbench.services.profiles import load_profile
from workbench.services.submissions import cite, resolve_submission, write_submission
from workbench.store.case_file import CaseFile

BUILT_AT = datetime(2026, 1, 2, tzinfo=UTC)
LATE = ["Late page one.", "Late page two.", "Late page three."]


def compose(case: CaseFile, *urns: str) -> Bundle:
    """The one bundle of the case, with these documents."""
    sections = [{"title": "Statements", "entries": [{"document": urn} for urn in urns]}]
    apply_json(case, {"bundles": [{"name": "Hearing bundle", "sections": sections}]})
    return case.all(Bundle)[0]


def built_in(case: CaseFile, folder: Path, *urns: str, late: Late = Late.RENUMBER) -> BuiltMap:
    """A build in a folder of its own, and its page map as read from the file beside it."""
    built = build_bundle(case, compose(case, *urns).id, folder, built_at=BUILT_AT, late=late)
    return read_page_map(built.page_map_paths[0])


def numbered_in(case: CaseFile, folder: Path, *urns: str) -> BuiltMap:
    """What a build leaves behind, its PDF aside: the page map beside it, and its account in the case."""
    bundle, rules = compose(case, *urns), load_profile("ctj-2021")
    plan = plan_bundle(case, bundle, rules, BUILT_AT).plan
    page_map = map_pages(plan, FrontCounts(index_pages=1), rules.numbering)
    folder.mkdir()
    path = folder / "Hearing bundle.page-map.json"
    path.write_text(page_map_json(plan, page_map), encoding="utf-8")
    with case.change(Action.BUILD, bundle.name) as step:
        build = Build(
            id=new_id("bld"),
            bundle=bundle.id,
            number=step.count(Build, bundle=bundle.id) + 1,
            page_count=len(page_map.rows),
            sha256="",
            filename="Hearing bundle.pdf",
            history_head="",
            built_at=BUILT_AT,
            files=(
                "Hearing bundle.pdf 00 1",
                "Hearing bundle.page-map.json 00 1",
                "Hearing bundle.certificate.pdf 00 1",
            ),
            account_sha256=step.keep(BuildAccount(rows=page_map.rows).packed()),
        )
        step.put(build)
    return read_page_map(path)


def text_on(pdf: Path, number: int) -> str:
    return " ".join(pypdfium2.PdfDocument(pdf)[number - 1].get_textpage().get_text_range().split())


def submission(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def test_a_submission_leads_to_the_same_words_in_the_next_build(case: CaseFile, tmp_path: Path) -> None:
    first = built_in(case, tmp_path / "one", "INQ000001", "INQ000002")
    source = submission("The median took nine days (INQ000001_002).", "The board noted it: {A/2/1}; HB 3.")
    resolved = resolve_submission(first, source, mark="HB", case=case)
    put_pdf(case, "INQ000003", "Late document", LATE)
    second = built_in(case, tmp_path / "two", "INQ000003", "INQ000001", "INQ000002")
    again = resolve_submission(second, resolved.content, mark="HB", case=case)
    for folder, result in (("one", resolved), ("two", again)):
        assert result.summary == "3 references: 3 linked, 0 not found"
        pages = []
        for link in links_of(result.content):
            file, page = link.target.split("#page=")
            pages.append(text_on(tmp_path / folder / file.replace("%20", " "), int(page)))
            assert link.text == f"HB {pages[-1].split()[-1]}"  # the number stamped on that very page
        assert "median answer took nine days" in pages[0]
        assert "noted the guidance" in pages[1] and "issued guidance in March" in pages[2]
    assert [link.text for link in links_of(again.content)] == ["HB 7", "HB 8", "HB 6"]


def test_page_numbers_of_an_older_build_are_read_by_its_page_map(case: CaseFile, tmp_path: Path) -> None:
    first = numbered_in(case, tmp_path / "one", "INQ000001", "INQ000002")
    second = numbered_in(case, tmp_path / "two", "INQ000002", "INQ000001")
    for older in (first, map_named(case, "Hearing bundle #1")):
        assert cite(case, "HB 5", second, style=Style.BUNDLE, mark="HB", older=older).written == "HB 3"
    assert cite(case, "HB 5", second, style=Style.BUNDLE, mark="HB").written == "HB 5"
    assert cite(case, "HB 5", second, style=Style.PUBLISHED, mark="HB", older=first).written == "INQ000002_001"
    newest = built_map_of(case, case.all(Bundle)[0].id)
    assert (newest.pdfs, newest.rows) == (second.pdfs, second.rows)


def test_numbers_that_were_kept_lead_on_and_late_pages_are_found(case: CaseFile, tmp_path: Path) -> None:
    built_in(case, tmp_path / "one", "INQ000001", "INQ000002")
    put_pdf(case, "INQ000003", "Late document", LATE)
    late = built_in(case, tmp_path / "two", "INQ000001", "INQ000003", "INQ000002", late=Late.DECIMAL)
    source = submission("See INQ000002_001 and INQ000003, pp. 2-3.", "HB 4.1; HB p. 4.1-4.3; [HB/4.2].")
    resolved = resolve_submission(late, source, mark="HB", case=case)
    assert [(link.text, link.target.partition("=")[2]) for link in links_of(resolved.content)] == [
        ("HB 5", "8"),
        ("HB 4.2-4.3", "6"),
        ("HB 4.1", "5"),
        ("HB 4.1-4.3", "5"),
        ("HB 4.2", "6"),
    ]


def test_a_page_of_a_volume_is_cited_with_its_volume(tmp_path: Path) -> None:
    plan = BundlePlan(title="Hearing bundle", subtitle="", profile="", sections=(), entries=(), built_on="")
    rows = page_rows([("Statements", "INQ000001", 3), ("Minutes", "INQ000002", 4)])
    parts = rows[:5], tuple(replace(row, volume=2, physical_index=row.physical_index - 5) for row in rows[5:])
    for number, part in enumerate(parts, 1):
        path = tmp_path / f"Hearing bundle volume {number}.page-map.json"
        path.write_text(page_map_json(plan, PageMap(rows=part)), encoding="utf-8")
    volumes = read_page_map(path)
    assert volumes.pdfs == ("Hearing bundle volume 1.pdf", "Hearing bundle volume 2.pdf")
    resolved = resolve_submission(volumes, submission("See INQ000002_002-003; HB Vol 1 p. 3; HB 5-6."), mark="HB")
    assert [(link.text, link.target.replace("%20", " ")) for link in links_of(resolved.content)] == [
        ("HB Vol 2 pp. 7-8", "Hearing bundle volume 2.pdf#page=2"),
        ("HB Vol 1 p. 3", "Hearing bundle volume 1.pdf#page=3"),
        ("HB Vol 1 p. 5; HB Vol 2 p. 6", "Hearing bundle volume 1.pdf#page=5"),
    ]
    (tmp_path / "Hearing bundle volume 1.page-map.json").unlink()
    with pytest.raises(Refused, match="must lie together"):
        read_page_map(path)


def test_a_case_without_a_build_cites_what_needs_no_number(case: CaseFile) -> None:
    bundle = compose(case, "INQ000001")
    with pytest.raises(Refused, match="was not built yet"):
        built_map_of(case, bundle.id)
    cited = cite(case, "INQ000001 p. 2", map_of_case(case), style=Style.FOOTNOTE, mark="")
    assert (cited.written, cited.address) == ("Letter (INQ000001), p. 2", "")


def test_one_reference_is_written_in_each_style(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, {"documents": [{"document": "INQ000001", "on": "2011-03-12"}]})
    built = numbered_in(case, tmp_path / "one", "INQ000001", "INQ000002")

    def written(reference: str, style: str) -> str:
        return cite(case, reference, built, style=Style(style), mark="HB").written

    assert written("INQ000001_002", "bundle") == "HB 4"
    assert (
        written(" INQ000001 p. 2, paragraph 7.2 ", "footnote")
        == "Letter, 12 March 2011 (INQ000001), p. 2, paragraph 7.2"
    )
    assert written("HB 3-5", "braces") == "{A/1/1-2} {A/2/1}"
    for wrong, why in (
        ("INQ000001_003", "Page 3 of INQ000001"),
        ("INQ000007", "not in this bundle"),
        ("the letter", "no reference that the program knows"),
        ("INQ000001_001 and INQ000002_001", "no reference that the program knows"),
        ("HB 1", "its cover"),
    ):
        with pytest.raises(NotFound, match=why):
            written(wrong, "bundle")


def test_a_transcript_is_found_by_the_pages_that_it_prints(case: CaseFile, tmp_path: Path) -> None:
    sheets = ["1 Q. Who wrote it?\n2 A. I did.\n1 (Pages 109 to 112)", "1 Q. When?\n2 A. In May.\n2 (Pages 113 to 116)"]
    put_pdf(case, "INQ000005", "Transcript of Day 5, 20 May 2019", sheets)
    built = numbered_in(case, tmp_path / "one", "INQ000001", "INQ000005")
    source = submission("He wrote it (Day 5/112:2) in May {Day5/114:1-2}, 20 May 2019 112/1-113/2; Day 6/1:1.")
    resolved = resolve_submission(built, source, mark="HB", case=case)
    assert resolved.summary == "4 references: 3 linked, 1 not found"
    links = [(link.text, link.target.partition("#")[2]) for link in links_of(resolved.content)]
    assert links == [("Day 5/112:2", "page=5"), ("{Day5/114:1-2}", "page=6"), ("20 May 2019 112/1-113/2", "page=5")]
    assert transcript_pages(case, built.rows)["Day 5", 116] == ("INQ000005", 2)


def test_the_report_names_every_reference_and_runs_nothing_in_a_spreadsheet(case: CaseFile, tmp_path: Path) -> None:
    built = numbered_in(case, tmp_path / "one", "INQ000001", "INQ000002")
    source = tmp_path / "Opening.docx"
    source.write_bytes(submission("=HYPERLINK(INQ000001_002)", "See INQ000001_009."))
    resolved = resolve_submission(built, source.read_bytes(), mark="HB", case=case)
    written, as_json, as_csv = write_submission(resolved, built, source, tmp_path / "out")
    assert paragraph_texts(written.read_bytes())[0] == "=HYPERLINK(HB 4)"
    report = json.loads(as_json.read_text(encoding="utf-8"))
    assert report["summary"] == "2 references: 1 linked, 1 not found" and report["bundle"] == "Hearing bundle"
    rows = list(csv.DictReader(as_csv.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["fate"], row["text"], row["written"], row["label"]) for row in rows] == [
        ("linked", "INQ000001_002", "HB 4", "4"),
        ("not found", "INQ000001_009", "INQ000001_009", ""),
    ]
    assert rows[0]["context"] == "'=HYPERLINK(INQ000001_002)"
    with pytest.raises(Refused, match="Choose another folder"):
        write_submission(resolved, built, source, tmp_path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not JSON", "is no page map"),
        ("[]", "is no page map"),
        ('{"pages": [{"physical_page": 1}]}', "is no page map"),
        (
            '{"pages": [{"physical_page": 2, "label": "2", "kind": "cover", "section": "", "entry": "", "urn": "",'
            ' "title": "", "source_page": "", "source_sha256": ""}]}',
            "incomplete",
        ),
    ],
)
def test_a_file_that_is_no_page_map_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "x.page-map.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=problem):
        read_page_map(path)
    with pytest.raises(NotFound, match="cannot be read"):
        read_page_map(tmp_path / "missing.json")


def test_the_command_line_cites_and_links(case: CaseFile, tmp_path: Path) -> None:
    numbered_in(case, tmp_path / "old", "INQ000001", "INQ000002")
    numbered_in(case, tmp_path / "new", "INQ000002", "INQ000001")
    case.close()
    path, source = str(tmp_path / "Test.casefile"), tmp_path / "Opening.docx"
    source.write_bytes(submission("See HB 4 and INQ000002_001."))
    map_path = str(tmp_path / "old" / "Hearing bundle.page-map.json")

    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, [arguments[0], path, *arguments[1:]])
        return result.exit_code, result.stdout, result.stderr

    assert run("cite", "INQ000001_002")[:2] == (0, "HB 5\n")
    assert run("cite", "HB 4", "--old-map", map_path)[:2] == (0, "HB 5\n")
    assert run("cite", "HB 4", "--old-map", "Hearing bundle #1")[:2] == (0, "HB 5\n")
    assert run("cite", "INQ000001_002", "--map", map_path, "--mark", "A")[:2] == (0, "A 4\n")
    assert run("cite", "INQ000001_002", "--style", "footnote")[:2] == (0, "Letter (INQ000001), p. 2\n")
    shown = json.loads(run("cite", "INQ000001_002", "--bundle", "hearing bundle", "--style", "published", "--json")[1])
    assert shown == {
        "written": "INQ000001_002",
        "stable": "INQ000001_002",
        "label": "5",
        "address": "Hearing%20bundle.pdf#page=5",
    }
    code, _, message = run("cite", "INQ000001_003")
    assert (code, message) == (1, "“INQ000001_003” was not found: Page 3 of INQ000001: not in this bundle.\n")
    assert run("cite", "INQ000001_002", "--bundle", "Core")[0] == 2
    out = tmp_path / "out"
    code, listed, message = run("submission", str(source), "--out", str(out), "--old-map", map_path)
    assert (code, message.splitlines()[-1]) == (0, "2 references: 2 linked, 0 not found.")
    assert [Path(line).name for line in listed.splitlines()] == [
        "Opening.docx",
        "Opening.references.json",
        "Opening.references.csv",
    ]
    assert paragraph_texts((out / "Opening.docx").read_bytes()) == ["See HB 5 and HB 3."]
    source.write_bytes(submission("See INQ000009_001."))
    code, shown_text, _ = run("submission", str(source), "--out", str(out), "--json")
    assert (code, json.loads(shown_text)["references"][0]["reason"]) == (1, "INQ000009 is not in this bundle.")
    source.write_bytes(submission("See INQ000001_001."))
    assert run("submission", str(source), "--out", str(out), "--style", "footnote")[0] == 0
    (link,) = links_of((out / "Opening.docx").read_bytes())
    assert (link.text, link.target) == ("Letter (INQ000001), p. 1", "Hearing%20bundle.pdf#page=4")
    source.write_bytes(b"no document")
    code, _, message = run("submission", str(source), "--out", str(out))
    assert code == 2 and re.fullmatch(r"This is no Word document \(\.docx\)\. .+\n", message)
