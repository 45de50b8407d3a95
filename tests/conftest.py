"""Fixtures shared by every test: offscreen Qt, and the folder of real documents where there is one."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_REACHING_OUT = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo"}


def _no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Stops a test that would reach a network; sockets between processes of this machine are allowed."""
    if event not in _REACHING_OUT:
        return
    if isinstance(arguments[0], socket.socket) and arguments[0].family == getattr(socket, "AF_UNIX", None):
        return
    raise RuntimeError(f"a test reached for the network: {event}")


sys.addaudithook(_no_network)


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
