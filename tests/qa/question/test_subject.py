"""What a question is about is named with all its words, without what is asked of it."""

import pytest
from hypothesis import given

from index.text.folding import FoldedText
from qa.entities.names import Names
from qa.question.subject import subject
from tests.support import small_index
from tests.support.small_index import TEXTS


@given(TEXTS)
def test_a_subject_is_part_of_its_question(text: str) -> None:
    about = subject(FoldedText.of(text), Names(small_index.analyzer()))
    assert about is None or (about and about in text)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("海燕X3电饭煲什么时候上市?", "海燕X3电饭煲"),
        ("海燕X3的内胆寿命是多久?", "海燕X3"),
        ("北岸机电的董事长是谁?", "北岸机电"),
        ("搬到青岛的山东省第二人民医院院长是谁?", "山东省第二人民医院"),
        ("“秋夜之声”扬州昆曲节套票多少钱?", "“秋夜之声”扬州昆曲节套票"),
        ("邓稼先是谁", "邓稼先"),
        ("南京長江大橋有多長？", "南京長江大橋"),
        ("How tall is the Suzhou bridge?", "the Suzhou bridge"),
        ("Who is part 3 of the Suzhou Framework for?", "part 3 of the Suzhou Framework"),
        ("为什么?", None),
    ],
)
def test_worked_subjects(names: Names, question: str, about: str | None) -> None:
    assert subject(FoldedText.of(question), names) == about
