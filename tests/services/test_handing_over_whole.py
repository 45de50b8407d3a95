"""What is handed over is there whole and on record, or neither; what lies there from before is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services.test_applying import FULL
from workbench.domain.bundle import Build, Bundle
from workbench.domain.errors import WorkbenchError
from workbench.domain.frame import CaseStudy
from workbench.services.applying import apply_json
from workbench.services.bundle_editing import BundleEdit, edit_bundle
from workbench.services.bundling import build_bundle
from workbench.services.case_study_export import export_case_study
from workbench.services.exporting import export_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile
from workbench.store.step import Step


@pytest.fixture
def bundle(case: CaseFile) -> Bundle:
    entries = [{"document": "INQ000001"}, {"document": "INQ000002"}]
    apply_json(case, {"bundles": [{"name": "Day 1", "sections": [{"title": "All", "entries": entries}]}]})
    return case.all(Bundle)[0]


def _held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("ending", [".pdf", ".page-map.json", ".certificate.json"])
def test_a_file_that_cannot_be_placed_leaves_all_as_it_was(
    case: CaseFile, bundle: Bundle, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / "out"
    (out / f"Day 1{ending}").mkdir(parents=True)
    with pytest.raises(WorkbenchError, match="was not written"):
        build_bundle(case, bundle.id, out)
    assert _held(out) == {}
    assert [path.name for path in out.iterdir()] == [f"Day 1{ending}"]
    assert case.count(Build) == 0


@contextmanager
def _no_record(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The case takes no new build, as when its disk is full."""

    def refuse(step: Step, record: object) -> None:
        if isinstance(record, Build):
            raise WorkbenchError("The disk of the case is full.")
        put(step, record)

    put = Step.put
    with monkeypatch.context() as patched:
        patched.setattr(Step, "put", refuse)
        yield


def test_what_cannot_be_recorded_is_not_handed_over(
    case: CaseFile, bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_json(case, FULL)
    study, out = case.all(CaseStudy)[0].id, tmp_path / "out"
    build_bundle(case, bundle.id, out)
    export_case_study(case, study, out)
    before, builds = _held(out), case.count(Build)
    apply_json(case, {"case_studies": [{**FULL["case_studies"][0], "reason": "Another reason."}]})
    with _no_record(monkeypatch):
        with pytest.raises(WorkbenchError, match="disk of the case"):
            build_bundle(case, bundle.id, out)
        for format_name in ("case-study", "registers", "json"):
            with pytest.raises(WorkbenchError, match="disk of the case"):
                export_case(case, format_name, out)
    assert _held(out) == before
    assert case.count(Build) == builds and all(check.ok for check in verify_case(case))


def test_a_case_study_whose_archive_cannot_be_placed_leaves_all_as_it_was(case: CaseFile, tmp_path: Path) -> None:
    apply_json(case, FULL)
    out = tmp_path / "out"
    (out / "Response times.zip").mkdir(parents=True)
    with pytest.raises(WorkbenchError, match="was not written"):
        export_case_study(case, case.all(CaseStudy)[0].id, out)
    assert _held(out) == {} and case.count(Build) == 0


def test_files_of_an_earlier_build_are_told(case: CaseFile, bundle: Bundle, tmp_path: Path) -> None:
    edit_bundle(case, bundle.id, BundleEdit(volume_pages=4))
    first = build_bundle(case, bundle.id, tmp_path)
    assert len(first.paths) == 2 and first.leftovers == ()
    edit_bundle(case, bundle.id, BundleEdit(volume_pages=0))
    second = build_bundle(case, bundle.id, tmp_path)
    assert len(second.paths) == 1
    assert {path.name for path in first.paths} <= set(second.leftovers)
