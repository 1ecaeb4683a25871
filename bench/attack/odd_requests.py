"""`python -m bench.attack.odd_requests`: odd HTTP and JSON, byte by byte.

Lengths that lie, chunks that are none, methods, headers and addresses that nobody sends by mistake,
JSON that is deep, long or half. Exits with 1 if one is answered with a 5xx, or one that is whole
not at all, or if the server does not answer a question afterwards.
"""

import json
from collections.abc import Iterator

from bench.attack.target import (
    ANSWER,
    QUESTION,
    Verdicts,
    question,
    request,
    sample_server,
    statuses,
)

_ASK = json.dumps({"question": QUESTION}).encode()
_JSON = "Content-Type: application/json"
_HALF = 3.0  # seconds to wait for a reply to what is no whole request
_WHOLE = 60.0


def _ask(body: bytes) -> bytes:
    return request("POST", "/api/ask", body, _JSON)


def _get(path: str, *headers: str, method: str = "GET") -> bytes:
    return request(method, path, b"", *headers)


def _chunked(body: bytes) -> bytes:
    return request("POST", "/api/ask", b"", _JSON, "Transfer-Encoding: chunked") + body


def _sized(length: str, body: bytes = _ASK) -> bytes:
    return request("POST", "/api/ask", b"", _JSON, f"Content-Length: {length}") + body


def bodies() -> Iterator[tuple[str, bytes]]:
    """Yield bodies of a question, by name: all are whole requests."""
    asked = {
        "empty": b"", "null": b"null", "a list": b"[]", "a string": b'"a"',
        "not a number": b'{"question":"a","k":NaN}', "infinity": b'{"question":"a","k":Infinity}',
        "1e400": b'{"question":"a","k":1e400}',
        "900,000 digits": b'{"question":"a","k":' + b"9" * 900_000 + b"}",
        "a key twice": b'{"question":"a","question":{"a":1}}',
        "400,000 lists deep": b'{"question":' + b"[" * 400_000 + b"]" * 400_000 + b"}",
        "150,000 objects deep": b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
        "900,000 brackets open": b"[" * 900_000,
        "UTF-16": '{"question":"NIST"}'.encode("utf-16"),
        "a byte order mark": b"\xef\xbb\xbf" + _ASK,
        "GBK": '{"question":"港珠澳大桥"}'.encode("gbk"),
        "no UTF-8": b'{"question":"\xff\xfe"}',
        "surrogates in UTF-8": b'{"question":"\xed\xa0\xbd\xed\xb8\x80"}',
        "a lone surrogate": b'{"question":"\\ud800"}',
        "NUL": b'{"question":"a\\u0000b"}',
        "a surrogate in a key": b'{"question":"a","\\ud800":1}',
        "60,000 keys": b"{" + b",".join(b'"k%d":1' % number for number in range(60_000)) + b"}",
        "a year 0": b'{"question":"a","filter":{"published_from":"0000"}}',
        "Arabic digits": '{"question":"a","filter":{"published_from":"٢٠٢٤"}}'.encode(),
        "a source of 900,000": b'{"question":"a","filter":{"source":"' + b"a" * 900_000 + b'"}}',
        "1,000 turns": json.dumps(
            {"question": "a", "history": [{"role": "user", "content": "a"}] * 1000}
        ).encode(),
    }  # fmt: skip
    yield from ((f"body: {name}", _ask(body)) for name, body in asked.items())
    for kind in ("text/plain", "multipart/form-data", "application/json; charset=gbk", ";;;=\xff"):
        yield f"type: {kind}", request("POST", "/api/ask", _ASK, f"Content-Type: {kind}")
    form = "Content-Type: multipart/form-data; boundary="
    yield "form: no boundary", request("POST", "/api/articles", b"x", form)
    yield "form: empty", request("POST", "/api/articles", b"--x--\r\n", f"{form}x")
    long = b"--" + b"x" * 200 + b"--\r\n"
    yield "form: boundary of 200", request("POST", "/api/articles", long, form + "x" * 200)


