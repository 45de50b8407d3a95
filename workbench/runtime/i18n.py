"""The program's words in the person's language; English is built in, translations are plain .po files."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path

from workbench.domain.errors import NotFound
from workbench.runtime.resources import resource_path


class Catalogue(gettext.NullTranslations):
    """The sentences of one .po file; what it lacks stays English."""

    def __init__(self, sentences: dict[str, str]) -> None:
        super().__init__()
        self._sentences = sentences

    def gettext(self, message: str) -> str:
        return self._sentences.get(message) or message

    def __len__(self) -> int:
        return len(self._sentences)


def read_po(path: Path) -> dict[str, str]:
    """English sentence -> translation, from the entries of a .po file that have no plural."""
    sentences: dict[str, str] = {}
    parts = {"msgid": "", "msgstr": ""}
    current = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        keyword, _, rest = line.partition(" ")
        if keyword == "msgid":
            sentences[parts["msgid"]] = parts["msgstr"]
            parts = {"msgid": "", "msgstr": ""}
        if keyword in parts:
            current = keyword
            parts[current] = ast.literal_eval(rest)
        elif line.startswith('"') and current:
            parts[current] += ast.literal_eval(line)
    sentences.pop("", None)
    return sentences


def load_catalogue(language: str) -> Catalogue:
    """The catalogue of ``"cy"``; an empty one for English and for languages that are not there."""
    try:
        return Catalogue(read_po(resource_path(f"i18n/{language}.po")))
    except NotFound:
        return Catalogue({})


class Speech:
    """The language that is spoken now; chosen once when the program starts."""

    def __init__(self) -> None:
        self._catalogue = Catalogue({})
        self.language = "en"

    def use(self, language: str) -> None:
        """Speak ``language`` from now on."""
        self._catalogue = load_catalogue(language)
        self.language = language

    def __call__(self, message: str) -> str:
        """The message in the chosen language."""
        return self._catalogue.gettext(message)

    def count(self, one: str, many: str, number: int) -> str:
        """``one`` or ``many`` with ``{n}`` filled in."""
        return self._catalogue.gettext(one if number == 1 else many).format(n=f"{number:,}")


#: The one voice of the program; import it as ``_``.
speech = Speech()


def mark(message: str) -> str:
    """Marks a sentence for translation where it stands as a constant; it is translated when shown."""
    return message
