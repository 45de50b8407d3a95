"""A sentence is found around the words, whatever abbreviations, numbers and line ends stand in it."""

from __future__ import annotations

import pytest

from workbench.domain.sentences import sentence_around


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("One thing. The board noted the delay. Another.", "noted", "The board noted the delay."),
        ("Mr. Evans wrote to the board. It replied.", "wrote", "Mr. Evans wrote to the board."),
        ("Under s. 19 the Office asked. Then it waited.", "Office", "Under s. 19 the Office asked."),
        ("See No. 4 and para. 2.3 of the guidance. End.", "guidance", "See No. 4 and para. 2.3 of the guidance."),
        ("The answer\ntook nine days. It was late.", "nine", "The answer\ntook nine days."),
        ("Heading\n\nThe text begins here. More.", "begins", "The text begins here."),
        ("No end at all to this", "end", "No end at all to this"),
        ("He asked: “Why?” She did not answer. Done.", "answer", "She did not answer."),
        ("It grew by 2.5 per cent. in a year. Later it fell.", "grew", "It grew by 2.5 per cent. in a year."),
        ("1. The policy is kept. 2. It is read.", "policy", "1. The policy is kept."),
        ("😀 Emoji first. Second one.", "Emoji", "😀 Emoji first."),
    ],
)
def test_the_sentence_of_a_word(text: str, word: str, sentence: str) -> None:
    start = text.index(word)
    first, last = sentence_around(text, start, start + len(word))
    assert text[first:last] == sentence


def test_words_over_two_sentences_take_both() -> None:
    text = "First. It took nine days. The Office asked why. Last."
    start, end = text.index("days"), text.index("asked")
    first, last = sentence_around(text, start, end)
    assert text[first:last] == "It took nine days. The Office asked why."


def test_a_page_without_any_stop_is_cut_at_a_length() -> None:
    text = "word " * 2000
    first, last = sentence_around(text, 5000, 5004)
    assert last - first < 2600 and first <= 5000 < 5004 <= last
