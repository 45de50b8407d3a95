"""A bundle and a case study are set up in one step each."""

from __future__ import annotations

import pytest

from workbench.domain.bundle import Bundle
from workbench.domain.errors import Refused
from workbench.domain.frame import CaseStudy, ScopeParagraph
from workbench.services.composing import compose_bundle, set_up_case_study
from workbench.services.session import create_case


@pytest.fixture
def empty(tmp_path):
    with create_case(tmp_path / "c.casefile", title="C", passphrase=None, who="tester") as case:
        yield case


def test_bundle_without_name_or_documents_is_refused(empty):
    with pytest.raises(Refused, match="needs a name"):
        compose_bundle(empty, "  ", [])
    with pytest.raises(Refused, match="at least one document"):
        compose_bundle(empty, "Hearing", [])
    assert empty.count(Bundle) == 0


def test_case_study_covers_the_scope_and_is_one_step(empty):
    set_up_case_study(empty, "Harbour Platform")
    (study,) = empty.all(CaseStudy)
    assert len(study.scope) == empty.count(ScopeParagraph) > 5
    with pytest.raises(Refused, match="already a case study"):
        set_up_case_study(empty, "harbour platform")
    empty.undo()
    assert empty.count(CaseStudy) == 0
