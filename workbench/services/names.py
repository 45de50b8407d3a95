"""The one room that can read protected names: what identifies a person and must not leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.domain.errors import Refused
from workbench.domain.frame import Person, ProtectedTerm
from workbench.domain.ids import PersonId, new_id
from workbench.store.case_file import CaseFile
from workbench.store.step import Step

#: What a protected term is, as people write it in front of the term: ``school: Northmere Primary``.
TERM_KINDS = ("name", "alias", "address", "school", "workplace", "other")
_KIND = re.compile(rf"\s*({'|'.join(TERM_KINDS)})\s*:\s*(\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenName:
    """One protected term in clear; kept in memory only for as long as it is looked for."""

    person: PersonId
    cipher: str
    kind: str
    term: str

    @property
    def written(self) -> str:
        """As people write it: with its kind in front unless it is a name."""
        return self.term if self.kind == "name" else f"{self.kind}: {self.term}"


def open_names(case: CaseFile) -> tuple[OpenName, ...]:
    """Every protected term of the case in clear."""
    ciphers = {person.id: person.cipher for person in case.all(Person)}
    return tuple(
        OpenName(person=item.person, cipher=ciphers[item.person], kind=item.kind, term=case.names.open(item.term))
        for item in case.all(ProtectedTerm)
    )


def read_term(written: str) -> tuple[str, str]:
    """(kind, term) of a protected term as written."""
    match = _KIND.fullmatch(written)
    return (match[1].lower(), match[2].strip()) if match else ("name", written.strip())


def put_terms(case: CaseFile, step: Step, person: PersonId, written: Iterable[str], *, only_these: bool) -> int:
    """Add protected terms to a person as part of a change; with ``only_these`` the others are taken away. How many.

    Raises ``Refused`` for terms that cannot be looked for.
    """
    wanted = dict.fromkeys(read_term(text) for text in written if text.strip())
    if any(not any(map(str.isalnum, term)) for _, term in wanted):
        raise Refused("A protected name has neither letters nor digits, so it can never be found. Write it out.")
    known = {(item.kind, case.names.open(item.term)): item for item in step.all(ProtectedTerm, person=person)}
    if only_these:
        for gone in known.keys() - wanted.keys():
            step.delete(ProtectedTerm, known[gone].id)
    for kind, term in wanted:
        if (kind, term) not in known:
            step.put(ProtectedTerm(id=new_id("trm"), person=person, kind=kind, term=case.names.seal(term)))
    return len(wanted)
