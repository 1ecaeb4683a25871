"""A new index that finds less than the one before does not become current."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.build.builder import Builder
from index.build.report import Report
from index.build.session import Options
from index.errors import QualityError, UsageError
from index.models.encoder import Vectors
from index.store.manifest import Manifest, Quality
from tests.support import small_index
from tests.support.article_folder import bytes_of
from tests.support.small_index import SmallIndex, TinyEncoder, texts_by_id

COUNT = 50
NOT_COMPARED = "What the new index finds was not compared with the one before, which does not open:"


class CountingEncoder(TinyEncoder):
    """Counts the questions that it embeds."""

    asked = 0

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of questions."""
        self.asked += len(texts)
        return super().embed_questions(texts)


def lines(*numbers: int, **others: object) -> str:
    """Return question lines about some of the articles."""
    asked = (
        {
            "id": f"q{number}", "lang": "zh", "type": "fact", "answerable": True,
            "question": f"项目abc{number}在哪里开工?", "evidence": f"项目ＡＢＣ{number}在甲市开工",
        }
        for number in numbers
    )  # fmt: skip
    return "".join(json.dumps({**one, **others}, ensure_ascii=False) + "\n" for one in asked)


@pytest.fixture
def built(corpus: SmallIndex) -> SmallIndex:
    """Build an index of fifty articles, with a question about each of them."""
    for number in range(COUNT):
        corpus.put(f"{number}.txt", f"项目abc{number}在甲市开工。")
    corpus.store.root.mkdir(parents=True)
    corpus.store.questions.write_text(lines(*range(COUNT)), encoding="utf-8")
    corpus.rebuild()
    return corpus


def lose(corpus: SmallIndex, count: int, first: int = 0) -> None:
    """Remove the evidence from some of the articles."""
    for number in range(first, first + count):
        corpus.put(f"{number}.txt", f"第{number}个人说了一些事情。")


def quality(corpus: SmallIndex) -> Quality | None:
    """Return the verdict in the current generation's manifest."""
    return Manifest.read(corpus.store.folder(corpus.store.current())).quality


def rebuilt(corpus: SmallIndex, questions: Path) -> Report:
    """Rebuild with other questions than the store's own."""
    builder = Builder(corpus.store, TinyEncoder(), small_index.analyzer())
    return builder.rebuild([corpus.articles], Options(questions=questions))


def test_how_much_is_found_stands_in_the_manifest(built: SmallIndex) -> None:
    verdict = quality(built)
    assert verdict is not None
    assert (verdict.asked, verdict.recall, verdict.forced) == (COUNT, 1.0, False)
    lose(built, 1)
    built.rebuild()
    after = quality(built)
    assert after == verdict.model_copy(update={"recall": 0.98})  # one in fifty may be lost


@pytest.mark.parametrize("full", [False, True])
def test_an_index_that_finds_less_is_refused_and_nothing_is_changed(
    built: SmallIndex, full: bool
) -> None:
    before, texts = bytes_of(built.store.root / "generations"), texts_by_id(built.catalogue())
    lose(built, 2)
    for _ in range(2):
        with pytest.raises(QualityError) as refused:
            built.rebuild(full=full)
        assert str(refused.value) == (
            "The new index retrieves the evidence of 96.0% of 50 questions, the current one of "
            "100.0%; more than 2% may not be lost, so nothing was changed. Not found: q0, q1. Mend "
            "the articles or the questions, or pass --force."
        )
        assert built.store.current() == "000001"
        assert bytes_of(built.store.root / "generations") == before
        assert texts_by_id(built.catalogue()) == texts
    built.open()
    for number in range(2):
        built.put(f"{number}.txt", f"项目abc{number}在甲市开工。真的。")
    assert built.rebuild().changed == 2


def test_force_passes_and_is_told_in_the_manifest(built: SmallIndex) -> None:
    lose(built, 10)
    assert built.rebuild(force=True).changed == 10
    verdict = quality(built)
    assert verdict is not None
    assert (verdict.asked, verdict.recall, verdict.forced) == (COUNT, 0.8, True)
    lose(built, 1, first=10)
    assert built.rebuild().changed == 1  # from now on that is what counts
    after = quality(built)
    assert after is not None
    assert (after.recall, after.forced) == (0.78, False)


def test_force_where_nothing_is_lost_is_no_force(built: SmallIndex) -> None:
    built.put("new.txt", "这是新的一篇。")
    built.rebuild(force=True)
    verdict = quality(built)
    assert verdict is not None
    assert verdict.forced is False


