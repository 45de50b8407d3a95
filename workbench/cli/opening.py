"""How a command gets its case: the path, and the passphrase from a prompt, a file or the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from workbench.domain.errors import NotFound, Refused, WrongPassphrase
from workbench.services.session import needs_passphrase, open_case
from workbench.store.case_file import CaseFile

Identifier = TypeVar("Identifier", bound=str)
PASSPHRASE_VARIABLE = "WORKBENCH_PASSPHRASE"

case_argument = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path, dir_okay=False))
passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"Read the passphrase from the first line of this file (else {PASSPHRASE_VARIABLE}, else a prompt).",
)


def passphrase_from(file: Path | None, *, confirm: bool = False) -> str:
    """The passphrase from a file, the environment or a prompt, in this order; never from an argument."""
    if file is not None:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        return lines[0] if lines else ""
    if PASSPHRASE_VARIABLE in os.environ:
        return os.environ[PASSPHRASE_VARIABLE]
    if not sys.stdin.isatty():
        raise WrongPassphrase(
            f"The case needs a passphrase. Set {PASSPHRASE_VARIABLE} or give --passphrase-file; "
            "there is no terminal to ask at."
        )
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


@contextmanager
def opened(path: Path, passphrase_file: Path | None) -> Iterator[CaseFile]:
    """The case, open for one command, and closed into one file after it."""
    if path.suffix != ".casefile" and not path.exists():
        raise Refused(f"“{path}” is no case: its name does not end in .casefile, and there is no such file.")
    passphrase = passphrase_from(passphrase_file) if needs_passphrase(path) else None
    with open_case(path, passphrase=passphrase) as case:
        yield case


def named_id(names: Mapping[str, Identifier], name: str, what: str) -> Identifier:
    """The id of the thing called ``name``, matched without regard to case; raises ``NotFound`` listing all."""
    for known, identifier in names.items():
        if known.casefold() == name.casefold():
            return identifier
    listed = ", ".join(f"“{known}”" for known in names) or "none yet"
    raise NotFound(f"There is no {what} “{name}” in this case. It has: {listed}.")
