"""Findings: their sentences, what carries them, and withdrawing them."""

from __future__ import annotations

from typing import Any

from workbench.gui.actions.base import FINDINGS, ActionSpec
from workbench.runtime.i18n import mark

#: Keys of the ledger begin so; the last one says what is done.
_KEYS = "Ctrl+Alt+Shift+"


def _finding(identifier: str, text: str, key: str, callback: str, **more: Any) -> ActionSpec:
    return ActionSpec(
        id=identifier, text=text, shortcut=_KEYS + key, callback=callback, menu=FINDINGS, needs="case", **more
    )


FINDING_ACTIONS: tuple[ActionSpec, ...] = (
    _finding("new_finding", mark("&New finding…"), "N", "findings.add", icon="plus"),
    _finding("edit_finding", mark("&Edit the finding…"), "E", "findings.edit", icon="pencil"),
    _finding("withdraw_finding", mark("&Withdraw the finding, or take that back"), "W", "findings.withdraw"),
    _finding("delete_finding", mark("&Remove the finding"), "Delete", "findings.delete", icon="trash-2"),
    _finding("red_findings", mark("&Red findings only"), "R", "findings.toggle_red", icon="filter"),
    _finding("new_sentence", mark("Add a &sentence"), "S", "sentences.add", group=1),
    _finding(
        "split_sentence", mark("S&plit the sentence at the cursor"), "P", "sentences.split", icon="split", group=1
    ),
    _finding("join_sentences", mark("&Join with the next sentence"), "J", "sentences.join", icon="merge", group=1),
    _finding("sentence_up", mark("Move the sentence &up"), "Up", "sentences.move", argument="up", group=1),
    _finding("sentence_down", mark("Move the sentence &down"), "Down", "sentences.move", argument="down", group=1),
    _finding("delete_sentence", mark("Remove the sen&tence"), "X", "sentences.delete", group=1),
    _finding("cite_excerpts", mark("Add the &chosen excerpts to the sentence"), "A", "sentences.cite_chosen", group=2),
    _finding("cite_other", mark("Add &other evidence…"), "O", "sentences.cite_other", group=2),
    _finding("open_evidence", mark("&Go to the evidence"), "G", "sentences.open_evidence", group=2),
    _finding("uncite", mark("Remove the e&vidence from the sentence"), "V", "sentences.uncite", group=2),
    _finding("new_lesson", mark("New &lesson…"), "L", "recommendations.add_lesson", group=3),
    _finding("new_recommendation", mark("New reco&mmendation…"), "M", "recommendations.add", group=3),
    _finding("new_answer", mark("Record an ans&wer…"), "Y", "recommendations.add_answer", group=3),
    _finding("edit_recommended", mark("Edit what is chosen in the tree…"), "U", "recommendations.edit", group=3),
    _finding("remove_recommended", mark("Remove what is chosen in the tree"), "Q", "recommendations.remove", group=3),
    _finding("turn_genealogy", mark("Turn the tree round"), "T", "recommendations.turn", group=3),
)
