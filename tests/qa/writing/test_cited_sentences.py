"""A model's text falls into sentences with their marks, whatever it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.writing.cited_sentences import taken_apart


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("桥长55公里[1]。通车了[2]。", ["桥长55公里[1]。", "通车了[2]。"]),
        ("桥长55公里。[1]通车了。【2】", ["桥长55公里[1]。", "通车了[2]。"]),
        ("It is 55 km long.[1] It opened [2, 3].", ["It is 55 km long [1].", "It opened [2][3]."]),
        ("[1] 甲乙。\n[2] 丙丁。", ["甲乙[1]。", "丙丁[2]。"]),
        ("1. **甲乙**丙[1]\n- 丁戊［2、3］", ["甲乙丙[1]", "丁戊[2][3]"]),
        ("<think>是[2]吗？</think>甲乙[1]。", ["甲乙[1]。"]),
        ("是[2]吗？</think>甲乙[1]。", ["甲乙[1]。"]),
        ("<think>甲<think>乙</think>丙[2]。</think>丁戊[1]。", ["丁戊[1]。"]),
        ("甲乙[1-3]。", ["甲乙[1][2][3]。"]),
        ("甲乙[1,3–4]。丙丁[^2]。", ["甲乙[1][3][4]。", "丙丁[2]。"]),
        ("甲乙[1和2]。丙丁[来源3]。", ["甲乙[1][2]。", "丙丁[3]。"]),
        ("It is long [1; 2]. It opened [Source 3].", ["It is long [1][2].", "It opened [3]."]),
        ("甲乙[3-1]。", ["甲乙。"]),
        ("甲\u202e乙\x00[1]。", ["甲乙[1]。"]),
        ("甲\u200b乙\ufe01\U000e0101\u3164[1]。", ["甲乙[1]。"]),
        ("占1.1亿元[1]。", ["占1.1亿元[1]。"]),
        ("没有出处。", ["没有出处。"]),
        ("甲乙[1]。![丙](http://a.example)[1]", ["甲乙[1]。", "[丙](http://a.example) [1]"]),
        ("[1]", []),
        ("", []),
    ],
)
def test_marks_belong_to_the_sentence_that_they_are_in_or_behind(
    text: str, marked: list[str]
) -> None:
    assert [sentence.marked for sentence in taken_apart(text).sentences] == marked


def test_translations_stand_on_lines_of_their_own() -> None:
    parts = taken_apart("It is long [1].\nTRANSLATION [1]: 它很长。\ntranslation【2】：好")
    assert parts.translations == {1: "它很长。", 2: "好"}
    assert [sentence.text for sentence in parts.sentences] == ["It is long."]


TEXTS = st.text(
    st.one_of(st.sampled_from("甲乙。.!？ \n[]【】12３,、“”TRANSLATION:<think>"), st.characters()),
    max_size=120,
)


@given(TEXTS)
def test_sentences_can_be_stored_and_hold_nothing_unseen(text: str) -> None:
    for sentence in taken_apart(text).sentences:
        sentence.marked.encode("utf-8")
        assert all(unicodedata.category(char) not in {"Cc", "Cf"} for char in sentence.text)
        assert any(map(str.isalnum, sentence.text))
        assert len(set(sentence.numbers)) == len(sentence.numbers)
