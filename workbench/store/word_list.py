"""The list of all words on the pages of a case, each with its stem, so that a word finds its other forms."""

from __future__ import annotations

import json
from collections.abc import Iterable

import Stemmer
from sqlite_utils import Database

_LETTERS_ONLY_BELOW = 40


class Stems:
    """English stems; one object for one thread."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")

    def of(self, word: str) -> str:
        """The stem of a folded word; words with digits stay as they are."""
        return str(self._stemmer.stemWord(word)) if is_stemmed(word) else word

    def of_all(self, words: Iterable[str]) -> list[tuple[str, str]]:
        """Each word with its stem."""
        listed = list(words)
        stems = self._stemmer.stemWords(listed)
        return [(word, stem if is_stemmed(word) else word) for word, stem in zip(listed, stems, strict=True)]


def is_stemmed(word: str) -> bool:
    """Words of letters have other forms; numbers, references and rubbish have not."""
    return word.isalpha() and len(word) < _LETTERS_ONLY_BELOW


def add_words(db: Database, words: Iterable[str]) -> None:
    """Enter the words that are not in the list yet."""
    sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT word FROM search_word)"
    unknown = [row[0] for row in db.conn.execute(sql, [json.dumps(list(words))])]
    if unknown:
        db.conn.executemany("INSERT INTO search_word (word, stem) VALUES (?, ?)", Stems().of_all(unknown))


def forms_of(db: Database, stems: Stems, word: str) -> list[str]:
    """All words on the pages with the stem of this one; the word itself when there is none."""
    sql = "SELECT word FROM search_word WHERE stem = ?"
    found = [row[0] for row in db.conn.execute(sql, [stems.of(word)])]
    return found if word in found else [word, *found]


def words_like(db: Database, pattern: str, limit: int) -> list[str]:
    """Up to ``limit`` words of this shape; ``*`` stands for any letters, ``?`` for one."""
    sql = "SELECT word FROM search_word WHERE word GLOB ? LIMIT ?"
    return [row[0] for row in db.conn.execute(sql, [pattern, limit])]


def words_near(db: Database, word: str, limit: int = 20_000) -> list[str]:
    """Words on the pages that begin with the same letter and are about as long."""
    sql = "SELECT word FROM search_word WHERE word GLOB ? AND length(word) BETWEEN ? AND ? LIMIT ?"
    values = [f"{word[:1]}*", len(word) - 2, len(word) + 2, limit]
    return [row[0] for row in db.conn.execute(sql, values)] if word[:1].isalnum() else []