def addresses() -> Iterator[tuple[str, bytes]]:
    """Yield requests for odd addresses, with odd methods and headers: all are whole."""
    for path in (
        "/api/articles/../../etc/passwd", "/api/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/../app.py", "/static/%2e%2e%2fapp.py", "/static//etc/passwd",
        "/api/docs/swagger/%2e%2e/%2e%2e/__init__.py", "/api/articles/a%00b",
        "/api/articles/%ff%fe", "/api/articles/%ED%A0%80", "/api/articles/", "/api/articles//////",
        "/api/articles/%2", "/api/articles/" + "a" * 9000, "/api/articles/桥",
        "/api/articles/a?index_version=..%2F..%2Fx", "/api/articles/a?index_version=000001%0a",
        "/api/articles/a?index_version=%D9%A0%D9%A0%D9%A0", "/api/articles?page=1000000000",
        "/api/articles?page=" + "9" * 5000, "/api/articles?page=1&page=2", "/api/articles?q=%00",
        "/api/articles?q=%ff", "/api/articles?q=%ED%A0%80", "//evil.example/%2e%2e",
        "/\\evil.example", "/%0d%0aSet-Cookie:%20a=b", "/api/docs%0d%0aX:%20y",
    ):  # fmt: skip
        yield f"address: {path[:30]}", _get(path)
    for method in ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "FOO-BAR"):
        yield f"method: {method}", _get("/api/articles", method=method)
    yield "method: HEAD of a question", _get("/api/ask", method="HEAD")
    yield "method: OPTIONS *", _get("*", method="OPTIONS")
    for header in (
        "SCRIPT_NAME: /foo", "PATH_INFO: /healthz", "X-A: " + "a" * 20_000, "Expect: 100-continue",
        "Expect: 200-ok", "Range: bytes=0-0,1-1,5-4", "Content-Encoding: gzip",
        "\r\n".join(f"X-{number}: a" for number in range(150)),
    ):  # fmt: skip
        yield f"header: {header[:30].splitlines()[0]}", _get("/healthz", header)
    yield "no host", b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"
    yield "a whole address", _get("http://evil.example/healthz")
    yield "version 1.0", b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n"
    size = b"%x\r\n%s\r\n0\r\n\r\n" % (len(_ASK), _ASK)
    yield "chunks: good", _chunked(size)
    yield "chunks: 1.5 MB", _chunked((b"10000\r\n" + b"a" * 65536 + b"\r\n") * 24 + b"0\r\n\r\n")
    yield "rebuild with 2 MB", request("POST", "/api/index/rebuild", b"a" * 2_000_000)


def halves() -> Iterator[tuple[str, bytes]]:
    """Yield what is no whole request, or several, or no HTTP: any reply will do, but for a 5xx."""
    yield "length: short", _sized("5")
    yield "length: long", _sized("1000", b"{}")
    yield "length: negative", _sized("-1")
    yield "length: 20 digits", _sized("9" * 20)
    yield "length: two", _sized(f"3\r\nContent-Length: {len(_ASK)}")
    yield "length and chunks", _sized("5\r\nTransfer-Encoding: chunked", b"0\r\n\r\n")
    yield "chunks: a bad size", _chunked(b"ZZ\r\n{}\r\n0\r\n\r\n")
    yield "chunks: a size of 2^64", _chunked(b"ffffffffffffffff\r\n{}")
    yield "chunks: cut off", _chunked(b"5\r\n{}")
    yield "version 0.9", b"GET /\r\n"
    yield "version 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield "TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300)
    yield "two hosts", _get("/healthz", "Host: b")
    alive = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    yield "50 in a row", alive * 49 + _get("/healthz")
    yield "a CONNECT", _get("/", method="CONNECT")
    yield "a form cut off", request("POST", "/api/articles", b"--x\r\nContent-Disp")[:-5]


def complaint(replies: bytes, *, is_whole: bool) -> str | None:
    """Return what is wrong with the replies to a request, or None."""
    codes = statuses(replies)
    if any(500 <= code != 501 and code != 505 for code in codes):  # unknown method, version
        return f"was answered {codes}: {replies[-300:]!r}"
    if is_whole and not codes and not replies.startswith(b"HTTP/"):
        return "was not answered"
    return None


def main() -> None:
    """Send them all; exit with 1 if one was answered wrongly."""
    verdicts = Verdicts()
    with sample_server() as target:
        for is_whole, requests in ((True, bodies()), (True, addresses()), (False, halves())):
            for name, data in requests:
                replies = target.send(data, _WHOLE if is_whole else _HALF)
                verdicts.add(
                    name, complaint(replies, is_whole=is_whole), f"{statuses(replies)[:3]}"
                )
        answers = ANSWER in target.send(question()).decode("utf-8", "replace")
        verdicts.add("a question afterwards", None if answers else "is not answered")
    verdicts.end()


if __name__ == "__main__":
    main()