def test_the_same_questions_are_asked_once_and_others_of_both(built: SmallIndex) -> None:
    for turn, (numbers, count) in enumerate(
        [(COUNT, COUNT), (COUNT, COUNT), (COUNT - 1, 2 * (COUNT - 1)), (COUNT - 1, COUNT - 1)]
    ):
        built.store.questions.write_text(lines(*range(numbers)), encoding="utf-8")
        built.put("new.txt", f"这是新的一篇的第{turn}版。")
        encoder = CountingEncoder()
        built.rebuild(encoder)
        assert encoder.asked == count


def test_other_questions_compare_both_indexes(built: SmallIndex, tmp_path: Path) -> None:
    own = tmp_path / "mine.jsonl"
    own.write_text(lines(3, 4), encoding="utf-8")
    lose(built, 1, first=4)
    with pytest.raises(QualityError, match=r"50\.0% of 2 questions.*100\.0%.* Not found: q4\. "):
        rebuilt(built, own)
    own.write_text(lines(3, 4, 77), encoding="utf-8")
    lose(built, 1, first=4)
    built.put("77.txt", "项目abc77在甲市开工。")
    assert rebuilt(built, own).added == 1  # one lost, one won


def test_another_model_is_held_to_what_the_former_one_found(built: SmallIndex) -> None:
    lose(built, 2)
    with pytest.raises(QualityError, match=r"96\.0% of 50 questions, the current one of 100\.0%"):
        built.rebuild(TinyEncoder("large@2", dim=64))
    assert built.store.current() == "000001"
    built.open()


def test_where_there_is_nothing_to_compare_with_all_is_well(built: SmallIndex) -> None:
    lose(built, 10)
    for path in built.store.root.glob("library.sqlite*"):
        path.unlink()
    built.store.folder("000001").joinpath("manifest.json").write_bytes(b"damaged")
    done = built.rebuild()
    assert done.added == COUNT
    assert done.notes[-1].startswith(NOT_COMPARED)
    verdict = quality(built)
    assert verdict is not None
    assert (verdict.recall, verdict.forced) == (0.8, False)


def test_a_former_index_that_can_not_be_opened_is_no_hindrance(
    built: SmallIndex, tmp_path: Path
) -> None:
    own = tmp_path / "mine.jsonl"
    own.write_text(lines(3, 4), encoding="utf-8")
    built.put("new.txt", "这是新的一篇。")
    assert rebuilt(built, own).notes == []
    own.write_text(lines(5, 6), encoding="utf-8")
    for path in built.store.root.glob("library.sqlite*"):
        path.unlink()
    done = rebuilt(built, own)
    assert done.index_version == "000003"
    assert [note for note in done.notes if note.startswith(NOT_COMPARED)] == done.notes[1:]
    assert len(done.notes) == 2


def test_where_the_former_index_told_what_it_finds_it_need_not_open(built: SmallIndex) -> None:
    built.put("new.txt", "这是新的一篇。")
    notes = built.rebuild(TinyEncoder("large@2", dim=64)).notes
    assert not [note for note in notes if note.startswith(NOT_COMPARED)]


def test_only_questions_that_a_passage_can_answer_count(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "项目abc1在甲市开工。")
    corpus.store.root.mkdir(parents=True)
    odd = lines(7, answerable=False) + lines(8, evidence=None)
    odd += lines(9, history=[{"role": "user", "content": "项目在哪里?"}])
    corpus.store.questions.write_text(lines(1) + odd, encoding="utf-8")
    corpus.rebuild()
    verdict = quality(corpus)
    assert verdict is not None
    assert (verdict.asked, verdict.recall) == (1, 1.0)


def test_without_questions_there_is_no_gate(corpus: SmallIndex) -> None:
    corpus.put("a.txt", "项目abc1在甲市开工。")
    corpus.rebuild()
    assert quality(corpus) is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": "x"}\n', "{path}, line 1 is no question line: question: Field required."),
        (b"\xff", "{path} can't be read as UTF-8 question lines: "),
    ],
)
def test_a_file_that_is_no_question_lines_stops_a_rebuild_and_nothing_else(
    built: SmallIndex, content: bytes, message: str
) -> None:
    built.store.questions.write_bytes(content)
    built.put("new.txt", "这是新的一篇。")
    with pytest.raises(UsageError) as refused:
        built.rebuild()
    assert str(refused.value).startswith(message.format(path=built.store.questions))
    assert built.store.versions() == ["000001"]
