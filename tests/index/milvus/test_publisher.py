"""What is published is what the store has, is switched at once, and survives kills and mistakes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import GoneError, MismatchError, NoIndexError, StoreError, UsageError
from index.milvus.followed_alias import FollowedAlias
from index.milvus.milvus_server import MilvusServer
from index.milvus.published import CURRENT, PublishedVersions
from index.milvus.publisher import Publisher
from index.progress import Progress, silent
from index.search.searcher import Searcher
from tests.support import small_index
from tests.support.milvus_lite import lite_server, needs_milvus
from tests.support.small_index import SmallIndex, TinyEncoder, query, search

pytestmark = needs_milvus


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    """A server of this file's own."""
    with lite_server(tmp_path_factory.mktemp("milvus")) as lite:
        yield MilvusServer(lite.uri)


@pytest.fixture
def server(started: MilvusServer) -> MilvusServer:
    """A server with nothing in it."""
    for name in started.names():
        started.drop(name)
    return started


@pytest.fixture
def corpus(tmp_path: Path) -> SmallIndex:
    """A store of three articles, two of them alike."""
    index = SmallIndex(tmp_path)
    index.put("a.txt", "中山站\n\n中山站建于1989年,位于南极。\n")
    layers = "".join(f"第{number}层冰有{number * 7}米厚。" for number in range(150))
    for name in ("b.txt", "c/b.txt"):
        index.put(name, f"昆仑站\n\n昆仑站建于2009年。The station stands on ice.\n{layers}")
    index.rebuild()
    return index


def publisher(index: SmallIndex, server: MilvusServer, progress: Progress = silent) -> Publisher:
    return Publisher(index.store, server, TinyEncoder(), small_index.analyzer(), progress)


def followed(server: MilvusServer) -> FollowedAlias:
    return FollowedAlias(server, small_index.models(), small_index.analyzer(), pause=0)


def test_a_published_version_reads_as_the_stores_own(
    corpus: SmallIndex, server: MilvusServer
) -> None:
    publisher(corpus, server).publish()
    here, there = corpus.searcher(), followed(server).searcher()
    assert there.manifest == here.manifest
    ours, theirs = here.catalogue, there.catalogue
    assert theirs.rows() == ours.rows()
    numbers, owners = ours.owners()
    np.testing.assert_array_equal(theirs.owners(), (numbers, owners))
    ids = [row.id for row in ours.rows()]
    assert theirs.listings([*ids, "none"]) == ours.listings(ids)
    assert theirs.passages(numbers[::-1]) == ours.passages(numbers[::-1])
    among = numbers[owners == ours.rows()[2].content]
    assert theirs.passages(among, ["c/b.txt"]) == ours.passages(among, ["c/b.txt"])
    assert [theirs.article(name) for name in [*ids, "none"]] == [
        *(ours.article(name) for name in ids), None,
    ]  # fmt: skip
    assert theirs.has_title("昆仑站")
    assert not theirs.has_title("昆仑")
    for text in ("昆仑站建于哪年?", "station", "南极"):
        assert [hit.passage for hit in search(there, text)] == [
            hit.passage for hit in search(here, text)
        ]
        ours_first, theirs_first = (
            searcher.lexical(query(searcher, text), 5) for searcher in (here, there)
        )
        assert [score for _, score in theirs_first] == pytest.approx(
            [score for _, score in ours_first], rel=1e-4
        )


def test_a_new_version_is_served_once_the_alias_is_moved_and_rollback_moves_it_back(
    corpus: SmallIndex, server: MilvusServer
) -> None:
    publisher(corpus, server).publish()
    live = followed(server)
    first = live.searcher()
    corpus.put("d.txt", "长城站\n\n长城站建于1985年。")
    corpus.rebuild()
    assert live.searcher() is first
    publisher(corpus, server).publish()
    assert live.searcher().manifest.version == "000002"
    assert [row.id for row in first.catalogue.rows()] == ["a.txt", "b.txt", "c/b.txt"]
    with live.catalogue("000001") as earlier:
        assert earlier.article("d.txt") is None
    with pytest.raises(GoneError, match="000009"), live.catalogue("000009"):
        pass
    versions = PublishedVersions(server)
    assert versions.roll_back(None) == "000001"
    assert live.searcher().manifest.version == "000001"
    with pytest.raises(UsageError, match="kept are: 000002"):
        versions.roll_back("000001")
    assert versions.roll_back("000002") == "000002"
    assert live.status().engine == "milvus"


def test_the_last_three_versions_are_kept(corpus: SmallIndex, server: MilvusServer) -> None:
    for number in range(5):
        corpus.put("d.txt", f"长城站\n\n长城站建于{1985 + number}年。")
        corpus.rebuild()
        publisher(corpus, server).publish()
    versions = PublishedVersions(server)
    assert [item.version for item in versions.whole()] == ["000004", "000005", "000006"]
    assert len(server.names()) == 2 * 3
    # The third is out of memory by now; it comes back with the switch.
    assert versions.roll_back("000004") == "000004"
    assert search(followed(server).searcher(), "长城站")


