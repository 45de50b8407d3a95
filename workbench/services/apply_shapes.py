"""The shape of an apply file: which lists it may have, and which fields their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workbench.domain.errors import Refused

# "!" required text, "" optional text, "[]" list of texts, "{}" list of rows, "#" page number, "*" checked later
SHAPES: dict[str, dict[str, str]] = {
    "scope": {"number": "!", "text": "!", "kind": "", "parent": ""},
    "documents": {
        "document": "!",
        "urn": "",
        "title": "",
        "kind": "",
        "on": "",
        "author": "",
        "marking": "",
        "supplier": "",
        "withdrawn_on": "",
        "withdrawn_reason": "",
        "superseded_by": "",
    },
    "institutions": {"ref": "", "name": "!", "kind": "", "aliases": "[]", "parent": "", "name_cy": ""},
    "people": {"ref": "", "cipher": "!", "class": "", "names": "[]"},
    "issues": {"ref": "", "number": "!", "scope": "!", "text": "!", "status": ""},
    "case_studies": {
        "ref": "",
        "title": "!",
        "scope": "[]",
        "institutions": "[]",
        "period": "",
        "reason": "",
        "status": "",
        "alternatives": "[]",
        "context": "[]",
    },
    "excerpts": {
        "ref": "",
        "document": "!",
        "page": "#",
        "quote": "",
        "prefix": "",
        "suffix": "",
        "box": "*",
        "continues": "",
        "note": "",
        "withdrawn": "",
        "themes": "[]",
        "links": "{}",
    },
    "events": {
        "ref": "",
        "title": "!",
        "on": "!",
        "words": "",
        "kind": "",
        "status": "",
        "institutions": "[]",
        "scope": "[]",
        "sources": "[]",
        "people": "[]",
        "dispute": "",
        "note": "",
    },
    "event_orders": {"earlier": "!", "later": "!", "words": "", "source": ""},
    "standards": {
        "ref": "",
        "title": "!",
        "excerpt": "",
        "from": "",
        "until": "",
        "kind": "",
        "institutions": "[]",
        "version": "",
        "replaces": "",
        "note": "",
    },
    "negative_searches": {
        "ref": "",
        "sought": "!",
        "query": "!",
        "among": "",
        "period": "",
        "understood_as": "",
        "hits": "*",
        "documents": "*",
        "pages": "*",
        "not_searchable": "[]",
        "conclusion": "",
        "searched_by": "",
        "searched_at": "!",
        "history_head": "",
    },
    "assessments": {
        "ref": "",
        "institution": "!",
        "scope": "!",
        "period": "",
        "rating": "",
        "standards": "[]",
        "for": "[]",
        "against": "[]",
        "gaps": "[]",
        "confidence": "",
        "reasoning": "",
        "question": "",
        "dimensions": "[]",
        "issues": "[]",
        "author": "",
        "assessed_on": "",
        "second_readings": "{}",
    },
    "scope_exclusions": {"institution": "!", "scope": "!", "period": "", "reason": "!"},
    "findings": {
        "ref": "",
        "kind": "!",
        "case_study": "",
        "title": "",
        "status": "",
        "criticised": "[]",
        "proof": "",
        "sentences": "{}",
    },
    "lessons": {"ref": "", "text": "!", "findings": "[]", "builds_on": "[]"},
    "recommendations": {
        "ref": "",
        "text": "!",
        "addressee": "",
        "deadline": "",
        "lessons": "[]",
        "findings": "[]",
        "due_on": "",
        "measure": "",
        "is_final": "*",
        "earlier": "[]",
        "responses": "{}",
    },
    "requests": {
        "reference": "!",
        "kind": "",
        "addressee": "",
        "institution": "",
        "sent_on": "",
        "due_on": "",
        "answered_on": "",
        "about": "",
        "scope": "[]",
        "note": "",
    },
    "hearings": {"on": "!", "day": "*", "title": "", "kind": "", "venue": "", "witnesses": "[]", "note": ""},
    "parties": {
        "name": "!",
        "institution": "",
        "person": "",
        "role": "",
        "from": "",
        "until": "",
        "representative": "",
    },
    "restrictions": {
        "ref": "",
        "kind": "!",
        "made_by": "",
        "on": "",
        "targets": "[]",
        "until": "",
        "allows": "[]",
        "revoked_on": "",
        "note": "",
    },
    "redactions": {
        "document": "!",
        "page": "#",
        "quote": "",
        "box": "*",
        "reason": "",
        "restriction": "",
        "state": "",
        "basis": "",
        "label": "",
        "proposed_by": "",
        "decided_by": "",
    },
    "clearances": {"document": "!", "audience": "!", "decision": "!", "by": "", "on": "", "note": ""},
    "warning_letters": {
        "finding": "!",
        "addressee": "!",
        "body": "",
        "sent_on": "",
        "due_on": "",
        "answered_on": "",
        "note": "",
        "criticism": "",
        "facts": "",
        "response": "",
        "reason": "",
        "put": "",
        "evidence": "[]",
        "answer": "[]",
        "outcome": "",
        "is_waived": "*",
    },
    "own_profiles": {"name": "!", "based_on": "", "described": "!"},
    "bundles": {
        "name": "!",
        "kind": "",
        "profile": "",
        "audience": "",
        "case_study": "",
        "main": "",
        "is_divided": "*",
        "marks_references": "*",
        "volume_pages": "*",
        "volume_bytes": "*",
        "sections": "{}",
    },
}

INNER_SHAPES: dict[str, dict[str, str]] = {
    "links": {"to": "!", "name": "!", "stance": ""},
    "sentences": {"text": "!", "evidence": "[]"},
    "second_readings": {"reader": "!", "rating": "!", "confidence": "", "reasoning": "", "read_on": ""},
    "responses": {"by": "!", "on": "", "answer": "", "text": "", "state": "", "evidence": "[]"},
    "sections": {"title": "!", "letter": "", "entries": "{}"},
    "entries": {"document": "!", "pages": "*", "title": "", "on": ""},
}


@dataclass(frozen=True, slots=True)
class ApplyRow:
    """One row of one list: ``where`` is how a person finds it (``excerpts[3]``, counted from 1)."""

    where: str
    fields: Mapping[str, Any]

    def text(self, name: str, otherwise: str = "") -> str:
        """A text field, or what stands for a missing one."""
        return self.fields.get(name) or otherwise

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when missing."""
        return tuple(self.fields.get(name) or ())

    def rows(self, name: str) -> list[ApplyRow]:
        """The inner rows of a list of rows."""
        inner = self.fields.get(name) or []
        return [ApplyRow(f"{self.where}.{name}[{number}]", fields) for number, fields in enumerate(inner, 1)]


