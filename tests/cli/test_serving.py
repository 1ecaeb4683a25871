"""`yiju serve --articles` indexes a folder, follows it, and opens a browser, until it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.crash.oracle import children, living
from bench.processes import Server
from tests.cli.test_commands import plain_failure
from tests.conftest import run_yiju, until
from tests.support.commands.forked_commands import running_server

QUESTION = "长城站建于哪一年?"


@contextmanager
def serving_folder(folder: Path, *options: object, **environment: str) -> Iterator[Server]:
    """Serve a folder for the length of a block; the log is beside it."""
    words, log = ["--articles", folder, *options], folder.parent / "log"
    with running_server(words, log, environment=environment) as server:
        yield server


def short_answer(address: str) -> object:
    """Ask what the articles say; None while there is no index."""
    reply = httpx.post(f"{address}/api/ask", json={"question": QUESTION}, timeout=60)
    return reply.json().get("short_answer")


def test_a_folder_is_indexed_served_and_followed(tmp_path: Path) -> None:
    articles, opened = tmp_path / "articles", tmp_path / "opened"
    articles.mkdir()
    (articles / "station.txt").write_text("长城站\n\n长城站建于1985年。", encoding="utf-8")
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    browser.chmod(0o755)
    with serving_folder(articles, "--open", BROWSER=f"{browser} %s") as server:
        assert (articles / ".yiju" / "CURRENT").exists()
        assert short_answer(server.address) == "1985年"
        until(opened.exists)
        until(lambda: opened.read_text().strip() == server.address)
        (articles / "station.txt").write_text("长城站\n\n长城站建于1986年。", encoding="utf-8")
        until(lambda: short_answer(server.address) == "1986年")
        started = children(server.process_id)
    assert not any(map(living, started)), "the watcher ends with the server"
    again = run_yiju("rebuild", articles, "--store", articles / ".yiju")
    assert " 0 added, 0 changed, 0 removed, 1 unchanged, 0 failed" in again.stdout


def test_an_empty_folder_is_served_until_its_first_article_comes(tmp_path: Path) -> None:
    articles, store = tmp_path / "articles", tmp_path / "store"
    articles.mkdir()
    with serving_folder(articles, "--store", store, "--no-open") as server:
        assert httpx.get(f"{server.address}/readyz").status_code == 503
        (articles / "station.txt").write_text("长城站\n\n长城站建于1985年。", encoding="utf-8")
        until(lambda: short_answer(server.address) == "1985年")
        watchers = children(server.process_id)
        os.kill(server.process_id, 9)
        until(lambda: not any(map(living, watchers)))
    assert not (articles / ".yiju").exists()
    assert "No article found in" in (tmp_path / "log").read_text(encoding="utf-8")


def test_what_is_no_folder_is_one_plain_sentence(tmp_path: Path) -> None:
    done = run_yiju("serve", "--articles", tmp_path / "nowhere")
    plain_failure(done.returncode, done.stderr, f"There is no folder {tmp_path / 'nowhere'};")
