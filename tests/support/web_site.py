"""A server of its own over two articles, and what tests of changes share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from bench.processes import serving
from tests.conftest import run_yiju

PROBLEM = "application/problem+json"
MAX_UPLOAD = 300_000


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of articles, the store made of it, and a client of the server over that."""

    articles: Path
    store: Path
    log: Path
    client: httpx.Client

    def put(self, name: str, text: str) -> None:
        """Writes a file into the folder."""
        (self.articles / name).write_text(text, encoding="utf-8")

    def rebuild(self) -> None:
        """Rebuilds from the command line."""
        done = run_yiju("rebuild", self.articles, "--store", self.store)
        assert done.returncode == 0, done.stderr

    def add(self, **article: str) -> httpx.Response:
        """Uploads an article in JSON."""
        return self.client.post("/api/articles", json=article)

    def add_files(self, *files: tuple[str, bytes]) -> httpx.Response:
        """Uploads files in a form, with their names as they are, and as a browser quotes them."""
        parts = "".join(
            f'--limit\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            f"{data.decode('latin-1')}\r\n"
            for name, data in ((_quoted(name), data) for name, data in files)
        )
        return self.client.post(
            "/api/articles",
            content=f"{parts}--limit--\r\n".encode("latin-1"),
            headers={"content-type": "multipart/form-data; boundary=limit"},
        )

    def read(self, article_id: str) -> httpx.Response:
        """The article, or that there is none."""
        return self.client.get(f"/api/articles/{quote(article_id, safe='')}")

    def delete(self, article_id: str) -> httpx.Response:
        """Deletes an article."""
        return self.client.delete(f"/api/articles/{quote(article_id, safe='')}")

    def ask(self, question: str) -> Any:  # noqa: ANN401
        """The best answer there is."""
        return self.client.post("/api/ask", json={"question": question, "decide": False}).json()


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").encode().decode("latin-1")


@contextmanager
def site(root: Path, **environment: str) -> Iterator[Site]:
    """A site for the length of a block."""
    articles = root / "articles"
    articles.mkdir(parents=True)
    (articles / "zhongshan.txt").write_text("中山站\n\n中山站建于1989年。", encoding="utf-8")
    (articles / "kunlun.txt").write_text("昆仑站\n\n昆仑站建于2009年。", encoding="utf-8")
    with (
        serving(root / "store", root / "log", **environment) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        made = Site(articles, root / "store", root / "log", client)
        made.rebuild()
        yield made


def assert_problem(response: httpx.Response, status: int, *words: str) -> None:
    """A problem with a status, whose detail holds some words."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert problem["detail"]
    assert "Traceback" not in problem["detail"]
    for word in words:
        assert word in problem["detail"]
