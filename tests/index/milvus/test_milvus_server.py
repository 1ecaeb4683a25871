"""What Milvus does wrong is told in a sentence, and once it is right again, all goes on."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import AwayError, NoIndexError, StoreError
from index.milvus.followed_alias import FollowedAlias
from index.milvus.milvus_server import MilvusServer
from index.milvus.published import PublishedVersions
from index.milvus.publisher import Publisher
from index.search.searcher import Searcher
from tests.support import small_index
from tests.support.milvus_lite import LiteServer, lite_server, needs_milvus
from tests.support.small_index import SmallIndex, TinyEncoder, search

pytestmark = needs_milvus


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiteServer]:
    """A server of this file's own."""
    with lite_server(tmp_path_factory.mktemp("milvus")) as server:
        yield server


@pytest.fixture
def corpus(tmp_path: Path, lite: LiteServer) -> SmallIndex:
    """A store of one article, published."""
    index = SmallIndex(tmp_path)
    index.put("a.txt", "中山站\n\n中山站建于1989年,位于南极。\n")
    index.rebuild()
    publish(index, lite)
    return index


def publish(index: SmallIndex, lite: LiteServer) -> None:
    server = MilvusServer(lite.uri)
    Publisher(index.store, server, TinyEncoder(), small_index.analyzer()).publish()


def followed(uri: str) -> FollowedAlias:
    server = MilvusServer(uri, read_within=2.0)
    return FollowedAlias(server, small_index.models(), small_index.analyzer(), pause=0.0)


def test_a_server_that_is_away_is_told_and_found_again(
    corpus: SmallIndex, lite: LiteServer
) -> None:
    live = followed(lite.uri)
    open_before = live.searcher()
    lite.stop()
    try:
        with pytest.raises(AwayError, match="can't be reached"):
            live.searcher()
        with pytest.raises(AwayError):
            search(open_before, "中山站")
        with pytest.raises(AwayError):
            followed(lite.uri).searcher()
    finally:
        lite.start()
    assert search(live.searcher(), "中山站")
    assert corpus.articles.exists()


def test_a_short_restart_is_waited_for(corpus: SmallIndex, lite: LiteServer) -> None:
    server = MilvusServer(lite.uri, read_within=60.0)
    live = FollowedAlias(server, small_index.models(), small_index.analyzer(), pause=0.0)
    searcher = live.searcher()
    lite.stop()
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(search, searcher, "中山站")
        lite.start()
        assert answer.result()
    assert corpus.articles.exists()


def test_a_version_that_is_dropped_is_told_until_one_is_published(
    corpus: SmallIndex, lite: LiteServer
) -> None:
    live, versions = followed(lite.uri), PublishedVersions(MilvusServer(lite.uri))
    searcher = live.searcher()
    for item in versions.whole():
        versions.drop(item.name)
    with pytest.raises(StoreError, match="lacks a collection"):
        search(searcher, "中山站")
    with pytest.raises(NoIndexError, match="yiju rebuild FOLDER --engine milvus"):
        live.searcher()
    publish(corpus, lite)
    assert search(live.searcher(), "中山站")


def test_a_question_that_meets_a_dropped_version_is_asked_again_of_the_current_one(
    corpus: SmallIndex, lite: LiteServer
) -> None:
    live, versions = followed(lite.uri), PublishedVersions(MilvusServer(lite.uri))
    tries: list[str] = []

    def ask(searcher: Searcher) -> int:
        tries.append(searcher.manifest.version)
        if len(tries) == 1:
            corpus.put("a.txt", "昆仑站\n\n昆仑站建于2009年。")
            corpus.rebuild()
            publish(corpus, lite)
            for item in versions.whole():
                if item.name != versions.current():
                    versions.drop(item.name)
        return len(search(searcher, "昆仑站"))

    assert live.use(ask) == 1
    assert tries == ["000001", "000002"]


@contextmanager
def stub(answer: Callable[[object], None]) -> Iterator[str]:
    """Run a server that treats every call alike, as Milvus Lite can't."""
    import grpc

    class Everything(grpc.GenericRpcHandler):  # type: ignore[misc]
        def service(self, _details: object) -> object:
            return grpc.unary_unary_rpc_method_handler(lambda _, context: answer(context))

    server = grpc.server(ThreadPoolExecutor(4), handlers=[Everything()])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop(None)


def test_a_token_that_is_refused_is_told() -> None:
    import grpc

    def refuse(context: grpc.ServicerContext) -> None:
        context.abort(grpc.StatusCode.UNAUTHENTICATED, "auth check failure")

    with stub(refuse) as uri, pytest.raises(StoreError, match="Set YIJU_MILVUS_TOKEN") as told:
        MilvusServer(uri, "a:secret", read_within=2.0).names()
    assert "secret" not in str(told.value)


def test_a_server_that_is_slow_is_not_waited_for_any_longer() -> None:
    def sleep(_: object) -> None:
        time.sleep(5)

    with stub(sleep) as uri, pytest.raises(AwayError, match="takes too long"):
        MilvusServer(uri, read_within=0.5).names()


def test_nothing_listening_is_told_before_a_rebuild() -> None:
    with pytest.raises(AwayError, match="can't be reached"):
        MilvusServer("http://127.0.0.1:1").check_listens()
