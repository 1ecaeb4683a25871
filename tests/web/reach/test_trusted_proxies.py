"""Who asked, of all that a request says came before: the first that no proxy of ours is."""

from hypothesis import given
from hypothesis import strategies as st

from web.reach.trusted_proxies import TrustedProxies

OURS = TrustedProxies(["127.0.0.1", "10.0.0.0/8", "2001:db8::/64"])
HOPS = ["10.0.0.1", "10.255.0.9:8080", "::ffff:10.1.2.3", "[2001:db8::5]:443", "127.0.0.1"]


@given(st.text(max_size=60), st.lists(st.sampled_from(HOPS), max_size=3))
def test_whatever_a_client_makes_up_its_own_address_is_found(made_up: str, hops: list[str]) -> None:
    for client in ("192.0.2.7", "2001:db9::1"):
        forwarded = ", ".join([made_up, client, *hops])
        assert OURS.client("127.0.0.1", forwarded) == client


@given(st.lists(st.sampled_from(HOPS), max_size=3), st.sampled_from(["unknown", "_hidden", ""]))
def test_what_is_no_address_ends_the_search(hops: list[str], name: str) -> None:
    client = OURS.client("127.0.0.1", ", ".join(["6.6.6.6", name, *hops]))
    assert OURS.has(client)


def test_only_what_is_declared_is_trusted() -> None:
    trusted = ("127.0.0.1", "10.1.2.3", "::ffff:127.0.0.1", "2001:db8::9", "10.1.2.3:80")
    others = ("127.0.0.2", "11.0.0.1", "::1", "2001:db8:0:1::9", "", "localhost", "a\nb", "[")
    assert all(OURS.has(address) for address in trusted)
    assert not any(OURS.has(address) for address in others)
    assert not any(TrustedProxies().has(address) for address in (*trusted, *others))
