"""The user's words are read from one forgiving file; a mistake is reported with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import MismatchError, UsageError
from index.text.analyzer import TOKENIZER, occurs
from index.text.folding import FoldedText, fold
from index.text.user_dictionary import UserWords
from tests.support import small_index
from tests.support.small_index import SmallIndex

WORD = st.text(alphabet="甲乙丙丁国城abcXYZ019", min_size=1, max_size=8)


@given(st.lists(st.lists(WORD, min_size=1, max_size=4, unique=True), max_size=5))
def test_what_is_written_is_read_and_copied(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    text = "\r\n".join(["# of mine", "", *(" = ".join(line) + "  # why" for line in lines)])
    (folder / "words.txt").write_bytes(text.encode("utf-8-sig"))
    read = UserWords.read(folder / "words.txt")
    assert set(read.words) == {word for line in lines for word in line}
    assert set(read.groups) == {tuple(line) for line in lines if len(line) > 1}
    read.write(folder)
    assert UserWords.of_generation(folder) == read


@given(st.lists(WORD, max_size=5))
def test_the_users_words_stay_whole_and_others_are_cut_as_before(own: list[str]) -> None:
    common = small_index.analyzer()
    words = common.with_user_words(own)
    for word in own:
        assert fold(word) in words.terms(word)
    for term in words.terms("".join(own)):
        assert occurs(fold("".join(own)), term)
    assert words.terms("美国的城市") == common.terms("美国的城市")
    assert (words.id == TOKENIZER) == (words is common)
    assert words.id == common.with_user_words(reversed(own)).id


def test_a_missing_file_and_an_empty_file_have_no_words(tmp_path: Path) -> None:
    assert UserWords.read(tmp_path / "words.txt") == UserWords()
    (tmp_path / "words.txt").write_bytes(b"\xef\xbb\xbf# nothing yet\r\n")
    assert UserWords.read(tmp_path / "words.txt") == UserWords()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("甲国\n= 乙国".encode(), "line 2: “= 乙国” does not fit"),
        ("甲国 = ".encode(), "line 1: “甲国 =” does not fit"),
        ("甲\n\n乙\x00国".encode(), "line 3: “乙\x00国” does not fit"),
        ("甲" * 101 + "\n", "does not fit. A line is a word of at most 100 characters"),
        ("甲国\n".encode() + b"\xff", "line 2: this is not UTF-8. Save the file as UTF-8."),
    ],
)
def test_a_mistake_is_reported_by_line(tmp_path: Path, content: bytes | str, message: str) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as refused:
        UserWords.read(path)
    assert str(refused.value).startswith(f"{path}, line ")
    assert message in str(refused.value)


def test_a_damaged_copy_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_bytes(b"[")
    with pytest.raises(MismatchError, match=r"words\.json is damaged"):
        UserWords.of_generation(tmp_path)


def test_words_of_any_script_are_terms_of_index_and_question() -> None:
    words = small_index.analyzer().with_user_words(["博斯丹公司", "A股", "C++", "智慧国家2025"])
    for text in ("博斯丹公司成立", "買A股", "学C++好", "智慧国家2025计划"):
        assert set(words.terms(text)) & {"博斯丹公司", "a股", "c++", "智慧国家2025"}
        assert set(words.content_terms(text)) & {"博斯丹公司", "a股", "c++", "智慧国家2025"}
    assert ("博斯丹公司", "nz") in words.tagged("博斯丹公司成立")
    assert small_index.analyzer().tagged("博斯丹公司")[0][0] != "博斯丹公司"


def test_new_words_make_a_new_index_and_the_server_reads_with_them(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "博斯丹公司说了一些事情。")
    corpus.store.root.mkdir()
    corpus.rebuild()
    assert corpus.open().analyzer is small_index.analyzer()
    corpus.store.words.write_text("博斯丹公司 = Bosdan\n", encoding="utf-8")
    assert corpus.open().analyzer is small_index.analyzer()  # until there is a rebuild
    assert corpus.rebuild().index_version == "000002"
    generation = corpus.open()
    assert generation.analyzer.content_terms("博斯丹公司?") == ["公司", "博斯丹公司"]
    assert generation.manifest.tokenizer == generation.analyzer.id != TOKENIZER
    assert generation.lexical.frequencies(["博斯丹公司", "没有"]) == [1, 0]
    assert generation.synonyms.alternatives(FoldedText.of("Bosdan?")) == {"bosdan": ["博斯丹公司"]}
    assert corpus.rebuild().index_version == "000002"


def test_synonyms_alone_make_a_new_generation_of_the_same_terms(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "自行车很多。")
    corpus.rebuild()
    corpus.store.words.write_text("自行车 = bicycle\n", encoding="utf-8")
    corpus.rebuild()
    generation = corpus.open()
    assert (generation.manifest.version, generation.analyzer.id) == ("000002", TOKENIZER)
    question = FoldedText.of("哪里自行车多?")
    assert generation.synonyms.alternatives(question) == {"自行车": ["bicycle"]}
    corpus.store.words.unlink()
    corpus.rebuild()
    assert corpus.open().synonyms.alternatives(question) == {}


def test_a_malformed_file_stops_a_rebuild_and_nothing_else(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "自行车很多。")
    corpus.rebuild()
    corpus.store.words.write_text("自行车 =\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1"):
        corpus.rebuild()
    corpus.open()
    assert corpus.store.versions() == ["000001"]
