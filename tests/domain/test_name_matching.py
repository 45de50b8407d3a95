"""Protected terms are found however they are written, and no longer word raises an alarm."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from workbench.domain.name_folding import misread
from workbench.domain.name_matching import NameMatcher
from workbench.domain.protected_names import Leak, ProtectedName, jigsaw


def protected(term: str, kind: str = "name", cipher: str = "IN-A1") -> ProtectedName:
    return ProtectedName(person_cipher=cipher, kind=kind, term=term)


def found(term: str, text: str, kind: str = "name", *, is_address: bool = False) -> list[tuple[str, bool, str]]:
    hits = NameMatcher([protected(term, kind)]).find(text, is_address=is_address)
    return [(hit.form, hit.is_certain, text[hit.start : hit.end]) for hit in hits]


CERTAIN = {
    "as typed": ("Ann Beresford", "Then Ann Beresford spoke.", "as typed"),
    "capitals": ("Ann Beresford", "ANN BERESFORD", "as typed"),
    "small letters": ("Ann Beresford", "ann beresford", "as typed"),
    "small capitals": ("Beresford", "ʙᴇʀᴇsꜰᴏʀᴅ", "with other letters"),
    "small capitals read with a gap": ("Beresford", "Mr B ERESFORD", "with gaps"),
    "line end": ("Ann Beresford", "by Ann\n    Beresford", "across a line end"),
    "Windows line end": ("Ann Beresford", "by Ann\r\nBeresford", "across a line end"),
    "hyphen at a line end": ("Ann Beresford", "Ann Beres-\nford", "hyphenated"),
    "hyphen left over": ("Ann Beresford", "Ann Beres-ford", "hyphenated"),
    "short word hyphenated": ("Ann Lee", "Ann L-\nee", "hyphenated"),
    "hyphen as a reader writes it": ("Beresford", "Beres\ufffeford", "hyphenated"),
    "word broken without hyphen": ("Ann Beresford", "Ann Beres\nford", "across a line end"),
    "gap that a reader saw": ("Ann Beresford", "Ann Ber esford", "with gaps"),
    "soft hyphen": ("Beresford", "Beres\u00adford", "with invisible signs"),
    "soft hyphen at a line end": ("Beresford", "Beres\u00ad\nford", "hyphenated"),
    "zero-width signs": ("Ann Beresford", "A\u200bnn\u2060 Beres\ufeffford", "with invisible signs"),
    "hard space": ("Ann Beresford", "Ann\u00a0Beresford", ""),
    "thin space": ("Ann Beresford", "Ann\u2009Beresford", ""),
    "composed": ("Dŵr Llŷn", unicodedata.normalize("NFC", "Dŵr Llŷn"), "as typed"),
    "decomposed": ("Dŵr Llŷn", unicodedata.normalize("NFD", "Dŵr Llŷn"), "as typed"),
    "without accents": ("Dŵr Llŷn", "Dwr Llyn", "without accents"),
    "accents added": ("Sian Rees", "Siân Rees", "with other letters"),
    "stroke": ("Łukasz Wójcik", "Lukasz Wojcik", "without accents"),
    "sharp s": ("Jan Großmann", "JAN GROSSMANN", "without accents"),
    "umlaut spelled out": ("Jan Müller", "Jan Mueller", "without accents"),
    "ligature": ("Ann Griffin", "Ann Griﬃn", "with other letters"),
    "full-width": ("Ann Lee", "Ａｎｎ Ｌｅｅ", "with other letters"),
    "Cyrillic look-alikes": ("Ann Beresford", "Аnn Веrеsfоrd", "with other letters"),
    "other apostrophe": ("Siân O'Brien", "Siân O’Brien", "as typed"),
    "no apostrophe": ("Siân O'Brien", "Siân OBrien", "as typed"),
    "other dash": ("Ann Smith-Jones", "Ann Smith\u2013Jones", "as typed"),
    "no dash": ("Ann Smith-Jones", "Ann Smith Jones", "as typed"),
    "possessive": ("Ann Beresford", "Ann Beresford’s letter", "as typed"),
    "plural": ("Ann Beresford", "the Ann Beresfords of this world", "as typed"),
    "spaced out": ("Ann Beresford", "A n n   B e r e s f o r d", "letters spaced out"),
    "dotted": ("Beresford", "B.e.r.e.s.f.o.r.d", "letters spaced out"),
    "surname first": ("Ann Beresford", "Beresford, Ann", "surname first"),
    "surname first, no comma": ("Ann Beresford", "BERESFORD Ann", "surname first"),
    "two columns": ("Ann Beresford", "1,Ann,Beresford,2", "as typed"),
    "two quoted columns": ("Ann Beresford", '"Ann";"Beresford"', "as typed"),
    "camel case": ("Ann Beresford", "AnnBeresfordStatement.pdf", "run together"),
    "underscores": ("Ann Beresford", "statement_ann_beresford_v2.pdf", "as typed"),
    "beside digits": ("Beresford", "Beresford2021.pdf", "as typed"),
    "inside a file name": ("Ann Beresford", "statementannberesfordfinal.pdf", "inside a longer word"),
    "one word in camel case": ("Beresford", "BeresfordStatement.pdf", "as typed"),
}  # fmt: skip


@pytest.mark.parametrize("case", CERTAIN.values(), ids=CERTAIN)
def test_a_name_is_found_in_every_form(case: tuple[str, str, str]) -> None:
    term, text, form = case
    hits = found(term, text)
    assert [is_certain for _, is_certain, _ in hits] == [True]
    assert form in hits[0][0]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Ann", "annual planning, Joanna, Hannah, cannot"),
        ("Mark", "remarkable markets, Marked, Denmark"),
        ("Ann Beresford", "Joann Beresford-upon-Sea"),
        ("Ian Mark", "the Canadian market"),
        ("Justin", "just in time"),
        ("Justin", "Just in time"),
        ("Forman", "a place for man and beast"),
        ("Weston", "go west on the road"),
        ("Marian", "Maria n"),
        ("Lee", "fleet, sleep, le e"),
        ("Ann Lee", "Ann was there. Somebody else was leeward."),
        ("Beresford", "Beresfordshire"),
    ],
)
def test_longer_words_and_neighbours_raise_no_alarm(term: str, text: str) -> None:
    assert found(term, text) == []


def test_an_ordinary_word_in_small_letters_is_only_possible_in_a_sentence() -> None:
    assert found("Mark", "Please mark the page.") == [("as typed", False, "mark")]
    assert found("Mark", "Then Mark spoke.") == [("as typed", True, "Mark")]
    assert found("Mark", "MARK") == [("as typed", True, "MARK")]
    assert found("Mark", "see /statements/mark.pdf")[0][1]
    assert found("Mark", "write to mark@example.org")[0][1]
    assert found("Mark", "mark", is_address=True)[0][1]
    assert found("Beresford", "then beresford spoke")[0][1], "no ordinary word: certain in any case"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("A. Beresford", "with initials"),
        ("A Beresford", "with initials"),
        ("Beresford, A.", "with initials"),
        ("Ann Mary Beresford", "with another name between"),
        ("Ms Beresford", "surname after a title"),
    ],
)
def test_shorter_and_longer_forms_are_possible(text: str, form: str) -> None:
    assert [(how, is_certain) for how, is_certain, _ in found("Ann Beresford", text)] == [(form, False)]


def test_a_word_broken_without_hyphen_is_certain_only_where_it_looks_like_a_name() -> None:
    assert found("Beresford", "Mr Beres\nford") == [("across a line end", True, "Beres\nford")]
    assert found("Christian", "of christ\nian") == [("across a line end", False, "christ\nian")]
    assert found("Forman", "made for\nman") == []


@pytest.mark.parametrize("gap", ["\u00ad", "\u200b", "\u2060", "\ufeff", "-\n", "-\r\n   ", "\u00ad\n", "\u2010\n"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_a_gap_of_any_kind_at_any_letter_hides_nothing(gap: str, change: Callable[[str], str]) -> None:
    matcher = NameMatcher([protected("Ann Beresford")])
    for at in range(1, len("Ann Beresford")):
        text = change("Ann Beresford"[:at]) + gap + change("Ann Beresford"[at:])
        assert [hit.is_certain for hit in matcher.find(f"with {text} there")] == [True], repr(text)


def test_titles_and_middle_names_of_a_term_need_not_be_there() -> None:
    assert found("Dr Ann Beresford", "by Ann Beresford")[0][1]
    assert found("Ann Mary Beresford", "by Ann Beresford") == [("without middle names", True, "Ann Beresford")]
    assert found("Ann Mary Smith-Jones", "by Ann Smith Jones")[0][1]


def test_a_date_is_no_name() -> None:
    assert found("4 May 1971", "on 4 June 1971, Mr 1971", "other") == []
    assert found("4 May 1971", "on 4 May 1971", "other")


def test_two_sentences_are_no_name() -> None:
    assert [is_certain for _, is_certain, _ in found("Ann Beresford", "Thus Beresford. Ann agreed.")] == [False]
    assert [is_certain for _, is_certain, _ in found("Ann Beresford", "Thus Ann. Beresford House")] == [False]
    assert [is_certain for _, is_certain, _ in found("A. J. Beresford", "by A. J. Beresford")] == [True]


def test_small_initials_are_none() -> None:
    assert found("Ann Beresford", "a Beresford chair") == []


@pytest.mark.parametrize(
    "text",
    [
        "12 Larch Road, Anytown", "12 Larch Rd, Anytown", "12 LARCH RD. ANYTOWN", "12 Larch Road\nAnytown",
        "12 Larch\nRoad,\n  Anytown", "12-larch-road-anytown",
    ],
)  # fmt: skip
def test_an_address_is_found_over_lines_and_shortened(text: str) -> None:
    assert [is_certain for _, is_certain, _ in found("12 Larch Road, Anytown", text, "address")] == [True]


def test_an_address_written_short_is_found_written_long() -> None:
    assert found("12 Larch Rd, Anytown", "12 Larch Road, Anytown", "address")
    assert found("St Tarn's School", "Saint Tarn’s school", "school")
    assert found("Saint Tarn's School", "St. Tarn's Sch.", "school")


def test_other_addresses_in_the_road_are_none() -> None:
    assert found("12 Larch Road, Anytown", "112 Larch Road, Anytown; 12 Larch Road, Othertown", "address") == []


def test_telephone_number_and_postcode() -> None:
    for written in (
        "01632-960123",
        "01632960123",
        "01632 960 123",
        "+44 1632 960123",
        "+44 (0)1632 960123",
        "+441632960123",
    ):
        assert found("01632 960123", f"call {written} now", "other"), written
    assert found("01632 960123", "call 01632 960124 or 960123", "other") == []
    assert found("AB1 2CD", "at AB12CD", "address")


def test_a_masked_text_holds_no_word_of_any_term() -> None:
    names = [protected("Ann Beresford"), protected("Beresford", "alias"), protected("Tarnbeck School", "school")]
    matcher = NameMatcher(names)
    text = "Ann Beresford, BERES-\nFORD, AnnBeresford.pdf, at Tarnbeck school; Ann of Tarnbeck; schools remain."
    masked = matcher.masked(text)
    for word in ("ann", "beres", "ford", "tarnbeck"):
        assert word not in masked.lower()
    assert "IN-A1" in masked and "schools remain" in masked


def test_an_excerpt_shows_the_neighbours_but_no_term() -> None:
    matcher = NameMatcher([protected("Ann Beresford"), protected("Ann", "alias")])
    text = "The letter to Ann Beresford was kept by A. Beresford until June."
    for hit in matcher.find(text):
        excerpt = matcher.excerpt(text, hit)
        assert "The letter to" in excerpt or "until June" in excerpt
        assert "beresford" not in excerpt.lower() and "Ann" not in excerpt


def test_long_texts_are_searched_to_the_end_and_offsets_stay_right() -> None:
    text = "filler words " * 20_000 + "Ann Beresford" + " more" * 30_000 + " Ann\nBeresford"
    hits = NameMatcher([protected("Ann Beresford")]).find(text)
    assert [" ".join(text[hit.start : hit.end].split()) for hit in hits] == ["Ann Beresford"] * 2


def test_a_term_on_the_border_of_two_pieces_is_found() -> None:
    for offset in range(32_700, 32_800, 7):
        text = "x" * (offset - 1) + " Ann Beresford " + "y" * 40_000
        assert NameMatcher([protected("Ann Beresford")]).find(text), offset


def test_many_terms_are_told_apart() -> None:
    names = [protected(f"Person{n:03} Surname{n:03}", cipher=f"IN-A{n}") for n in range(300)]
    hits = NameMatcher(names).find("Person017 Surname017 met Surname222, Person222 and Person001 Surname002")
    assert [(hit.index, hit.form) for hit in hits] == [(17, "as typed"), (222, "surname first")]


def test_letters_that_were_misread_in_a_picture() -> None:
    matcher, text = NameMatcher([protected("Iolo Quarrendon")]), "Seen by lo1o Quarrend0n"
    assert matcher.find(text) == []
    assert [text[hit.start : hit.end] for hit in matcher.for_pictures.find(misread(text))] == ["lo1o Quarrend0n"]


def test_no_terms_and_odd_terms_do_no_harm() -> None:
    assert NameMatcher([]).find("anything") == []
    assert NameMatcher([protected("  "), protected("–")]).find("anything – at all") == []


def _leak(kind: str, number: int, label: str = "IN-A1") -> Leak:
    return Leak(
        file="a.pdf", place="the text", page=1, label=label, kind=kind, form="as typed", excerpt="", number=number
    )


def test_two_weak_identifiers_of_one_person_are_a_jigsaw() -> None:
    assert jigsaw([_leak("address", 1), _leak("address", 1), _leak("school", 2, "IN-A2")]) == ()
    found = jigsaw([_leak("address", 1), _leak("school", 2), _leak("name", 3)])
    assert [(one.label, one.kinds) for one in found] == [("IN-A1", ("address", "school"))]
    assert "IN-A1" in found[0].sentence


def test_a_printed_name_does_not_tell_the_term() -> None:
    assert "Beresford" not in repr(protected("Ann Beresford"))
