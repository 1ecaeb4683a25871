"""Limits hold over all processes and for each key; what they refuse says when to come again."""

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from index.access.access_state import AccessState
from tests.support.served_index import ServedIndex, assert_problem
from tests.web.access.conftest import QUESTIONS, UPLOADED, Caller
from web.access.rate_limits import RateLimits, RateRules

QUESTION = {"question": "中山站建于哪一年?"}


def test_a_key_asks_as_often_as_it_may_over_all_processes(
    guarded: ServedIndex, secret_of: Callable[[str], str], caller: Caller
) -> None:
    headers = {"Authorization": f"Bearer {secret_of('ask')}", "Connection": "close"}
    statuses: Counter[int] = Counter()

    def ask() -> None:
        for _ in range(QUESTIONS):
            with httpx.Client(base_url=guarded.client.base_url, timeout=60) as client:
                told = client.post("/api/ask", json=QUESTION, headers=headers)
            statuses[told.status_code] += 1

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses[200] == QUESTIONS
    assert statuses.keys() == {200, 429}
    assert caller("ask").post("/api/ask", json=QUESTION).status_code == 200
    told = guarded.client.post("/api/search", json={"query": "站"}, headers=headers)
    assert_problem(told, 429, "Too many questions came from here. Come again in ")
    assert 3000 < int(told.headers["Retry-After"]) <= 3601
    chinese = {**headers, "Accept-Language": "zh-CN"}
    told = guarded.client.post("/api/ask/stream", json=QUESTION, headers=chinese)
    assert_problem(told, 429, "来自这里的提问太多。请在 ", " 分钟后再来。")
    told = guarded.client.post(
        "/v1/chat/completions",
        json={"messages": [{"role": "user", "content": "站"}]},
        headers=headers,
    )
    assert (told.status_code, told.json()["error"]["code"]) == (429, "rate_limit_exceeded")
    assert told.headers["Retry-After"]
    assert guarded.client.get("/api/articles", headers=headers).status_code == 200


def test_a_key_uploads_as_many_bytes_a_day_as_it_may(caller: Caller) -> None:
    client = caller("write")
    body = {"id": "长城", "text": "南极长城站建于1985年。" * 40}
    sizes = []
    while (told := client.post("/api/articles", json=body)).status_code == 201:
        sizes.append(int(told.request.headers["Content-Length"]))
    assert_problem(told, 429, f"the {UPLOADED:,} bytes a day", "Come again in 24 h.")
    assert 80_000 < int(told.headers["Retry-After"]) <= 86_401
    assert sum(sizes) <= UPLOADED < sum(sizes) + sizes[0]
    # What was refused does not count: a smaller one still has its place.
    assert client.post("/api/articles", json={"id": "b", "text": "站"}).status_code == 201
    assert caller("write").post("/api/articles", json=body).status_code == 201


def test_many_wrong_keys_are_refused_and_a_right_one_is_taken(
    guarded: ServedIndex, caller: Caller
) -> None:
    statuses = []
    for number in range(12):
        headers = {"Authorization": f"Bearer wrong{number}"}
        statuses.append(guarded.client.get("/api/index", headers=headers).status_code)
    assert statuses == [401] * 10 + [429] * 2
    told = guarded.client.post("/api/session", json={"key": "wrong"})
    assert_problem(told, 429, "Too many wrong keys")
    assert 0 < int(told.headers["Retry-After"]) <= 61
    assert caller("read").get("/api/index").status_code == 200
    assert_problem(caller("none").get("/api/index"), 401, "needs a key")


def test_no_limit_holds_where_none_is_set_and_no_file_is_made(tmp_path: Path) -> None:
    limits = RateLimits(RateRules(), AccessState(tmp_path))
    assert limits.refusal("key a", "asking.ask", 10**12) is None
    assert list(tmp_path.iterdir()) == []


def test_who_can_not_be_counted_is_served_and_the_log_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    limits = RateLimits(RateRules("1/hour"), AccessState(tmp_path / "away"))
    for _ in range(3):
        assert limits.refusal("key a", "articles.listing", 0) is None
        assert limits.wrong_key("192.0.2.7") is None
    assert len([record for record in caplog.records if "no limit holds" in record.message]) == 1
