"""Which hosts are connected to: never one that isn't public, never one that can't prove itself."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from tests.support.hostile.servers import (
    CERTIFICATE,
    OWN,
    PUBLIC,
    Internet,
    Site,
    fetched,
    page,
    redirect,
    refusal,
    secure_site,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({}) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]"])
def test_private_hosts_are_refused_before_they_are_connected_to(site: Site, host: str) -> None:
    assert "is not a public address" in refusal(site.at("/", host), PUBLIC)
    assert site.connections == 0


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001", "a@127.0.0.1"])
def test_hosts_in_disguise_are_refused_before_they_are_connected_to(site: Site, host: str) -> None:
    refusal(site.at("/", host))
    assert site.connections == 0


def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    internet = Internet({"example.test": [["93.184.216.34", "127.0.0.1"]]}, {})
    assert refusal("http://example.test/", PUBLIC, internet.network()) == (
        "is not fetched: example.test (127.0.0.1) is not a public address; save it as a file."
    )
    assert internet.dialled == []


def test_a_redirect_from_a_public_to_a_private_host_is_refused(site: Site) -> None:
    with Site({}) as inside:
        site.answers["/"] = redirect(inside.at("/secret"))
        internet = Internet(
            {"example.test": [["93.184.216.34"]], "127.0.0.1": [["127.0.0.1"]]},
            {"93.184.216.34": site, "127.0.0.1": inside},
        )
        reason = refusal("http://example.test/", PUBLIC, internet.network())
        assert reason == "is not fetched: 127.0.0.1 is not a public address; save it as a file."
        assert internet.dialled == ["93.184.216.34"]
        assert inside.connections == 0


def test_a_name_that_means_another_host_on_the_second_look_is_checked_again(site: Site) -> None:
    site.answers |= {"/": redirect("/again"), "/again": page(b"secret")}
    meanings = [["93.184.216.34"], ["127.0.0.1"]]
    places = {"93.184.216.34": site, "127.0.0.1": site}
    internet = Internet({"example.test": meanings}, places)
    refusal("http://example.test/", PUBLIC, internet.network())
    assert (internet.dialled, site.connections) == (["93.184.216.34"], 1)


def test_a_name_is_looked_up_once_for_each_connection(site: Site) -> None:
    site.answers["/"] = page(b"public")
    internet = Internet(
        {"example.test": [["93.184.216.34"], ["127.0.0.1"]]}, {"93.184.216.34": site}
    )
    assert fetched("http://example.test/", PUBLIC, internet.network()).data == b"public"
    assert internet.names == {"example.test": [["127.0.0.1"]]}


def test_the_next_address_of_a_host_is_tried_where_one_does_not_answer(site: Site) -> None:
    site.answers["/"] = page(b"x")
    internet = Internet({"a.test": [["2606:4700::1", "8.8.8.8"]]}, {"8.8.8.8": site})
    assert fetched("http://a.test/", PUBLIC, internet.network()).data == b"x"
    assert internet.dialled == ["2606:4700::1", "8.8.8.8"]


def test_an_ipv6_address_is_named_to_its_server_as_it_was_given(site: Site) -> None:
    site.answers["/"] = page(b"x")
    internet = Internet({"2606:4700::1": [["2606:4700::1"]]}, {"2606:4700::1": site})
    address = "http://[2606:4700::1]:8080/"
    assert fetched(address, PUBLIC, internet.network()).url == address
    assert (internet.dialled, internet.ports) == (["2606:4700::1"], [8080])
    assert "Host: [2606:4700::1]:8080" in site.requests[0].split("\r\n")


def test_hosts_that_do_not_exist_or_refuse_are_reported() -> None:
    internet = Internet({"a.test": [["8.8.8.8"]]}, {}).network()
    assert "no address is known for b.test" in refusal("http://b.test/", PUBLIC, internet)
    assert "no connection to a.test (Connection refused)" in refusal(
        "http://a.test/", OWN, internet
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "Connection refused" in refusal(f"http://127.0.0.1:{port}/")


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with secure_site({"/": page(b"x")}, tmp_path) as site:
        internet = Internet({"example.test": [["8.8.8.8"]]}, {"8.8.8.8": site})
        reason = refusal("https://example.test/", PUBLIC, internet.network())
        assert reason.startswith(
            "can't be trusted: the certificate of example.test is not valid (self"
        )
        assert site.requests == []


def test_a_certificate_counts_for_its_own_host_only(tmp_path: Path) -> None:
    trust = ssl.create_default_context(cadata=CERTIFICATE)
    answers = {"/": page(b"x" * 300_000), "/down": redirect("http://example.test/")}
    with secure_site(dict(answers), tmp_path) as site:
        names = {"example.test": [["8.8.8.8"]], "other.test": [["8.8.8.8"]]}
        network = Internet(names, {"8.8.8.8": site}).network(trust)
        assert len(fetched("https://example.test/", PUBLIC, network).data) == 300_000
        assert "other.test" in refusal("https://other.test/", PUBLIC, network)
        assert "from https" in refusal("https://example.test/down", PUBLIC, network)


def test_a_handshake_that_never_ends_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        reason = refusal(address, replace(OWN, connect=0.2))
    assert reason == ("can't be fetched: 127.0.0.1 made no secure connection (no answer in time).")


def test_a_server_that_answers_a_handshake_in_plain_text_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def answer() -> None:
            conn, _ = plain.accept()
            with conn:
                conn.sendall(page(b"x"))
                conn.recv(65536)

        thread = Thread(target=answer)
        thread.start()
        reason = refusal(f"https://127.0.0.1:{plain.getsockname()[1]}/")
        thread.join()
    assert reason == (
        "can't be fetched: 127.0.0.1 made no secure connection (wrong version number)."
    )
