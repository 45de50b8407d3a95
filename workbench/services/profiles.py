"""The profiles - rules of courts and inquiries - that ship with the program."""

from __future__ import annotations

import tomllib

from workbench.domain.errors import NotFound, Refused
from workbench.domain.profile import Profile, profile_from
from workbench.runtime.resources import resource_names, resource_text


def profile_names() -> list[str]:
    """The names of all profiles."""
    return resource_names("profiles", ".toml")


def load_profile(name: str) -> Profile:
    """A profile by name; raises ``NotFound`` listing those there are."""
    if name not in profile_names():
        raise NotFound(f"There is no profile “{name}”. There are: {', '.join(profile_names())}.")
    try:
        return profile_from(name, tomllib.loads(resource_text(f"profiles/{name}.toml")))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The profile “{name}” cannot be read: {error}.") from error
