"""Brings a text and a name into one plain form, so that accents, dashes and look-alikes make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ac\ufe58\ufe63\uff0d\u2043\ufffe\x02", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02b9\u02bc\u02bb\u0060\u00b4\uff07\u02c8", "'"),
    **dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n"),
    **dict.fromkeys("\u2022\u00b7\u2027", "."),
}
_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th",
    "ŋ": "n", "ĸ": "k", "ƒ": "f",
}  # fmt: skip
#: Letters of other scripts and small capitals that look like Latin ones.
_LOOK_ALIKE = dict(
    zip(
        "авекмнорстухіѕјһԁԛԝοαικνρτυχεηᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
        "abekmhopctyxisjhdqwoaikvptuxenabcdefghijklmnoprstuvwyz",
        strict=True,
    )
)
_MISREAD = str.maketrans("Iil1|!jJ0O58", "llllllllooss")
_SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_SOFT_AT_END = re.compile("\u00ad(?=[ \t]*[\r\n])")
_WORD = re.compile(r"[^\W_]+")


class _Folding(dict[int, str]):
    """Computes the plain form of a character when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


def _plain(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return ""  # zero-width signs, soft hyphens, accents that stand alone
    parts = unicodedata.normalize("NFKD", sign.lower())
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Me", "Cf"))
    folded = "".join(_LETTERS.get(part, _LOOK_ALIKE.get(part, _SIGNS.get(part, part))) for part in kept.lower())
    return " " if unicodedata.category(sign) == "Zs" else folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The plain form: small letters without accents, plain dashes, apostrophes and spaces, nothing invisible."""
    if text.isascii() and "\x02" not in text:
        return text.lower()
    return _soft_hyphens_shown(text).translate(_FOLDING)


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The plain form, and for each of its characters the offset in ``text`` that it came from."""
    if text.isascii() and "\x02" not in text:
        return text.lower(), range(len(text))
    parts: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(_soft_hyphens_shown(text)):
        plain = _FOLDING[ord(sign)]
        parts.append(plain)
        places += [place] * len(plain)
    return "".join(parts), places


def _soft_hyphens_shown(text: str) -> str:
    """A soft hyphen at a line end was printed, as a hyphen."""
    return _SOFT_AT_END.sub("-", text) if "\u00ad" in text else text


def misread(text: str) -> str:
    """Letters that readers of pictures take for each other as one of them; as long as the text."""
    return text.translate(_MISREAD)


def term_words(term: str) -> list[list[str]]:
    """A term's parts between spaces, each as its folded words: ``Ann Smith-Jones`` is ``[[ann], [smith, jones]]``."""
    parts = [_WORD.findall(fold(part)) for part in unicodedata.normalize("NFC", term).split()]
    return [part for part in parts if part]


def spelled_out(term: str) -> str:
    """``Müller`` as ``Mueller``: the other way of writing a letter that a typewriter does not have."""
    return "".join(_SPELLED_OUT.get(letter, letter) for letter in unicodedata.normalize("NFC", term).lower())
