"""Settings survive a restart and never stop the program from starting."""

from __future__ import annotations

import pytest

from workbench.domain.errors import WorkbenchError
from workbench.runtime.paths import program_paths
from workbench.runtime.settings import Settings, load_settings, save_settings


def test_saved_settings_come_back(tmp_path):
    path = tmp_path / "deep" / "settings.toml"
    chosen = Settings(appearance="dark", language="cy", dim_pages_in_dark=False, import_workers=4)
    save_settings(path, chosen)
    assert load_settings(path) == chosen
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    "text", ["", "not toml at all ===", 'appearance = "purple"\nimport_workers = "two"', "appearance = 3"]
)
def test_nonsense_falls_back_to_defaults(tmp_path, text):
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    assert load_settings(path) == Settings()


def test_missing_file_means_defaults(tmp_path):
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_keys_of_another_version_are_kept(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('colour_of_marks = "grün"\n', encoding="utf-8")
    save_settings(path, Settings(appearance="dark"))
    assert "colour_of_marks" in path.read_text(encoding="utf-8")
    assert load_settings(path).appearance == "dark"


def test_folder_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkbenchError, match="settings could not be saved"):
        save_settings(tmp_path / "file" / "settings.toml", Settings())


def test_all_in_one_folder_when_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    paths = program_paths()
    assert {paths.settings.parent, paths.window_state.parent, paths.crash_reports.parent} == {tmp_path}
