"""A template with something unknown in it is refused in one clear sentence; its words are filled in."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from workbench.domain.errors import Refused
from workbench.domain.report_template import Known, Words, filled, template_from
from workbench.services.report.templates import load_template

KNOWN = Known(fields=("case_study", "requests"), counts=("requests",), shows=("scope",), audiences=("team", "public"))
PLAIN = """
id = "own"
title = "Own"
version = "1"
date = "2026-11-25"
source = "the team"
heading = "{case_study}"
[marking]
team = "Team"
[[part]]
heading = "Scope"
text = ["We asked {requests} {{sic}}.", { text = "None.", unless = "requests" }]
shows = ["scope"]
"""


def read(text: str) -> Any:
    return template_from("own.toml", tomllib.loads(text), "00", KNOWN)


def test_a_template_is_read() -> None:
    template = read(PLAIN)
    part = template.parts[0]
    assert (template.name, part.heading, part.shows) == ("Own, version 1 of 2026-11-25", "Scope", ("scope",))
    assert [words.are_said({"requests": 2}) for words in part.text] == [True, False]
    assert [words.are_said({"requests": 0}) for words in part.text] == [True, True]
    assert filled(part.text[0].text, {"requests": "2 {requests}"}) == "We asked 2 {requests} {sic}."
    assert Words(text="x", when="requests").are_said({"requests": 0}) is False


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('shows = ["scope"]', 'shows = ["gossip"]', "names the content “gossip” in part 1 (“Scope”)"),
        ("{requests}", "{rumours}", "names the field “rumours” in part 1 (“Scope”)"),
        ("{requests}", "{requests!r}", "names the field “requests!r”"),
        ("{requests}", "{requests.__class__}", "names the field “requests.__class__”"),
        ("{{sic}}", "{sic", "has a brace in part 1 (“Scope”) that is not closed"),
        ('heading = "Scope"', 'heading = "Scope"\nlevle = 2', "names the field “levle” in part 1"),
        ('heading = "Scope"', 'heading = "Scope"\nlevel = 4', "names the level “4”"),
        ('heading = "Scope"', 'heading = "Scope"\nlevel = 2', "begins with a heading below a part"),
        ('heading = "Scope"', 'heading = "Scope"\nnumbering = "roman"', "numbers in part 1 (“Scope”) as “roman”"),
        ('heading = "Scope"', "", "lacks its “heading” in part 1"),
        ('unless = "requests"', 'unless = "rumours"', "names the count “rumours”"),
        ('team = "Team"', 'press = "Press"', "names the audience “press” under “marking”"),
        ('version = "1"', "version = 1", "has a “version” at the top that is no text"),
        ('source = "the team"', 'source = "the team"\nlanguage = "cy"', "is written in “cy”"),
        ("[[part]]", "[part]", "has no parts"),
        ('shows = ["scope"]', "shows = [1]", "has a “shows” in part 1 (“Scope”) that is no list of texts"),
    ],
)
def test_what_is_not_known_is_refused_in_one_sentence(old: str, new: str, says: str) -> None:
    assert old in PLAIN
    with pytest.raises(Refused) as refused:
        read(PLAIN.replace(old, new))
    assert says in str(refused.value) and "own.toml" in str(refused.value)
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


def test_a_file_that_is_no_template_is_refused(tmp_path: Path) -> None:
    for content, says in ((b"\xff\xfe\x00", "is no UTF-8 text"), (b"= 3", "cannot be read"), (b"", "has no parts")):
        path = tmp_path / "own.toml"
        path.write_bytes(content)
        with pytest.raises(Refused, match=says):
            load_template(str(path))
