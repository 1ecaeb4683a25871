"""Uploads that are malformed, too large, or named to lead somewhere else are refused."""

from collections.abc import Iterator

import httpx
import pytest

from tests.support.documents import archive
from tests.support.served_index import MAX_UPLOAD, ServedIndex, assert_problem

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
