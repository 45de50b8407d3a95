"""A program killed at any moment loses no change it had acknowledged and leaves no half one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from tests.store.conftest import PASSPHRASE
from workbench.domain.frame import Theme
from workbench.services.session import create_case, open_case
from workbench.services.verifying import verify_case

#: More by hand: WORKBENCH_KILLS=1000.
KILLS = int(os.environ.get("WORKBENCH_KILLS", "8"))

_WRITER = """
import sys
from pathlib import Path
from workbench.domain.change import Action
from workbench.domain.frame import Theme
from workbench.domain.ids import new_id
from workbench.services.session import open_case

with open_case(Path(sys.argv[1]), passphrase=sys.argv[2]) as case:
    number = case.count(Theme)
    while True:
        with case.change(Action.EDIT_FRAME) as step:
            step.put(Theme(id=new_id("thm"), name=str(number)))
            step.keep(str(number).encode() * 20000)
        number += 1
        print(number, flush=True)
"""


def test_no_acknowledged_change_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "Killed.casefile"
    create_case(path, passphrase=PASSPHRASE).close()
    chance = random.Random(20261124)
    for _ in range(KILLS):
        acknowledged = _write_until_killed(path, after=chance.randrange(1, 30))
        with open_case(path, passphrase=PASSPHRASE) as case:
            assert case.count(Theme) >= acknowledged
            assert [int(theme.name) for theme in case.all(Theme)] == list(range(case.count(Theme)))
            assert [check for check in verify_case(case) if not check.ok] == []


def _write_until_killed(path: Path, *, after: int) -> int:
    """Kills the writer while it goes on behind its ``after``-th acknowledgement; the last number it acknowledged."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _WRITER, str(path), PASSPHRASE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after)]
        process.kill()
        lines += process.stdout.readlines()
    return int(next(line for line in reversed(lines) if line.endswith("\n")))
