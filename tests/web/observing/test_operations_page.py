"""What docs/operations.md shows is taken by the programs that read it, and is whole."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from python_api.checked_inputs import settings_in
from tests.conftest import ROOT
from tests.support.proxies.web_proxies import CADDY, NGINX, caddy, documented, nginx
from web.observing import meter, readiness, state_metrics

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SYSTEMD, PROMTOOL = shutil.which("systemd-analyze"), shutil.which("promtool")


def needs(program: str | None, name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(program is None, reason=f"{name} is not installed")


def output_of(*command: object) -> str:
    """Run a program that must succeed; return all that it says."""
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@needs(SYSTEMD, "systemd")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "yiju.service"
    text = documented("ini").replace("/opt/yiju/bin/yiju", sys.executable)
    unit.write_text(text, encoding="utf-8")
    assert output_of(SYSTEMD, "verify", "--man=no", unit) == ""


@needs(NGINX, "nginx")
def test_nginx_takes_its_part(tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", documented("nginx")):
        command = (NGINX, "-t", "-p", tmp_path / "nginx", "-c", "nginx.conf", "-e", "stderr")
        assert "test is successful" in output_of(*command)


@needs(CADDY, "Caddy")
def test_caddy_takes_its_part(tmp_path: Path) -> None:
    with caddy(tmp_path / "caddy", ""):  # in a home of its own
        file = tmp_path / "Caddyfile"
        file.write_text(documented("caddy"), encoding="utf-8")
        said = output_of(CADDY, "validate", "--adapter", "caddyfile", "--config", file)
    assert "Valid configuration" in said


@needs(PROMTOOL, "promtool")
def test_prometheus_takes_the_scrape_and_the_alerts(tmp_path: Path) -> None:
    (tmp_path / "yiju.rules.yml").write_text(documented("yaml", 1), encoding="utf-8")
    config = tmp_path / "prometheus.yml"
    config.write_text(documented("yaml"), encoding="utf-8")
    assert "5 rules found" in output_of(PROMTOOL, "check", "config", config)


def test_the_file_of_settings_is_one(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text(documented("sh"), encoding="utf-8")
    settings = settings_in(file)
    assert settings.public_url == "https://example.org/yiju/"
    assert (settings.listed_proxies, settings.log) == (["127.0.0.1"], "json")


def test_every_number_and_every_reason_is_on_the_page() -> None:
    sources = Path(meter.__file__).read_text("utf-8") + Path(state_metrics.__file__).read_text(
        "utf-8"
    )
    numbers = set(re.findall(r'"(yiju_[a-z_]+)"', sources)) | {"yiju_info"}
    assert numbers == {
        name.removesuffix("_bucket") for name in re.findall(r"\byiju_[a-z_]+\b", PAGE)
    }
    codes = re.findall(r'(?:Reason\(|: )"([a-z_]+)"', Path(readiness.__file__).read_text("utf-8"))
    assert {f"`{code}`" for code in codes} <= set(PAGE.split())
