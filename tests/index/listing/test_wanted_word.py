"""Words are found whole, whatever their width, case, script and the marks within."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.listing.wanted_word import WantedWord, wanted_words
from index.text.folding import fold
from tests.support.small_index import TEXTS


def stem(word: str) -> str:
    return word.removesuffix("s")


def places(query: str, text: str) -> list[str]:
    """Return what of a text the only word of a query is found in."""
    [word] = wanted_words(query)
    folded = fold(text)
    return [span.of(folded) for span in word.places(folded, stem)]


@pytest.mark.parametrize(
    ("query", "text", "pieces"),
    [
        ("大桥", "港珠澳大橋，大桥", ["大桥", "大桥"]),
        ("哈哈", "哈哈哈哈哈", ["哈哈", "哈哈"]),
        ("Bridges", "A bridge, Bridges; abridged", ["bridge", "bridges"]),
        ("8月16日", "8月16日，8 月 16 日，18月16日", ["8月16日", "8 月 16 日"]),
        ("55", "55公里，155，5.55，55.3，55。", ["55", "55"]),
        ("1.6亿", "1.6亿，11.6亿", ["1.6亿"]),
        ("1,000万", "１，０００萬", ["1000万"]),
        ("《红楼梦》", "红楼梦", ["红楼梦"]),
        ("GB/T标准", "gb/t标准 GB-T 標準 gbt标准", ["gb/t标准", "gb-t 标准"]),
        ('"golden gate"', "the golden gate, golden-gate, golden the gate",
         ["golden gate", "golden-gate"]),
        ("“装机容量”", "装机容量", ["装机容量"]),
        ("カメラ店", "カメラ店とカメ店", ["カメラ店"]),
        ("大桥", "大\n桥", []),
        ("%", "5%", []),
    ],
)  # fmt: skip
def test_a_word_is_found_as_it_is_meant(query: str, text: str, pieces: list[str]) -> None:
    assert places(query, text) == pieces


@given(TEXTS, TEXTS)
def test_places_are_in_order_and_do_not_overlap(query: str, text: str) -> None:
    folded = fold(text)
    for word in wanted_words(query):
        ends = [0]
        for span in word.places(folded, stem):
            assert ends[-1] <= span.start < span.end <= len(folded)
            ends.append(span.end)


@given(st.text(alphabet="国桥甲", min_size=1, max_size=5), TEXTS)
def test_chinese_is_found_wherever_it_stands(word: str, text: str) -> None:
    folded = fold(text + word)
    assert word in [span.of(folded) for span in WantedWord.of(word).places(folded, stem)]


def test_words_in_quotes_belong_together_and_a_word_counts_once() -> None:
    words = wanted_words('大桥 “港珠 澳” 「通车 了」 "golden gate" 大橋 “无尾')
    assert [word.text for word in words] == ["大桥", "港珠 澳", "通车 了", "golden gate", "无尾"]
    assert wanted_words(' 　"" “”') == ()


def test_many_words_are_a_sentence() -> None:
    sentence = " ".join(f"word{number}" for number in range(17))
    assert [word.text for word in wanted_words(f" {sentence} ")] == [sentence]


@pytest.mark.parametrize(
    ("text", "indexed", "is_exact"),
    [
        ("桥", ("桥",), True),
        ("大桥", ("大桥",), True),
        ("通大桥", ("通大桥",), False),
        ("bridge", ("bridge",), True),
        ("2016", ("2016",), False),
        ("8月16日", ("8", "16"), False),
        ("covid-19", ("covid", "19"), False),
        ("%", (), False),
    ],
)
def test_the_index_is_asked_for_the_telling_parts(
    text: str, indexed: tuple[str, ...], *, is_exact: bool
) -> None:
    word = WantedWord.of(text)
    assert (word.indexed, word.is_exact) == (indexed, is_exact)
