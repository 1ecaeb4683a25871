"""Suggested questions are made after the switch, within bounds, and endanger nothing."""

import sqlite3
from contextlib import closing

import pytest

from index.article import Article
from index.build.edits import Editor, Upload
from index.build.suggest import Suggesting
from index.errors import StoreError
from index.library.content import Suggestion
from tests.support.small_index import SmallIndex, texts_by_id

TRIES = 12


class LineByLine:
    """Asks for each line of an article; `tried` are the articles whose lines were asked for."""

    def __init__(self, corpus: SmallIndex) -> None:
        self.tried: list[tuple[str, int]] = []
        self.error: BaseException | None = None
        self._corpus = corpus

    def make(self, article: Article, version: str, most: int) -> tuple[list[Suggestion], int]:
        """Return a question for each line; the index must be current by now."""
        assert self._corpus.store.current() == version
        if self.error is not None:
            raise self.error
        lines = [line for line in article.text.splitlines() if line][:most]
        self.tried.append((article.id, len(lines)))
        return [Suggestion(f"{line}吗？", line, line, "other") for line in lines], len(lines)


@pytest.fixture
def maker(corpus: SmallIndex) -> LineByLine:
    maker = LineByLine(corpus)
    corpus.suggesting = Suggesting(maker, TRIES)
    return maker


def suggested(corpus: SmallIndex) -> dict[str, list[str]]:
    """Return the questions that are shown, by article."""
    with closing(corpus.catalogue()) as catalogue:
        return {
            article.article: [suggestion.question for suggestion in article.questions]
            for article in catalogue.suggestions()
        }


def rows(corpus: SmallIndex) -> list[tuple[str, str]]:
    """Return all rows of suggestions with their texts; None for one whose content is gone."""
    query = "SELECT c.text, s.questions FROM suggestions s LEFT JOIN contents c ON c.id = s.content"
    with closing(sqlite3.connect(corpus.store.library)) as db:
        return db.execute(query).fetchall()


def put_three(corpus: SmallIndex) -> None:
    for name in "abc":
        corpus.put(f"{name}.txt", f"{name}的第一行\n\n{name}的第二行")


def test_what_did_not_change_is_tried_once(corpus: SmallIndex, maker: LineByLine) -> None:
    put_three(corpus)
    corpus.rebuild()
    assert suggested(corpus)["b.txt"] == ["b的第一行吗？", "b的第二行吗？"]
    maker.tried.clear()
    corpus.rebuild()
    corpus.put("d.txt", "d的第一行")
    corpus.rebuild()
    assert maker.tried == [("d.txt", 1)]
    assert set(suggested(corpus)) == {"a.txt", "b.txt", "c.txt", "d.txt"}


