"""Protected names stand in a case as unreadable text only, also those that an older program wrote in clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.domain.change import Action
from workbench.domain.errors import CaseDamaged, NothingToUndo
from workbench.domain.frame import Person, ProtectedTerm
from workbench.domain.ids import PersonId, new_id
from workbench.services.framing import names_of, settle_names
from workbench.services.session import create_case, open_case
from workbench.services.verifying import verify_case
from workbench.store.case_file import CaseFile
from workbench.store.keys import SALT_BYTES, derive_key
from workbench.store.sealing import Sealer

NAME = "Ada Example-Ŵyn"


def _person(case: CaseFile) -> PersonId:
    person = Person(id=new_id("per"), cipher="IN-A1")
    with case.change(Action.EDIT_FRAME) as step:
        step.put(person)
    return person.id


def _rows(case: CaseFile) -> str:
    names = [row[0] for row in case.reader().execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(case.reader().execute(f'SELECT * FROM "{name}"').fetchall()) for name in names)


def test_no_table_and_no_history_holds_a_name(tmp_path: Path) -> None:
    with create_case(tmp_path / "N.casefile", passphrase="a long passphrase", who="tester") as case:
        person = _person(case)
        settle_names(case, person, [NAME, "school: Northmere Example School"])
        assert "Example" not in _rows(case)
        assert sorted(names_of(case, person)) == [NAME, "school: Northmere Example School"]
    with open_case(tmp_path / "N.casefile", passphrase="a long passphrase") as case:
        assert sorted(names_of(case, person)) == [NAME, "school: Northmere Example School"]


def test_names_of_an_older_case_are_sealed_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "Old.casefile"
    with create_case(path, passphrase=None, who="tester") as case:
        person = _person(case)
        with case.change(Action.EDIT_FRAME) as step:
            step.put(ProtectedTerm(id=new_id("trm"), person=person, term=NAME))
    assert "Ada Example" in path.read_bytes().decode("utf-8", "ignore")
    with open_case(path) as case:
        assert "Ada" not in _rows(case)
        assert names_of(case, person) == [NAME]
        assert [check.name for check in verify_case(case) if not check.ok] == []
        with pytest.raises(NothingToUndo, match="erased from the history"):
            case.undo()
    assert "Ada Example" not in path.read_bytes().decode("utf-8", "ignore")


def test_a_seal_opens_only_with_its_own_key() -> None:
    ours, theirs = (Sealer(derive_key(word, b"s" * SALT_BYTES)) for word in ("one", "two"))
    assert ours.open(ours.seal(NAME)) == NAME
    with pytest.raises(CaseDamaged, match="altered"):
        theirs.open(ours.seal(NAME))
    with pytest.raises(CaseDamaged, match="altered"):
        ours.open(ours.seal(NAME)[:-6] + "AAAA==")
