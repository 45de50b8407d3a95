"""The program speaks the chosen language and falls back to English sentence by sentence."""

from __future__ import annotations

from workbench.runtime.i18n import Speech, read_po


def test_po_file_is_read(tmp_path):
    path = tmp_path / "x.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: x\\n"\n\n# a comment\nmsgid "&Open"\nmsgstr "&Agor"\n\n'
        'msgid "Two "\n"lines"\nmsgstr ""\n"Dwy "\n"linell\\n"\n\nmsgid "Untranslated"\nmsgstr ""\n',
        encoding="utf-8",
    )
    assert read_po(path) == {"&Open": "&Agor", "Two lines": "Dwy linell\n", "Untranslated": ""}


def test_welsh_is_spoken_where_there_is_a_sentence():
    speech = Speech()
    speech.use("cy")
    assert speech("&Edit") == "&Golygu"
    assert speech("A sentence that nobody translated") == "A sentence that nobody translated"


def test_unknown_language_stays_english():
    speech = Speech()
    speech.use("tlh")
    assert speech("&Edit") == "&Edit"


def test_counts_choose_one_or_many():
    speech = Speech()
    assert speech.count("{n} page", "{n} pages", 1) == "1 page"
    assert speech.count("{n} page", "{n} pages", 1200) == "1,200 pages"
