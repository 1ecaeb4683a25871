"""A running server: without an index, with one that appears, with one that is replaced."""

import threading
from pathlib import Path

import httpx

from tests.conftest import run_yiju
from tests.support.commands.forked_commands import serving


def test_a_server_without_an_index_starts_and_says_so(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    with (
        serving(store, tmp_path / "log") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        for response in (
            client.get("/readyz"),
            client.get("/api/index"),
            client.get("/api/articles"),
            client.post("/api/ask", json={"question": "谁?"}),
            client.post("/api/ask/stream", json={"question": "谁?"}),
        ):
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["retry-after"]
            assert "yiju rebuild FOLDER" in response.json()["detail"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/").status_code == 200

        (articles / "station.txt").write_text("长城站\n\n长城站建于1985年。", encoding="utf-8")
        assert run_yiju("rebuild", articles, "--store", store).returncode == 0
        assert client.get("/readyz").status_code == 200
        question = {"question": "长城站建于哪一年?"}
        assert client.post("/api/ask", json=question).json()["short_answer"] == "1985年"


def test_a_new_index_takes_over_without_a_request_lost(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    article = articles / "station.txt"
    article.write_text("长城站\n\n长城站建于1985年。", encoding="utf-8")
    assert run_yiju("rebuild", articles, "--store", store).returncode == 0
    with (
        serving(store, tmp_path / "log") as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        answers: list[tuple[int, str, str | None]] = []
        stop = threading.Event()

        def keep_asking() -> None:
            with httpx.Client(base_url=address, timeout=60) as asking:
                while not stop.is_set():
                    response = asking.post("/api/ask", json={"question": "长城站建于哪一年?"})
                    answer = response.json()
                    answers.append(
                        (response.status_code, answer["index_version"], answer["short_answer"])
                    )

        asker = threading.Thread(target=keep_asking)
        asker.start()
        article.write_text("长城站\n\n长城站建于1984年。", encoding="utf-8")
        done = run_yiju("rebuild", articles, "--store", store)
        last = client.post("/api/ask", json={"question": "长城站建于哪一年?"}).json()
        stop.set()
        asker.join()

        assert done.returncode == 0
        assert last["short_answer"] == "1984年"
        assert set(answers) <= {(200, "000001", "1985年"), (200, "000002", "1984年")}
        assert (200, "000001", "1985年") in answers
        old = client.get("/api/articles/station.txt", params={"index_version": "000001"}).json()
        assert "1985年" in old["text"]