class KilledError(Exception):
    """Stands for a kill: nothing is cleaned up."""


@pytest.mark.parametrize("phase", ["weighing", "publishing"])
def test_a_publication_that_died_leaves_the_current_version_and_is_dropped(
    corpus: SmallIndex, server: MilvusServer, phase: str
) -> None:
    publisher(corpus, server).publish()
    corpus.put("d.txt", "长城站\n\n长城站建于1985年。")
    corpus.rebuild()

    def kill(now: str, done: int, total: int) -> None:
        if now == phase and done == total:
            raise KilledError

    with pytest.raises(KilledError):
        publisher(corpus, server, kill).publish()
    versions = PublishedVersions(server)
    assert len(versions.half_written()) == (phase == "publishing")
    assert followed(server).searcher().manifest.version == "000001"
    publisher(corpus, server).publish()
    assert versions.half_written() == []
    assert followed(server).searcher().manifest.version == "000002"


def test_a_publication_that_died_before_the_switch_is_finished(
    corpus: SmallIndex, server: MilvusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as killing:
        killing.setattr(PublishedVersions, "switch", kill)
        with pytest.raises(KilledError):
            publisher(corpus, server).publish()
    assert server.target(CURRENT) is None
    phases: list[str] = []
    publisher(corpus, server, lambda phase, *_: phases.append(phase)).publish()
    assert server.target(CURRENT) is not None
    assert phases == [], "what is whole is not written again"


def damaged(server: MilvusServer, name: str) -> None:
    server._call("delete", 10, name, ids=[1])


def test_what_was_not_written_as_it_should_be_is_not_switched_to(
    corpus: SmallIndex, server: MilvusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = server.finish

    def lose(name: str) -> None:
        finish(name)
        if not name.endswith("_records"):
            damaged(server, name)

    monkeypatch.setattr(server, "finish", lose)
    with pytest.raises(StoreError, match="has not what was written"):
        publisher(corpus, server).publish()
    assert server.names() == []
    with pytest.raises(NoIndexError, match="--engine milvus"):
        followed(server).searcher()


def test_another_model_is_refused_and_the_open_version_goes_on(
    corpus: SmallIndex, server: MilvusServer
) -> None:
    publisher(corpus, server).publish()
    live = followed(server)
    first = live.searcher()
    other = TinyEncoder("tiny@2")
    corpus.rebuild(other)
    Publisher(corpus.store, server, other, small_index.analyzer()).publish()
    assert live.searcher() is first
    with pytest.raises(MismatchError, match="model"):
        followed(server).searcher()


def test_an_index_without_articles_can_be_published(tmp_path: Path, server: MilvusServer) -> None:
    index = SmallIndex(tmp_path)
    index.builder().begin()
    publisher(index, server).publish()
    searcher = followed(server).searcher()
    assert search(searcher, "昆仑站") == []
    assert searcher.catalogue.rows() == []
    assert searcher.count() == 0


def test_long_texts_titles_and_names_are_kept_whole(tmp_path: Path, server: MilvusServer) -> None:
    index = SmallIndex(tmp_path)
    title, heading, text = "题" * 1000, "章" * 30_000, "冰盖。" * 30_000
    index.put_lines("l.jsonl", {"id": "长" * 150, "title": title, "text": text})
    index.put("long.md", f"# {heading}\n\n{text}")
    index.rebuild()
    publisher(index, server).publish()
    here, there = index.searcher().catalogue, followed(server).searcher().catalogue
    for row in here.rows():
        assert there.article(row.id) == here.article(row.id)
    assert there.has_title(title)
    numbers, _ = here.owners()
    assert there.passages(numbers) == here.passages(numbers)


def test_sentences_and_near_words_are_those_of_the_store(
    corpus: SmallIndex, server: MilvusServer
) -> None:
    encoder = small_index.bundled_encoder()
    corpus.rebuild(encoder)
    Publisher(corpus.store, server, encoder, small_index.analyzer()).publish()
    models = small_index.models(encoder)
    here = Searcher(corpus.open(encoder), models)
    there = FollowedAlias(server, models, small_index.analyzer()).searcher()
    for text in ("When was the station built?", "昆仑站建于哪年?", "层冰有7米厚"):
        ours, theirs = query(here, text), query(there, text)
        assert theirs.alternatives == ours.alternatives
        assert theirs.weights == ours.weights
        wanted = [number for number, _ in here.dense(ours, 5)]
        ours_compared, theirs_compared = (
            searcher.compare(ours, wanted) for searcher in (here, there)
        )
        np.testing.assert_allclose(theirs_compared.scores, ours_compared.scores, rtol=1e-5)
        np.testing.assert_array_equal(theirs_compared.firsts, ours_compared.firsts)
        ours_first, theirs_first = here.search(ours, 3), there.search(theirs, 3)
        assert [hit.number for hit in theirs_first] == [hit.number for hit in ours_first]
        assert [hit.score for hit in theirs_first] == pytest.approx(
            [hit.score for hit in ours_first], abs=1e-4
        )