def rows_of(content: object) -> Iterator[tuple[str, ApplyRow | Refused]]:
    """(list name, row) for every row, in the order of ``SHAPES``; a Refused in place of each malformed one."""
    if not isinstance(content, dict):
        yield "", Refused("The file holds no JSON object. It needs lists such as “institutions” and “excerpts”.")
        return
    for name in content:
        if name not in SHAPES and name != "investigation":
            yield name, Refused(f"“{name}” is no list that can be applied. Known lists: {', '.join(SHAPES)}.")
    for name, shape in SHAPES.items():
        rows = [] if content.get(name) is None else content[name]
        if not isinstance(rows, list):
            yield name, Refused(f"“{name}” is not a list.")
            continue
        for number, fields in enumerate(rows, 1):
            yield name, _checked(f"{name}[{number}]", fields, shape)


def _checked(where: str, fields: object, shape: Mapping[str, str]) -> ApplyRow | Refused:
    try:
        _check(where, fields, shape)
    except Refused as error:
        return error
    assert isinstance(fields, dict)
    return ApplyRow(where, fields)


def _check(where: str, fields: object, shape: Mapping[str, str]) -> None:
    if not isinstance(fields, dict):
        raise Refused(f"{where} is not an object with fields {', '.join(shape)}.")
    for name in fields:
        if name not in shape:
            raise Refused(f"{where} has an unknown field “{name}”. Known fields: {', '.join(shape)}.")
    for name, kind in shape.items():
        value = fields.get(name)
        if kind in {"!", "#"} and (value is None or value == ""):
            raise Refused(f"{where} lacks its “{name}”.")
        if value is not None:
            _check_value(f"{where}.{name}", value, kind)


def _check_value(where: str, value: object, kind: str) -> None:
    if kind in {"!", ""} and not isinstance(value, str):
        raise Refused(f"{where} is not a text.")
    if kind == "#" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise Refused(f"{where} is not a page number (a whole number from 1).")
    if kind == "[]" and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        raise Refused(f"{where} is not a list of texts.")
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in item):
            raise Refused(f"{where} holds a character that no text may have (NUL or half a surrogate pair).")
    if kind == "{}":
        if not isinstance(value, list):
            raise Refused(f"{where} is not a list of objects.")
        for number, item in enumerate(value, 1):
            _check(f"{where}[{number}]", item, INNER_SHAPES[where.rpartition(".")[2]])
