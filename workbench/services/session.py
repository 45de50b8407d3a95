"""Opens and creates cases: the one place where store, search and plug-ins are joined."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from workbench.domain.change import Action
from workbench.domain.errors import Refused
from workbench.domain.frame import Investigation
from workbench.domain.ids import InvestigationId, new_id
from workbench.services.scopes import load_scope
from workbench.store.case_file import CaseFile
from workbench.store.connection import is_encrypted, key_for
from workbench.store.keys import SALT_BYTES, derive_key

SUFFIX = ".casefile"


def current_user() -> str:
    """Who makes changes, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def create_case(
    path: Path,
    *,
    title: str = "",
    scope: str | Path = "iicsa-internet",
    passphrase: str | None,
    who: str = "",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> CaseFile:
    """A new case at ``path``; ``passphrase`` None makes an unencrypted one, for public material only."""
    _refuse_bad_target(path, passphrase)
    scope_title, scope_source, paragraphs = load_scope(scope)
    key = None if passphrase is None else derive_key(passphrase, os.urandom(SALT_BYTES))
    case = CaseFile(path, key=key, who=who or current_user(), create=True, clock=clock)
    try:
        with case.change(Action.CREATE_CASE, title) as step:
            step.put(
                Investigation(
                    id=InvestigationId(new_id("inv")),
                    title=title or path.name.removesuffix(SUFFIX),
                    scope_title=scope_title,
                    scope_source=scope_source,
                    created_at=clock(),
                )
            )
            step.put_all(paragraphs)
    except BaseException:
        case.close()
        path.unlink(missing_ok=True)
        raise
    return case


def _refuse_bad_target(path: Path, passphrase: str | None) -> None:
    if path.suffix != SUFFIX:
        raise Refused(f"A case file's name ends in {SUFFIX}; “{path.name}” does not. Add the ending.")
    if path.exists():
        raise Refused(f"“{path.name}” is there already. Open it, or choose another name.")
    if not path.parent.is_dir():
        raise Refused(f"The folder “{path.parent}” does not exist. Create it, or choose another.")
    if passphrase is not None and not passphrase:
        raise Refused("The passphrase is empty. Type one, or make the case without a passphrase.")


def open_case(
    path: Path,
    *,
    passphrase: str | None = None,
    who: str = "",
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> CaseFile:
    """The case at ``path``, open; raises a child of ``CaseNotOpened`` or ``NotFound`` with its own sentence."""
    return CaseFile(path, key=key_for(path, passphrase), who=who or current_user(), clock=clock)


def needs_passphrase(path: Path) -> bool:
    """True when the case at ``path`` is encrypted."""
    return is_encrypted(path)


def investigation_of(case: CaseFile) -> Investigation:
    """The investigation that the case holds."""
    return case.all(Investigation)[0]


def is_passphrase_of(case: CaseFile, passphrase: str) -> bool:
    """True when this passphrase opens the case; always True for a case without one."""
    return not case.is_encrypted or case.has_key(key_for(case.path, passphrase))
