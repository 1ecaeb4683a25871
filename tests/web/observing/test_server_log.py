"""Lines of the log: for people and for programs, without the text of questions."""

import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.observing.http_exchange import AskedQuestion, Exchange, request_id, working_on
from web.observing.server_log import JsonLines, PlainLines, log_request, start_log

QUESTION = "谁第一个担任主席？"
ASKED = AskedQuestion(QUESTION, "answered", 0.012, 0.003)


@pytest.fixture
def fresh_log() -> Iterator[None]:
    """Put the log of the tests back afterwards."""
    root, own = logging.getLogger(), logging.getLogger("yiju.requests")
    before = (root.handlers[:], root.level, own.level)
    yield
    root.handlers[:], root.level, own.level = before
    root.setLevel(before[1])
    own.setLevel(before[2])


class Collecting(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


def exchange(path: str = "/api/ask") -> Exchange:
    return Exchange("7f3a", "POST", path, "192.0.2.7", status=200, seconds=0.0204, asked=ASKED)


@pytest.mark.usefixtures("fresh_log")
@pytest.mark.parametrize("with_question", [False, True])
def test_a_line_of_json_has_the_question_only_if_asked_for(
    with_question: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    start_log("json")
    log_request(exchange(), with_question=with_question)
    line = json.loads(capsys.readouterr().err)
    assert line.pop("time").endswith("Z")
    assert line.pop("process")
    assert line.pop("question", None) == (QUESTION if with_question else None)
    assert line == {
        "level": "info", "event": "request", "request_id": "7f3a", "client": "192.0.2.7",
        "method": "POST", "path": "/api/ask", "route": None, "status": 200, "ms": 20.4,
        "waited_ms": 0.0, "bytes": 0, "outcome": "answered", "find_ms": 12.0, "read_ms": 3.0,
    }  # fmt: skip


@pytest.mark.usefixtures("fresh_log")
def test_a_person_reads_requests_only_if_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for style, line in (
        ("plain", ""),
        ("requests", "192.0.2.7 POST /api/ask 200 20.4 ms answered 7f3a\n"),
    ):
        start_log(style)
        log_request(exchange(), with_question=True)
        assert capsys.readouterr().err == line


def test_what_goes_wrong_is_told_with_the_request_in_which_it_did() -> None:
    record = logging.LogRecord("web", logging.ERROR, "", 0, "Wrong: %s", ("a\nb",), None)
    assert PlainLines().format(record) == "Wrong: a\nb"
    with working_on(exchange()):
        assert PlainLines().format(record) == "Wrong: a (request 7f3a)\nb"
        values = json.loads(JsonLines().format(record))
    assert (values["message"], values["request_id"]) == ("Wrong: a\nb", "7f3a")


@pytest.mark.usefixtures("fresh_log")
@given(path=st.text(max_size=30))
def test_whatever_a_client_asks_for_its_line_is_one(path: str) -> None:
    handler = Collecting()
    log = logging.getLogger("yiju.requests")
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    log_request(exchange(path), with_question=True)
    log.removeHandler(handler)
    (record,) = handler.records
    plain, line = PlainLines().format(record), JsonLines().format(record)
    assert "\n" not in plain + line
    assert json.loads(line)["path"] == path


@given(st.text(max_size=140))
def test_an_id_is_taken_if_it_is_well_formed_and_made_if_not(told: str) -> None:
    ident = request_id(told)
    assert ident.isascii()
    assert 1 <= len(ident) <= 128
    assert not set(ident) & set(' \r\n"<>{}/')
    assert request_id(ident) == ident
    if ident != told:
        assert len(ident) == 32
