"""Real proxies in front of a server, set up as docs/operations.md shows."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.processes import free_port
from tests.conftest import ROOT, until

NGINX, CADDY = shutil.which("nginx"), shutil.which("caddy")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
needs_caddy = pytest.mark.skipif(CADDY is None, reason="Caddy is not installed")

_DOCUMENT = ROOT / "docs" / "operations.md"
# One process, as whatever user runs the tests, that writes nowhere but into its folder.
_NGINX_CONF = """
daemon off; master_process off; pid nginx.pid; error_log nginx.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    server {{
        listen 127.0.0.1:{port};
        {locations}
    }}
}}
"""


def documented(language: str, number: int = 0) -> str:
    """Return an example of a configuration that the document has."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return str(blocks[number])


@contextmanager
def nginx(folder: Path, locations: str) -> Iterator[str]:
    """Run nginx with these locations for a block; yield its address."""
    port = free_port()
    folder.mkdir()
    text = _NGINX_CONF.format(port=port, locations=locations)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command = [str(NGINX), "-p", str(folder), "-c", "nginx.conf", "-e", "nginx.log"]
    with _running(command, port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def caddy(folder: Path, site: str) -> Iterator[str]:
    """Run Caddy with what is within a site for a block; yield its address."""
    port = free_port()
    folder.mkdir()
    text = f"{{\n admin off\n}}\nhttp://127.0.0.1:{port} {{\n{site}\n}}\n"
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    command = [str(CADDY), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with _running(command, port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(command: list[str], port: int, home: Path) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
    )
    try:
        until(lambda: process.poll() is not None or _listens(port))
        assert process.poll() is None, command
        yield
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
