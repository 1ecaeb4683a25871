"""Whatever LibreOffice does, the program that runs it ends it in time and leaves nothing behind."""

import http.server
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from index.ingest.formats.converted import conversion_worker
from index.ingest.formats.converted.conversion_worker import (
    BROKEN,
    NOT_STARTED,
    NOTHING,
    TOO_LONG,
    write_profile,
)
from tests.conftest import until
from tests.support.documents import SOFFICE, in_its_place, needs_office, replaced, saved_as

OUT = '"$(dirname "$(echo "$1" | sed s,^.*file://,,)")"/out'
"""The folder for what is made, as a shell finds it from the first argument."""
GIB = 1 << 30


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Return the folder in which the program makes its own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def command(soffice: Path | str, cpu: int = 20, wall: int = 60, memory: int = GIB) -> list[str]:
    """Return the command that converts a .doc."""
    worker = conversion_worker.__file__
    limits = [str(limit) for limit in (cpu, wall, memory)]
    return [sys.executable, "-P", worker, str(soffice), ".doc", ".docx", *limits]


def run(
    command: list[str], temporary: Path, data: bytes = b"data"
) -> "subprocess.CompletedProcess[bytes]":
    """Run the program; assert that it leaves no file."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    done = subprocess.run(command, input=data, capture_output=True, env=environment, check=False)
    assert list(temporary.iterdir()) == []
    return done


def test_what_was_made_is_returned(tmp_path: Path, temporary: Path) -> None:
    soffice = in_its_place(tmp_path / "s", f'mkdir {OUT}; cat "$9" "$9" > {OUT}/file.docx')
    done = run(command(soffice), temporary)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"datadata", b"")


@pytest.mark.parametrize(
    ("script", "limits", "code"),
    [
        ("exit 0", (20, 60, GIB), NOTHING),
        ("exit 1", (20, 60, GIB), BROKEN),
        ("kill -SEGV $$", (20, 60, GIB), BROKEN),
        ("sleep 600", (20, 1, GIB), TOO_LONG),
        ("while :; do :; done", (1, 60, GIB), TOO_LONG),
        (f"exec {sys.executable} -c 'bytes(1 << 29)'", (20, 60, GIB >> 2), BROKEN),
    ],
)
def test_how_it_ended_is_told(
    tmp_path: Path, temporary: Path, script: str, limits: tuple[int, int, int], code: int
) -> None:
    soffice = in_its_place(tmp_path / "soffice", script)
    assert run(command(soffice, *limits), temporary).returncode == code


def test_a_program_that_is_gone_is_told(tmp_path: Path, temporary: Path) -> None:
    assert run(command(tmp_path / "gone"), temporary).returncode == NOT_STARTED


def test_what_it_started_ends_with_it(tmp_path: Path, temporary: Path) -> None:
    child = tmp_path / "child"
    soffice = in_its_place(tmp_path / "soffice", f"sleep 600 & echo $! > {child}; exit 0")
    assert run(command(soffice), temporary).returncode == NOTHING
    until(lambda: not is_alive(int(child.read_text(encoding="ascii"))))


@pytest.mark.parametrize("kill", ["TERM", "KILL"])
@pytest.mark.parametrize("is_early", [True, False])
def test_when_its_parent_is_killed_all_ends_and_nothing_is_left(
    tmp_path: Path, temporary: Path, kill: str, is_early: bool
) -> None:
    child = tmp_path / "child"
    parent = "$(cut -d' ' -f4 /proc/$PPID/stat)"
    pause = "" if is_early else "sleep 0.2; "
    script = f"sleep 600 & echo $! > {child}; {pause}kill -{kill} {parent}; wait"
    soffice = in_its_place(tmp_path / "soffice", script)
    program = f"import subprocess; subprocess.run({command(soffice)!r}, input=b'data')"
    environment = {**os.environ, "TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    until(lambda: not is_alive(int(child.read_text(encoding="ascii"))))
    until(lambda: not list(temporary.iterdir()))


def is_alive(process: int) -> bool:
    """Return whether a process is there that has not ended."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Serve on loopback; yield the address, and the paths that were asked for."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/picture.png", paths
        server.shutdown()


@pytest.fixture
def linked(asked: tuple[str, list[str]]) -> bytes:
    """Make slides with a picture that is on the web."""
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "南极站"
    data = BytesIO()
    presentation.save(data)
    picture = (
        '<draw:frame svg:width="5cm" svg:height="5cm" svg:x="1cm" svg:y="1cm"><draw:image '
        f'xlink:href="{asked[0]}" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame>'
    ).encode()
    slides = saved_as(".odp", data.getvalue(), ".pptx")
    return replaced(
        slides,
        "content.xml",
        lambda content: content.replace(b"<draw:frame", picture + b"<draw:frame", 1),
    )


@needs_office
@pytest.mark.parametrize("has_profile", [False, True])
def test_the_profile_alone_keeps_libreoffice_from_fetching_what_a_file_links_to(
    tmp_path: Path, linked: bytes, asked: tuple[str, list[str]], has_profile: bool
) -> None:
    assert SOFFICE is not None
    (tmp_path / "a.odp").write_bytes(linked)
    if has_profile:
        write_profile(tmp_path / "profile")
    subprocess.run(
        [
            *(SOFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pptx", "--outdir", tmp_path, tmp_path / "a.odp"),
        ],
        capture_output=True,
        check=True,
    )
    assert zipfile.is_zipfile(tmp_path / "a.pptx")
    assert bool(asked[1]) is not has_profile


@needs_office
def test_it_has_no_network_where_the_system_lets_it_be_taken_away(
    tmp_path: Path, temporary: Path
) -> None:
    if subprocess.run(["unshare", "-r", "-n", "true"], check=False).returncode:
        pytest.skip("the system lets no network be taken away")
    script = f"mkdir {OUT}; cat /proc/net/dev > {OUT}/file.docx"
    done = run(command(in_its_place(tmp_path / "soffice", script)), temporary)
    devices = [line.split(":")[0].strip() for line in done.stdout.decode().splitlines()[2:]]
    assert devices == ["lo"]
