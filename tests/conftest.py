"""Fixtures shared by every test: offscreen Qt, and the folder of real documents where there is one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def corpus_folder() -> Path | None:
    """Real documents: WORKBENCH_CORPUS, or shared/corpus beside the checkout; None where there are none."""
    named = os.environ.get("WORKBENCH_CORPUS")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "corpus"
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def corpus() -> Path:
    folder = corpus_folder()
    if folder is None:
        pytest.skip("no corpus of real documents on this machine")
    return folder
