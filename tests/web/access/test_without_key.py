"""What may be done without a key, and how often, depends on who can reach the server."""

from pathlib import Path

import httpx
import pytest

from index.access.access_key import Right
from index.settings import Settings
from tests.support.commands.forked_commands import running_server
from tests.support.served_index import assert_problem
from tests.support.small_server import small_app
from web.access.endpoint_rights import QUESTIONS, RIGHTS, UPLOADS, right_needed
from web.access.rate_limits import RateRules
from web.access.without_key import WithoutKey, is_local


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("", False)],
)
def test_a_server_is_local_where_only_this_machine_reaches_it(host: str, local: bool) -> None:
    settings = Settings()
    assert is_local(host, settings) is local
    assert WithoutKey.of(settings, host).right is (Right.WRITE if local else Right.NONE)
    assert (RateRules.of(settings, host) == RateRules()) is local


def test_what_is_set_holds_wherever_the_server_is() -> None:
    settings = Settings.model_validate(
        {"without_key": "ask", "limit_requests": "none", "limit_uploads": "7"}
    )
    for host in ("127.0.0.1", "0.0.0.0"):
        assert WithoutKey.of(settings, host) == WithoutKey(Right.ASK, Right.ASK)
        rules = RateRules.of(settings, host)
        assert (rules.requests, rules.uploads) == ("", 7)
    assert RateRules.of(settings, "0.0.0.0").questions == "60/minute"


def test_who_comes_through_a_proxy_is_not_on_this_machine(client: httpx.Client) -> None:
    assert client.get("/api/articles").status_code == 200
    for header in ("X-Forwarded-For", "Forwarded"):
        forwarded = client.get("/api/articles", headers={header: "for=192.0.2.7"})
        assert_problem(forwarded, 401, "needs a key")
        body = {"key": "0" * 20}
        assert client.post("/api/session", json=body, headers={header: "a"}).status_code == 401


def test_every_route_has_a_right_and_every_right_a_route(tmp_path: Path) -> None:
    app = small_app(tmp_path, None)  # type: ignore[arg-type]  # nothing is asked
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints == RIGHTS.keys()
    assert endpoints >= QUESTIONS | UPLOADS


def test_a_route_that_is_not_known_takes_the_right_to_write() -> None:
    assert right_needed("new.route", "GET") is Right.WRITE
    assert right_needed("asking.ask", "OPTIONS") is Right.NONE
    assert right_needed(None, "POST") is Right.NONE


def test_a_server_on_all_addresses_takes_keys_until_that_is_switched_off(
    sample_store: Path, tmp_path: Path
) -> None:
    for without_key, status in (("auto", 401), ("read", 200)):
        log = tmp_path / "log"
        settings = {"YIJU_WITHOUT_KEY": without_key, "YIJU_STORE": str(sample_store)}
        with running_server(["--host", "0.0.0.0"], log, environment=settings) as server:
            assert httpx.get(f"{server.address}/api/articles").status_code == status
        assert ("yiju keys add" in log.read_text(encoding="utf-8")) is (status == 401)
