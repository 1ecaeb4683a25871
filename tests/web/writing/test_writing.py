"""A language model writes beside answers over HTTP, and keeps nobody else waiting."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest

from tests.conftest import until
from tests.support.api import ANSWER_KEYS, sse
from tests.support.models.model_site import KEY, ModelSite, sends, waits, writes
from tests.support.served_index import ServedIndex, served_index
from web.writing.writing_desk import CALLS

QUESTION = "中山站建于哪一年？"
RIGHT, WRONG = "中山站于1989年建成[1]。", "中山站于1999年建成[1]。"
BUSY = "模型正忙于别的问题，这里只给出原文。"


@dataclass(frozen=True, slots=True)
class Written:
    """A served index whose answers a model writes beside."""

    served: ServedIndex
    site: ModelSite

    def ask(self, question: str = QUESTION, address: str = "/api/ask") -> httpx.Response:
        """Ask a question."""
        return httpx.post(
            f"http://{self.served.client.base_url.netloc.decode()}{address}",
            json={"question": question},
            timeout=120,
        )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """Serve an index with a model's server beside it."""
    with (
        ModelSite(writes(RIGHT)) as site,
        served_index(
            tmp_path_factory.mktemp("site"),
            YIJU_LLM_BASE_URL=site.base_url,
            YIJU_LLM_MODEL="tiny",
            YIJU_LLM_KEY=KEY,
            YIJU_LLM_TIMEOUT="300",
        ) as served,
    ):
        yield Written(served, site)


@pytest.fixture
def writing(shared: Written) -> Written:
    """Let the model write as it ought to, and forget what it was asked."""
    shared.site.reply = writes(RIGHT)
    shared.site.asked.clear()
    shared.site.was_left.clear()
    shared.site.closing.clear()
    return shared


def test_an_answer_comes_with_what_the_model_wrote_and_is_else_as_it_was(writing: Written) -> None:
    answer = writing.ask().json()
    assert list(answer) == ANSWER_KEYS
    assert (answer["answered"], answer["answer"]) == (True, "中山站建于1989年。")
    written = answer["written"]
    assert written["text"] == RIGHT
    assert written["sentences"] == [{"text": "中山站于1989年建成。", "citations": [0]}]
    assert written["citations"][: len(answer["citations"])] == answer["citations"]
    assert (written["dropped"], written["failed"], written["model"]) == (0, None, "tiny")


def test_what_the_citations_do_not_bear_out_is_dropped_and_the_answer_stays(
    writing: Written,
) -> None:
    writing.site.reply = writes(WRONG)
    answer = writing.ask().json()
    assert answer["short_answer"] == "1989年"
    assert (answer["written"]["text"], answer["written"]["dropped"]) == ("", 1)
    assert answer["written"]["failed"] == "模型写的句子都没有原文支持，这里只给出原文。"


def test_where_nothing_is_found_the_model_is_not_asked(writing: Written) -> None:
    for question in ("谁在火星上种过水稻？", "你好"):
        assert writing.ask(question).json()["written"] is None
    assert writing.site.asked == []


def test_a_stream_sends_the_answer_first_and_then_what_is_written(writing: Written) -> None:
    events = sse(writing.ask(address="/api/ask/stream").text)
    names = [name for name, _ in events]
    assert names[-3:] == ["answer", "writing", "written"]
    assert events[-3][1]["written"] is None
    assert events[-2][1] == {"model": "tiny"}
    assert events[-1][1]["text"] == RIGHT


def test_programs_that_speak_to_language_models_get_what_no_model_wrote(
    writing: Written,
) -> None:
    asked = {"messages": [{"role": "user", "content": QUESTION}]}
    answer = writing.served.client.post("/v1/chat/completions", json=asked).json()["yiju"]
    assert (answer["answered"], answer["written"]) == (True, None)
    assert writing.site.asked == []


def test_the_answer_is_read_while_the_model_still_writes(writing: Written) -> None:
    writing.site.reply = waits
    asked = {"question": QUESTION}
    with writing.served.client.stream("POST", "/api/ask/stream", json=asked) as response:
        assert "event: writing" in response.iter_lines()


def test_a_stream_to_which_nothing_is_written_ends_with_its_answer(writing: Written) -> None:
    events = sse(writing.ask("谁在火星上种过水稻？", "/api/ask/stream").text)
    assert events[-1][0] == "answer"


def test_a_model_that_fails_leaves_the_answer_and_a_sentence(writing: Written) -> None:
    writing.site.reply = sends(status=500)
    answer = writing.ask("When was Zhongshan Station (中山站) built?").json()
    assert writing.ask().json()["written"]["failed"] == "模型服务拒绝了请求，这里只给出原文。"
    assert set(answer) == set(ANSWER_KEYS)


def test_slow_calls_are_few_and_other_questions_are_answered_beside_them(
    writing: Written,
) -> None:
    writing.site.reply = waits
    with ThreadPoolExecutor(CALLS) as pool:
        held = [pool.submit(writing.ask) for _ in range(CALLS)]
        until(lambda: len(writing.site.asked) == CALLS)
        for _ in range(10):
            assert writing.ask().json()["written"]["failed"] == BUSY
        streamed = sse(writing.ask(address="/api/ask/stream").text)
        assert streamed[-1] == ("written", {**streamed[-1][1], "failed": BUSY})
        assert writing.ask("谁在火星上种过水稻？").status_code == 200
        search = writing.served.client.post("/api/search", json={"query": "中山站"})
        assert search.json()["hits"]
        assert not any(call.done() for call in held)
        writing.site.closing.set()
        assert {call.result().status_code for call in held} == {200}


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_a_call_is_given_up_when_its_client_leaves(writing: Written, path: str) -> None:
    writing.site.reply = waits
    place = urlsplit(str(writing.served.client.base_url))
    body = json.dumps({"question": QUESTION}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
    with socket.create_connection((place.hostname or "", place.port or 0)) as client:
        client.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        until(lambda: writing.site.asked)
    until(writing.site.was_left.is_set)


def test_the_key_is_nowhere_but_at_the_model(writing: Written) -> None:
    assert writing.ask().status_code == 200
    assert writing.site.keys[-1] == f"Bearer {KEY}"
    client = writing.served.client
    for path in ("/api/index", "/openapi.json", "/"):
        assert KEY not in client.get(path).text
    assert KEY not in writing.served.log.read_text(encoding="utf-8")
