"""A collection is multiplied with variation: as long as before, always the same, no repetition."""

from collections.abc import Iterator
from itertools import repeat

from hypothesis import given
from hypothesis import strategies as st

from bench.scaling.varied_articles import CHARACTERS, enough, varied
from index.text.sentences import sentences

SENTENCE = st.text("城市数据平台建设项目123", min_size=2, max_size=9).map(lambda text: text + "。")
TEXT = st.lists(SENTENCE, min_size=1, max_size=9).map("".join)


def article(text: str) -> dict[str, str]:
    return {"id": "a", "title": "第1项", "text": text}


@given(TEXT, TEXT, st.integers(1, 40))
def test_every_second_sentence_is_the_donors_and_the_others_stay(
    own: str, other: str, turn: int
) -> None:
    made = varied(article(own), article(other), turn)
    assert made == varied(article(own), article(other), turn)
    assert made["id"] == f"a-{turn}"
    shift = turn % 9
    digits = str.maketrans("123456789", ("123456789" * 2)[shift : shift + 9])
    mine = [span.of(own).translate(digits) for span in sentences(own)]
    donors = [span.of(other).translate(digits) for span in sentences(other)]
    wanted = [
        donors[at] if at % 2 and at < len(donors) else sentence for at, sentence in enumerate(mine)
    ]
    assert made["text"] == "".join(wanted)


@given(st.integers(1, 50), st.integers(1, 900))
def test_articles_are_taken_until_there_are_enough_passages(passages: int, length: int) -> None:
    endless: Iterator[dict[str, str]] = repeat(article("字" * length))
    taken = sum(len(made["text"]) for made in enough(endless, passages))
    assert passages * CHARACTERS <= taken < passages * CHARACTERS + length
