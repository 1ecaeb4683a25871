"""A small index with a server of its own, and what tests of changes share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from tests.conftest import run_yiju
from tests.support.article_folder import ArticleFolder
from tests.support.commands.forked_commands import serving

PROBLEM = "application/problem+json"
MAX_UPLOAD = 300_000


class ServedIndex(ArticleFolder):
    """A folder of articles and its store, with a client of the server on it."""

    def __init__(self, root: Path, client: httpx.Client) -> None:
        super().__init__(root)
        self.store, self.log = root / "store", root / "log"
        self.client = client

    def rebuild(self) -> None:
        """Rebuild from the command line."""
        done = run_yiju("rebuild", self.articles, "--store", self.store)
        assert done.returncode == 0, done.stderr

    def add(self, **article: str) -> httpx.Response:
        """Upload an article in JSON."""
        return self.client.post("/api/articles", json=article)

    def add_files(self, *files: tuple[str, bytes]) -> httpx.Response:
        """Upload files in a form, with their names as a browser quotes them."""
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
        """Request an article."""
        return self.client.get(f"/api/articles/{quote(article_id, safe='')}")

    def delete(self, article_id: str) -> httpx.Response:
        """Delete an article."""
        return self.client.delete(f"/api/articles/{quote(article_id, safe='')}")

    def ask(self, question: str) -> Any:  # noqa: ANN401
        """Return the best answer, whatever its confidence."""
        return self.client.post("/api/ask", json={"question": question, "decide": False}).json()


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").encode().decode("latin-1")


@contextmanager
def served_index(root: Path, **environment: str) -> Iterator[ServedIndex]:
    """Serve an index of two articles for a block."""
    with (
        serving(root / "store", root / "log", **environment) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        served = ServedIndex(root, client)
        served.put("zhongshan.txt", "中山站\n\n中山站建于1989年。")
        served.put("kunlun.txt", "昆仑站\n\n昆仑站建于2009年。")
        served.rebuild()
        yield served


def assert_problem(response: httpx.Response, status: int, *words: str) -> None:
    """Assert that a response is a problem with a status, whose detail contains the words."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert set(problem) - {"request_id"} == {"type", "title", "status", "detail"}
    assert problem["status"] == status
    assert problem["detail"]
    assert "Traceback" not in problem["detail"]
    for word in words:
        assert word in problem["detail"]
