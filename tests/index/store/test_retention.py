"""The last generations stay complete and can be returned to; everything else is deleted."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BusyError, GoneError, MismatchError, NoIndexError, UsageError
from index.search.generation import Generation
from index.store.retention import roll_back
from tests.support import small_index
from tests.support.article_folder import bytes_of
from tests.support.small_index import SmallIndex, TinyEncoder, search, texts_by_id

SHELVES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3), min_size=1)
"""Which articles there are, and in which edition."""


def text(name: str, edition: int) -> str:
    return f"这是{name}的第{edition}版，说了一些事情。"


def shelve(corpus: SmallIndex, shelf: dict[str, int]) -> dict[str, str]:
    """Write these articles and delete all others."""
    for path in corpus.articles.iterdir():
        path.unlink()
    for name, edition in shelf.items():
        corpus.put(f"{name}.txt", text(name, edition))
    return {f"{name}.txt": text(name, edition) for name, edition in shelf.items()}


@pytest.fixture
def built(corpus: SmallIndex) -> SmallIndex:
    """Build three generations of an article."""
    for turn in range(1, 4):
        corpus.put("a.txt", text("a", turn))
        corpus.rebuild()
    return corpus


def text_of_a(corpus: SmallIndex) -> str:
    """Return the text of the current generation's only article, as a search finds it."""
    [hit] = search(corpus.searcher(), "说了什么事情?")
    return hit.passage.text


