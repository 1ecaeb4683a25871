"""A word of one script finds the words of the other that mean nearly the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.models.loading import BUNDLED, model_folder
from index.models.static import StaticEncoder
from index.search import query_expansion
from index.search.dense.known_words import KnownWords
from index.search.lexical import LexicalWriter, TantivyIndex
from index.search.lexical_index import PassageTerms
from index.search.query_expansion import Neighbours, alternatives_of
from index.search.searcher import Searcher
from index.search.sentence_index import Sentences
from index.text.pinyin import names_spelled
from tests.support.small_index import SmallIndex, analyzer, models, query

ENCODER = StaticEncoder(model_folder(BUNDLED))
TEXTS = [
    "他骑自行车上学。",
    "国王住在城堡里。",
    "The bicycle was stolen from the castle.",
    "北斗由许多卫星组成。张艺谋在西安。",
    "Huawei makes phones.",
    "伊春和宜春的路，光州和广州的路。",
    "Yichun has two roads.",
]
WORDS = ["bicycle", "castle", "自行车", "城堡", "king", "国王", "stolen", "上学", "phones", "路"]


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    folder = tmp_path_factory.mktemp("near") / "lexical"
    writer = LexicalWriter(folder)
    writer.add((at, PassageTerms.of(analyzer().terms(text), [])) for at, text in enumerate(TEXTS))
    writer.finish()
    tokens = np.unique(Sentences.of(TEXTS, ENCODER).tokens.values).astype(np.int64)
    return Neighbours(ENCODER, KnownWords(ENCODER, tokens), TantivyIndex(folder))


def test_both_ways_nearest_first(neighbours: Neighbours) -> None:
    near = neighbours.of(["bicycle", "castle", "自行车", "城堡", "2016"])
    assert set(near) == {"bicycle", "castle", "自行车", "城堡"}
    for word, expected in [("bicycle", "自行车"), ("castle", "城堡"), ("自行车", "bicycle")]:
        assert next(iter(near[word])) == expected
    for words in near.values():
        assert list(words.values()) == sorted(words.values(), reverse=True)
        assert all(0.3 < cosine <= 1.001 for cosine in words.values())


def test_only_words_that_the_articles_have(neighbours: Neighbours) -> None:
    [near] = neighbours.of(["train"]).values()
    assert not {"火车", "列车"} & near.keys()
    assert neighbours.of([]) == {}


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=4, unique=True), max_size=8))
def test_words_asked_again_are_near_to_the_same_and_few_are_remembered(
    neighbours: Neighbours, questions: list[list[str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query_expansion, "_REMEMBERED", 3)
        for words in questions:
            alone = {word: neighbours.of([word])[word] for word in words}
            together = neighbours.of(words)
            assert together.keys() == alone.keys()
            for word, cosines in together.items():
                assert cosines == pytest.approx(alone[word])
            assert len(neighbours._remembered) <= 2 + 4


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["beidou"], {"beidou": ["北斗"]}),
        (["xi'an"], {"xi'an": ["西安"]}),
        (["zhang", "yimou"], {"zhang": ["张艺谋"], "yimou": ["张艺谋"]}),
        (["华为"], {"华为": ["huawei"]}),
    ],
)
def test_a_name_is_the_name_that_is_spelled_alike_in_pinyin(
    neighbours: Neighbours, words: list[str], near: dict[str, list[str]]
) -> None:
    assert {word: list(names) for word, names in neighbours.of(words).items()} == near


def test_a_name_in_pinyin_that_the_articles_lack_is_none_of_theirs(neighbours: Neighbours) -> None:
    assert "深圳" not in neighbours.of(["shenzhen"])["shenzhen"]
    assert "xiaomi" not in neighbours.of(["小米"])["小米"]


def test_a_spelling_of_several_names_is_near_to_each(neighbours: Neighbours) -> None:
    near = neighbours.of(["yichun", "宜春", "guangzhou"])
    assert set(near["yichun"]) == {"伊春", "宜春"}
    assert set(near["宜春"]) == {"yichun"}
    assert all(cosine < 0.5 for word in ("yichun", "宜春") for cosine in near[word].values())
    # The encoder knows the better known one.
    assert near["guangzhou"]["广州"] > 0.5 > near["guangzhou"]["光州"]


@pytest.mark.parametrize("word", ["change", "make", "male", "mile", "guide", "sue"])
def test_a_common_english_word_is_no_name_in_pinyin(word: str) -> None:
    assert names_spelled([word]) == {}


def test_an_english_question_finds_the_chinese_passage_by_its_words(corpus: SmallIndex) -> None:
    corpus.put_lines("a.jsonl", *({"id": str(n), "text": text} for n, text in enumerate(TEXTS)))
    corpus.rebuild(ENCODER)
    searcher = Searcher(corpus.open(ENCODER), models(ENCODER))
    for question, article in [("Where does the king live?", "1"), ("谁偷了自行车?", "0")]:
        numbers = [number for number, _ in searcher.lexical(query(searcher, question), 5)]
        assert searcher.catalogue.passages(numbers)[numbers[0]].article_id == article
    chinese = [number for number, _ in searcher.lexical(query(searcher, "自行车"), 5)]
    assert {place.article_id for place in searcher.catalogue.passages(chinese).values()} >= {
        "0",
        "2",
    }


@pytest.mark.parametrize(
    ("word", "is_known", "choices"),
    [
        ("自行车", True, [1, 1, 1, 1, 1]),
        ("自行车", False, [7]),
        ("bicycle", True, [7]),
        ("bicycle", False, [7]),
    ],
)
def test_only_a_chinese_word_that_articles_have_is_sought_beside_its_nearest(
    word: str, choices: list[int], *, is_known: bool
) -> None:
    near = {f"near{at}": 0.9 - at / 10 for at in range(6)}
    alternatives = alternatives_of(word, near, is_known=is_known)
    assert [len(choice) for choice in alternatives] == choices
    assert alternatives[0][word,] == 1.0
    known = {form: cosine for choice in alternatives for (form,), cosine in choice.items()}
    assert known.items() <= ({word: 1.0} | near).items()
