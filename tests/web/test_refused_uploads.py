"""Uploads that are malformed, too large, or named to lead somewhere else are refused."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from index.build.builder import Builder
from index.build.edits import Editor
from index.ingest.upload_reader import UploadReader
from index.search.live import LiveIndex
from qa.answerer import Answerer
from qa.decision import Thresholds
from tests.qa.feedback.parts import feedback_parts
from tests.support import answerers, small_index
from tests.support.documents import archive
from tests.support.hostile.files import hostile_files
from tests.support.served_index import MAX_UPLOAD, ServedIndex, assert_problem
from tests.support.small_index import SmallIndex, TinyEncoder
from tests.support.small_server import open_gate
from web.app import create_app
from web.hosts import AllowedHosts
from web.rebuild_process import Rebuilder
from web.services import ServerLimits, Services

HOSTILE = hostile_files()

BAD = [
    ({"title": "无文"}, "text"),
    ({"text": ""}, "text"),
    ({"text": " \n\u3000"}, "text"),
    ({"text": 5}, "text"),
    ({"text": "a\0b"}, "text"),
    ({"text": "a", "id": ""}, "id"),
    ({"text": "a", "id": "."}, "id"),
    ({"text": "a", "id": ".."}, "id"),
    ({"text": "a", "id": "a\nb"}, "id"),
    ({"text": "a", "id": "长" * 400}, "id"),
    ({"text": "a", "id": "a" * 1001}, "id"),
    ({"text": "a", "published": "yesterday"}, "published"),
    ({"text": "a", "titel": "b"}, "titel"),
    ([{"text": "a"}], "object"),
    ("text", "object"),
]


@pytest.mark.parametrize(("body", "word"), BAD)
def test_an_article_that_cannot_be_stored_is_a_problem(
    served: ServedIndex, body: object, word: str
) -> None:
    assert_problem(served.client.post("/api/articles", json=body), 422, word)


def test_half_a_character_in_json_is_a_problem(served: ServedIndex) -> None:
    headers = {"content-type": "application/json"}
    for raw, status in ((b'{"text": "\\ud800"}', 422), (b'{"text": ', 400), (b"\xff", 400)):
        response = served.client.post("/api/articles", content=raw, headers=headers)
        assert_problem(response, status)


FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\ntext\r\n--x--\r\n'
FORMS = [
    (b"", FORM),
    (b"--x--\r\n", FORM),
    (b"text", "multipart/form-data"),
    (b"--x\r\nContent-Dis", FORM),
    (PART[:-4], FORM),
    (b"--x\r\n\r\ntext\r\n--x--\r\n", FORM),
    (PART % (b"file", b"a.txt"), FORM),
    (PART % (b"files", b""), FORM),
    (PART % (b"files", b"/"), FORM),
    (PART % (b"files", b".."), FORM),
    (PART % (b"files", b"a.exe"), FORM),
    (PART.replace(b"text", b"") % (b"files", b"empty.txt"), FORM),
    (PART.replace(b"text", b"") % (b"files", b"empty.jsonl"), FORM),
    (PART % (b"files", b"a" * 2000 + b".txt"), FORM),
    (b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\ntext\r\n--x--\r\n', FORM),
]


@pytest.mark.parametrize(("body", "kind"), FORMS)
def test_a_form_without_a_file_that_can_be_read_is_a_problem(
    served: ServedIndex, body: bytes, kind: str
) -> None:
    headers = {"content-type": kind}
    response = served.client.post("/api/articles", content=body, headers=headers)
    assert_problem(response, 422)
    assert len(response.content) < 1000


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\a\\报告.txt", "报告.txt"),
        ("a\x00b\x1b[2J.txt", "ab[2J.txt"),
        ("\u202ealert.txt", "alert.txt"),
        ("<img src=x>.txt", "<img src=x>.txt"),
        ("~$'; rm -rf .txt", "~$'; rm -rf .txt"),
    ],
)
def test_the_name_of_a_file_names_no_place(served: ServedIndex, name: str, expected: str) -> None:
    before = sorted(served.store.parent.rglob("*.txt"))
    response = served.add_files((name, f"名字是{expected}。".encode()))
    assert [article["id"] for article in response.json()["articles"]] == [expected]
    assert sorted(served.store.parent.rglob("*.txt")) == before
    assert served.delete(expected).status_code == 204


def test_an_archive_that_leads_out_of_itself_leads_nowhere(served: ServedIndex) -> None:
    data = archive({"../out.txt": "外面。", "in.txt": "里面。"})
    added = served.add_files(("站.zip", data)).json()
    assert [article["id"] for article in added["articles"]] == ["站.zip/in.txt"]
    assert [failure["name"] for failure in added["failed"]] == ["站.zip/../out.txt"]
    assert not (served.store / "out.txt").exists()


def test_an_upload_beyond_the_limit_is_too_large_however_it_is_sent(served: ServedIndex) -> None:
    def chunks(size: int) -> Iterator[bytes]:
        yield b'{"text": "'
        yield from [b"a" * 100_000] * (size // 100_000)
        yield b'"}'

    def send(content: bytes | Iterator[bytes]) -> httpx.Response:
        headers = {"content-type": "application/json"}
        return served.client.post("/api/articles", content=content, headers=headers)

    for size, status in ((MAX_UPLOAD - 100_000, 201), (MAX_UPLOAD, 413), (10_000_000, 413)):
        for response in (send(b"".join(chunks(size))), send(chunks(size))):
            assert response.status_code == status, response.text
            if status == 413:
                assert_problem(response, 413, "YIJU_MAX_UPLOAD", "300,000")
    assert_problem(served.add_files(("a.txt", b"a" * MAX_UPLOAD)), 413)
    assert_problem(served.add_files(*[("a.txt", b"a")] * 1001), 413, "1,000 files")


def test_the_limit_of_uploads_is_not_that_of_questions(served: ServedIndex) -> None:
    body = {"question": "a", "history": [{"role": "user", "content": "长" * 10_000}] * 15}
    assert served.client.post("/api/ask", json=body).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_an_upload_of_another_kind_is_refused(served: ServedIndex, kind: str) -> None:
    headers = {"content-type": kind} if kind else {}
    response = served.client.post("/api/articles", content=b"text", headers=headers)
    assert_problem(response, 415, "multipart/form-data")


@pytest.mark.parametrize("name", ["packed.zip", "deep.docx", "sourced.jsonl", "bomb.pdf"])
def test_a_file_that_takes_too_much_is_refused_and_the_server_goes_on(
    served: ServedIndex, name: str
) -> None:
    assert_problem(served.add_files((name, HOSTILE[name])), 422, name)
    assert served.add(id="after", text="泰山站建于2014年。").status_code == 201
    assert served.delete("after").status_code == 204


def test_while_an_upload_is_read_the_next_one_is_told_to_come_again(tmp_path: Path) -> None:
    corpus = SmallIndex(tmp_path)
    corpus.put("a.txt", "南极长城站建于1985年。")
    corpus.rebuild()
    reader = UploadReader()
    services = Services(
        LiveIndex(corpus.store, small_index.models(), small_index.analyzer()),
        Answerer(answerers.ranker(), answerers.calibrator(), Thresholds(0.5, 0.2)),
        Editor(Builder(corpus.store, TinyEncoder(), small_index.analyzer())),
        reader,
        Rebuilder(corpus.store, []),
        *feedback_parts(corpus.store),
        ServerLimits(1_000_000, 1_000_000, read_only=False),
        "0",
    )
    with reader.turn.taken(0):
        client = create_app(services, AllowedHosts("127.0.0.1"), open_gate(tmp_path)).test_client()
        response = client.post("/api/articles", json={"text": "泰山站建于2014年。"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "again" in response.text


@pytest.mark.parametrize("name", ["title", "source", "author", "published", "url"])
def test_a_field_that_is_too_long_is_a_problem(served: ServedIndex, name: str) -> None:
    article = {"text": "泰山站建于2014年。", name: "a" * 2001}
    assert_problem(served.client.post("/api/articles", json=article), 422, name)
