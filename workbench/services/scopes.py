"""Reads a definition of scope, shipped with the program or given as a file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from workbench.domain.errors import Refused
from workbench.domain.frame import ScopeParagraph
from workbench.domain.ids import ScopeParagraphId, new_id
from workbench.runtime.resources import resource_names, resource_text


def load_scope(scope: str | Path) -> tuple[str, str, list[ScopeParagraph]]:
    """(title, source, paragraphs) of a shipped scope by name, or of a TOML file by path.

    A file has ``title``, ``source`` and a list ``paragraphs`` of ``{number, text, kind, parent}``.
    """
    name = str(scope)
    if name in resource_names("scopes", ".toml"):
        text, where = resource_text(f"scopes/{name}.toml"), name
    else:
        path = Path(scope)
        if not path.is_file():
            known = ", ".join(resource_names("scopes", ".toml"))
            raise Refused(f"There is no scope “{name}”. Give the path of a scope file, or one of: {known}.")
        text, where = path.read_text(encoding="utf-8"), path.name
    try:
        described = tomllib.loads(text)
        return str(described["title"]), str(described.get("source", "")), _paragraphs(described["paragraphs"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"The scope “{where}” cannot be read: {error}. Compare it with a shipped scope.") from error


def _paragraphs(described: list[dict[str, str]]) -> list[ScopeParagraph]:
    numbers = {item["number"]: ScopeParagraphId(new_id("scp")) for item in described}
    return [
        ScopeParagraph(
            id=numbers[item["number"]],
            number=item["number"],
            text=item["text"],
            kind=item.get("kind", "subject"),
            parent=numbers[item["parent"]] if item.get("parent") else None,
            position=position,
        )
        for position, item in enumerate(described)
    ]