@settings(max_examples=12)
@given(st.lists(SHELVES | st.none(), min_size=1, max_size=8))
def test_each_generation_that_is_kept_is_what_it_was_and_no_row_more_is(
    history: list[dict[str, int] | None],
) -> None:
    """`None` in the history is a rollback."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        corpus, texts_of = SmallIndex(Path(name)), dict[str, dict[str, str]]()
        for shelf in history:
            if shelf is not None:
                texts = shelve(corpus, shelf)
                texts_of[corpus.rebuild().index_version] = texts
            elif corpus.store.versions() and corpus.store.current() != corpus.store.versions()[0]:
                current = corpus.store.current()
                assert roll_back(corpus.store, None) < current
            kept = corpus.store.versions()
            assert len(kept) <= 4
            for version in kept:
                assert texts_by_id(corpus.catalogue(version)) == texts_of[version]
                opened = Generation.open(
                    corpus.store, version, TinyEncoder(), small_index.analyzer()
                )
                opened.close()
            if kept:
                assert corpus.store.current() in kept
                wanted = {text for version in kept for text in texts_of[version].values()}
                assert rows(corpus) == (len(wanted), len(wanted), len(wanted), len(kept))


def rows(corpus: SmallIndex) -> tuple[int, ...]:
    """Return the numbers of contents, passages, vectors and generations in the library."""
    tables = ("contents", "passages", "embeddings", "generations")
    with closing(sqlite3.connect(corpus.store.library)) as library:
        return tuple(library.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in tables)


def test_the_last_three_generations_stay_and_earlier_text_is_read_through_them(
    corpus: SmallIndex,
) -> None:
    corpus.put("b.txt", "这一篇从来没有变过，说了别的事情。")
    for turn in range(5):
        corpus.put("a.txt", f"这是第{turn}版，说了一些事情。")
        corpus.rebuild()
        corpus.open()
    assert corpus.store.versions() == ["000003", "000004", "000005"]
    for version, turn in [("000003", 2), ("000004", 3), ("000005", 4)]:
        assert texts_by_id(corpus.catalogue(version))["a.txt"] == f"这是第{turn}版，说了一些事情。"
    with pytest.raises(GoneError, match="Index version 000001 is no longer kept"):
        texts_by_id(corpus.catalogue("000001"))


def test_a_text_is_overwritten_once_the_last_generation_that_had_it_is_gone(
    corpus: SmallIndex,
) -> None:
    for name in "bcd":
        corpus.put(f"{name}.txt", f"{name}这一篇一直在这里，说了别的事情。")
    corpus.put("short.txt", "# 张三的家事\n\n张三的住处是甲市乙街丙号。")
    corpus.put("long.txt", "李四的电话是一二三四五六七。" + "还有很多别的事情要说。" * 3000)
    phrases = ["张三的家事", "甲市乙街丙号", "李四的电话", "还有很多别的事情"]
    corpus.rebuild()
    assert in_library(corpus, phrases) == phrases
    (corpus.articles / "short.txt").unlink()
    (corpus.articles / "long.txt").unlink()
    for turn in range(3):
        assert in_library(corpus, phrases) == phrases, "an index version still has it"
        corpus.put("b.txt", f"这一篇第{turn}次变了，说了别的事情。")
        corpus.rebuild()
    assert corpus.store.versions() == ["000002", "000003", "000004"]
    assert in_library(corpus, phrases) == []


def in_library(corpus: SmallIndex, phrases: list[str]) -> list[str]:
    """Return the phrases that are in the bytes of the library, after a checkpoint."""
    with closing(sqlite3.connect(corpus.store.library)) as library:
        library.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = corpus.store.library.read_bytes()
    return [phrase for phrase in phrases if phrase.encode() in content]


def test_one_goes_back_to_the_generation_before_and_on_from_there(built: SmallIndex) -> None:
    assert roll_back(built.store, None) == "000002"
    assert (built.store.current(), text_of_a(built)) == ("000002", text("a", 2))
    assert built.store.versions() == ["000001", "000002", "000003"]
    built.put("b.txt", "这是新的一篇，说了别的。")
    report = built.rebuild()
    assert (report.index_version, report.added, report.changed) == ("000004", 1, 1)
    assert built.store.versions() == ["000002", "000003", "000004"]
    assert texts_by_id(built.catalogue()) == {
        "a.txt": text("a", 3),
        "b.txt": "这是新的一篇，说了别的。",
    }
    built.open()


def test_a_rebuild_that_finds_what_was_gone_back_to_makes_nothing_new(built: SmallIndex) -> None:
    roll_back(built.store, "000001")
    built.put("a.txt", text("a", 1))
    report = built.rebuild()
    assert (report.index_version, report.unchanged, report.embedded) == ("000001", 1, 0)
    assert built.store.versions() == ["000001", "000002", "000003"]


def test_after_going_back_and_on_the_one_before_is_the_one_that_was_built_upon(
    corpus: SmallIndex,
) -> None:
    for turn in range(1, 4):
        corpus.put("a.txt", f"这是第{turn}版，说了一些事情。")
        corpus.rebuild()
    assert roll_back(corpus.store, "000001") == "000001"
    corpus.put("a.txt", "这是第4版，说了一些事情。")
    assert corpus.rebuild().index_version == "000004"
    assert roll_back(corpus.store, None) == "000001"


def test_one_goes_back_and_forth_by_name(built: SmallIndex) -> None:
    for version, turn in (("000001", 1), ("000003", 3), ("000002", 2)):
        assert roll_back(built.store, version) == version
        assert text_of_a(built) == text("a", turn)


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("000003", "Index version 000003 is the current one already."),
        (
            "000009",
            "There is no index version “000009” to go back to; kept are: 000001, 000002.",
        ),
        (
            "../store",
            "There is no index version “../store” to go back to; kept are: 000001, 000002.",
        ),
    ],
)
def test_what_can_not_be_gone_back_to_is_told_with_what_can(
    built: SmallIndex, version: str, message: str
) -> None:
    before = bytes_of(built.store.root / "generations")
    with pytest.raises(UsageError) as refused:
        roll_back(built.store, version)
    assert str(refused.value) == message
    assert (built.store.root / "CURRENT").read_text(encoding="ascii") == "000003\n"
    assert bytes_of(built.store.root / "generations") == before


def test_where_there_is_nothing_earlier_that_is_told(corpus: SmallIndex) -> None:
    with pytest.raises(NoIndexError, match="There is no index"):
        roll_back(corpus.store, None)
    corpus.put("a.txt", text("a", 1))
    corpus.rebuild()
    with pytest.raises(UsageError) as refused:
        roll_back(corpus.store, None)
    assert str(refused.value) == (
        "There is no earlier index version to go back to; kept are: none but the current one."
    )


def test_one_that_is_damaged_is_not_gone_back_to(built: SmallIndex) -> None:
    path = built.store.folder("000002") / "segments" / "000002" / "vectors.faiss"
    path.write_bytes(b"damaged")
    with pytest.raises(MismatchError, match=r"Index version 000002 is damaged: file .*vectors"):
        roll_back(built.store, None)
    assert (built.store.current(), text_of_a(built)) == ("000003", text("a", 3))
    assert roll_back(built.store, "000001") == "000001"


def test_going_back_cures_a_pointer_that_names_nothing(built: SmallIndex) -> None:
    built.store.discard("000003")
    with pytest.raises(MismatchError, match="names index version “000003”"):
        built.open()
    assert roll_back(built.store, None) == "000002"
    assert text_of_a(built) == text("a", 2)
    (built.store.root / "CURRENT").write_bytes(b"\xff\n")
    assert roll_back(built.store, "000002") == "000002"
    assert text_of_a(built) == text("a", 2)
    assert built.rebuild().index_version == "000004"
    assert text_of_a(built) == text("a", 3)


def test_nobody_goes_back_while_a_rebuild_is_at_work(built: SmallIndex) -> None:
    with built.store.lock(), pytest.raises(BusyError):
        roll_back(built.store, None)
    assert built.store.current() == "000003"
