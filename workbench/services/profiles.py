"""The profiles - rules of courts and inquiries - that ship with the program, and those somebody copied and changed."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from workbench.domain.bundle import OwnProfile
from workbench.domain.change import Action, Change
from workbench.domain.errors import NotFound, Refused
from workbench.domain.ids import new_id
from workbench.domain.profile import Profile, profile_from
from workbench.runtime.resources import resource_names, resource_text
from workbench.store.case_file import CaseFile

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_ID_LINE = re.compile(r"^id\s*=.*$", re.MULTILINE)


def profile_names(case: CaseFile | None = None) -> list[str]:
    """The names of all profiles, shipped ones first."""
    own = [item.name for item in case.all(OwnProfile, "name")] if case is not None else []
    return [*resource_names("profiles", ".toml"), *own]


def profile_text(name: str, case: CaseFile | None = None) -> str:
    """The TOML text of a profile: the case's own, a shipped one, or a file; raises ``NotFound``."""
    own = case.first(OwnProfile, name=name) if case is not None else None
    if own is not None:
        return own.described
    if name in resource_names("profiles", ".toml"):
        return resource_text(f"profiles/{name}.toml")
    if name.endswith(".toml") and Path(name).is_file():
        try:
            return Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise Refused(f"The profile “{name}” cannot be read as UTF-8 text. Save it as UTF-8.") from None
    raise NotFound(f"There is no profile “{name}”. There are: {', '.join(profile_names(case))}; or name a .toml file.")


def load_profile(name: str, case: CaseFile | None = None) -> Profile:
    """A profile by name; raises ``NotFound`` listing those there are, ``Refused`` when its text is wrong."""
    return read_profile(name, profile_text(name, case))


def read_profile(name: str, text: str) -> Profile:
    """A profile from its TOML text; raises ``Refused`` saying what is wrong where."""
    try:
        described = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The profile “{name}” cannot be read: {error}.") from error
    return profile_from(name, described, hashlib.sha256(text.encode()).hexdigest())


def copy_profile(case: CaseFile, name: str, own_name: str) -> Change:
    """Keep a copy of a profile in the case under another name, to be changed there."""
    if not _NAME.fullmatch(own_name):
        raise Refused(f"“{own_name}” is no name for a profile. Use small letters, digits and hyphens.")
    if own_name in profile_names(case):
        raise Refused(f"There is a profile “{own_name}” already. Choose another name.")
    text = _ID_LINE.sub(f'id = "{own_name}"', profile_text(name, case), count=1)
    return _keep(case, OwnProfile(id=new_id("pro"), name=own_name, based_on=name, described=text))


def change_profile(case: CaseFile, own_name: str, text: str) -> Change:
    """Replace the text of a profile of the case's own; refused while the text is no profile."""
    own = case.first(OwnProfile, name=own_name)
    if own is None:
        raise NotFound(f"“{own_name}” is no profile of this case's own. Copy a shipped profile first.")
    changed = read_profile(own_name, text)
    if changed.id != own_name:
        raise Refused(f"The profile's id is “{changed.id}”. It must stay “{own_name}”.")
    return _keep(case, OwnProfile(id=own.id, name=own_name, based_on=own.based_on, described=text))


def _keep(case: CaseFile, profile: OwnProfile) -> Change:
    with case.change(Action.EDIT_BUNDLE, f"profile {profile.name}") as step:
        step.put(profile)
    return step.change
