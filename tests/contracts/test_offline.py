"""The program opens no socket that reaches a network: the kernel is asked, not the program."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"
COMMAND_LINE = [sys.executable, "-c", "from workbench.cli.main import main; main()"]
#: Seconds the window stays open at least; more by hand: WORKBENCH_OFFLINE_SECONDS=60.
SECONDS = os.environ.get("WORKBENCH_OFFLINE_SECONDS", "1")
INET = re.compile(r"\b(?:socket|socketpair|bind|connect|sendto)\(.*AF_(?:INET6?|NETLINK|PACKET)\b")
#: The kernel's own answer for a call that a sandboxed child was denied still counts: it should not be tried.
WATCHED = "socket,socketpair,bind,connect,sendto"


def _strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("no strace on this machine")
    tried = subprocess.run([found, "-o", os.devnull, "true"], capture_output=True, check=False)
    if tried.returncode != 0:
        pytest.skip("this machine does not let strace look")
    return found


def _trace(strace: str, log: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command as on a person's machine, with every process it starts watched."""
    kept = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST")}
    return subprocess.run(
        [strace, "-f", "-qq", "-e", f"trace={WATCHED}", "-e", "signal=none", "-o", str(log), *command],
        cwd=ROOT,
        env=kept | {"QT_QPA_PLATFORM": "offscreen", "WORKBENCH_PASSPHRASE": "evening"},
        capture_output=True,
        text=True,
        check=False,
    )


def _inet_calls(log: Path) -> list[str]:
    return [line for line in log.read_text(errors="replace").splitlines() if INET.search(line)]


def test_the_command_line_opens_no_inet_socket(tmp_path):
    strace, case = _strace(), str(tmp_path / "Case.casefile")
    for at, (arguments, expected) in enumerate(
        [
            (["demo", "--out", str(tmp_path / "demo"), "--no-window"], "bundle"),
            (["new", case], ""),
            (["import", case, str(SAMPLES)], ""),
            (["search", case, "policy"], ""),
            (["verify", case], ""),
        ]
    ):
        log = tmp_path / f"{at}.strace"
        done = _trace(strace, log, [*COMMAND_LINE, *arguments])
        assert done.returncode == 0, done.stderr
        assert expected in done.stdout
        assert _inet_calls(log) == []


def test_the_window_opens_no_inet_socket(tmp_path):
    log = tmp_path / "window.strace"
    session = [sys.executable, "-m", "tests.contracts.window_session", str(SAMPLES), SECONDS]
    done = _trace(_strace(), log, session)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "1 bundle\n"
    assert _inet_calls(log) == []


def test_the_look_itself_sees_a_socket(tmp_path):
    """What opens a socket is seen, so seeing none above means something."""
    log = tmp_path / "seen.strace"
    _trace(_strace(), log, [sys.executable, "-c", "import socket; socket.socket(socket.AF_INET).close()"])
    assert len(_inet_calls(log)) == 1


def test_no_test_of_this_suite_reaches_a_network():
    """The guard in tests/conftest.py stops a test that tries."""
    with pytest.raises(RuntimeError, match="network"), socket.socket(socket.AF_INET) as opened:
        opened.connect(("192.0.2.1", 9))