def test_what_changed_or_is_gone_loses_its_questions_at_once(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    put_three(corpus)
    corpus.rebuild()
    maker.tried.clear()
    corpus.put("a.txt", "a的新的一行")
    (corpus.articles / "b.txt").unlink()
    corpus.rebuild()
    assert maker.tried == [("a.txt", 1)]
    assert suggested(corpus) == {
        "a.txt": ["a的新的一行吗？"],
        "c.txt": ["c的第一行吗？", "c的第二行吗？"],
    }


def test_what_no_index_has_any_more_is_deleted_with_its_questions(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    put_three(corpus)
    corpus.rebuild()
    (corpus.articles / "b.txt").unlink()
    for number in range(4):
        corpus.put("d.txt", f"d的第{number}版")
        corpus.rebuild()
    assert maker.tried
    texts = [text for text, _ in rows(corpus)]
    assert None not in texts
    assert not any("b的" in text for text in texts)


def test_a_rebuild_tries_so_many_questions_and_goes_on_while_few_articles_were_tried(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    for number in range(20):
        corpus.put(f"{number}.txt", "\n\n".join(f"第{number}篇第{line}行" for line in range(5)))
    counts = []
    for _ in range(4):
        maker.tried.clear()
        corpus.rebuild()
        counts.append(sum(count for _, count in maker.tried))
        assert all(count <= 3 for _, count in maker.tried)  # shared out among many articles
    assert counts == [TRIES, TRIES, 0, 0]  # four articles each time, and eight are enough
    corpus.put("new.txt", "新的一行")
    corpus.rebuild()
    assert maker.tried == [("new.txt", 1)]


def test_a_full_rebuild_goes_on_with_what_was_not_tried(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    for number in range(20):
        corpus.put(f"{number}.txt", f"第{number}篇")
    corpus.rebuild()
    assert len(maker.tried) == TRIES
    corpus.rebuild()
    assert len(maker.tried) == TRIES
    corpus.rebuild(full=True)
    assert len({name for name, _ in maker.tried}) == len(maker.tried) == 20


def test_the_newest_come_first_and_sources_take_turns(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    corpus.suggesting = Suggesting(maker, 3)
    corpus.put_lines(
        "articles.jsonl",
        {"id": "old", "text": "旧", "source": "甲报", "published": "2001"},
        {"id": "new", "text": "新", "source": "甲报", "published": "2021-05"},
        {"id": "newer", "text": "更新", "source": "甲报", "published": "2021-06-01"},
        {"id": "other", "text": "别处", "source": "乙报", "published": "1999"},
    )
    corpus.rebuild()
    assert [name for name, _ in maker.tried] == ["newer", "other", "new"]


def test_an_edit_tries_what_it_adds_and_six_questions_at_most(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    for number in range(20):
        corpus.put(f"{number}.txt", f"第{number}篇")
    corpus.rebuild()
    maker.tried.clear()
    editor = Editor(corpus.builder())
    text = "\n\n".join(f"第{line}行" for line in range(9))
    editor.add(Upload([Article("up", "", text)], []))
    assert maker.tried == [("up", 6)]
    assert len(suggested(corpus)["up"]) == 6
    editor.add(Upload([Article("up", "", "改了")], []))
    assert suggested(corpus)["up"] == ["改了吗？"]
    editor.remove("up")
    assert "up" not in suggested(corpus)
    assert [name for name, _ in maker.tried] == ["up", "up"]


def test_none_are_made_where_none_are_wanted_or_in_a_preview(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    put_three(corpus)
    corpus.builder().preview([corpus.articles])
    corpus.suggesting = Suggesting(maker, 0)
    corpus.rebuild()
    Editor(corpus.builder()).add(Upload([Article("up", "", "一行")], []))
    assert maker.tried == []
    assert suggested(corpus) == {}


@pytest.mark.parametrize("error", [StoreError("The reader is away."), ValueError("a slip")])
def test_a_failure_is_told_and_the_rebuild_succeeds(
    corpus: SmallIndex, maker: LineByLine, error: Exception
) -> None:
    put_three(corpus)
    maker.error = error
    report = corpus.rebuild()
    assert (report.index_version, report.added) == ("000001", 3)
    [note] = report.notes
    why = str(error) if isinstance(error, StoreError) else repr(error)
    assert note == f"Suggested questions were not made, or not all of them: {why}"
    maker.error = None
    assert corpus.rebuild().notes == []  # which finds nothing to do but this
    assert set(suggested(corpus)) == {"a.txt", "b.txt", "c.txt"}


def test_an_edit_succeeds_beside_a_failure_which_is_logged(
    corpus: SmallIndex, maker: LineByLine, caplog: pytest.LogCaptureFixture
) -> None:
    put_three(corpus)
    corpus.rebuild()
    maker.error = StoreError("The reader is away.")
    added = Editor(corpus.builder()).add(Upload([Article("up", "", "一行")], []))
    assert added.index_version == "000002"
    assert caplog.messages == [
        "Suggested questions were not made, or not all of them: The reader is away."
    ]


class Killed(BaseException):
    """Ends a rebuild, as a kill does."""


def test_killed_while_they_are_made_the_index_is_current_and_the_next_rebuild_goes_on(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    put_three(corpus)
    moments = 0

    def dies(phase: str, done: int, total: int) -> None:  # noqa: ARG001 - only the phase matters
        nonlocal moments
        moments += phase == "suggesting"
        if moments == 3:
            raise Killed

    with pytest.raises(Killed):
        corpus.rebuild(progress=dies)
    assert corpus.store.current() == "000001"
    assert set(texts_by_id(corpus.catalogue())) == {"a.txt", "b.txt", "c.txt"}
    before = suggested(corpus)
    assert len(before) == 2
    maker.tried.clear()
    report = corpus.rebuild()
    assert (report.index_version, report.unchanged) == ("000001", 3)
    assert len(maker.tried) == 1
    assert suggested(corpus) == before | {
        name: [f"{name[0]}的第一行吗？", f"{name[0]}的第二行吗？"] for name, _ in maker.tried
    }


def test_progress_names_the_stage(corpus: SmallIndex, maker: LineByLine) -> None:
    put_three(corpus)
    shown: list[tuple[str, int, int]] = []
    corpus.rebuild(progress=lambda *step: shown.append(step))
    own = [step for step in shown if step[0] == "suggesting"]
    assert own[0] == ("suggesting", 0, TRIES)
    assert own[-1] == ("suggesting", TRIES, TRIES)
    assert maker.tried
    assert list(dict.fromkeys(step[0] for step in shown))[-2:] == ["suggesting", "comparing"]


def test_questions_of_other_rules_are_neither_shown_nor_kept(
    corpus: SmallIndex, maker: LineByLine
) -> None:
    put_three(corpus)
    corpus.rebuild()
    with closing(sqlite3.connect(corpus.store.library)) as db:
        db.execute("UPDATE suggestions SET rules = 'suggestions/0'")
        db.commit()
    assert suggested(corpus) == {}
    maker.tried.clear()
    corpus.rebuild()
    assert len(maker.tried) == 3
    assert len(rows(corpus)) == 3


def test_damaged_questions_are_told_with_the_remedy(corpus: SmallIndex, maker: LineByLine) -> None:
    put_three(corpus)
    corpus.rebuild()
    assert maker.tried
    with closing(sqlite3.connect(corpus.store.library)) as db:
        db.execute("UPDATE suggestions SET questions = '[1]'")
        db.commit()
    with pytest.raises(StoreError, match="record of an article is damaged"):
        suggested(corpus)
