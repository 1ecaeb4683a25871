"""Which addresses are public, and that no other one is ever connected to."""

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError
from index.fetch.guarded_network import GuardedBackend, look_up
from index.fetch.public_ip import is_public
from index.fetch.socket_stream import Deadline
from tests.support.hostile.servers import Internet

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808"]
NOT_PUBLIC = """
    0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.9.9.9
    168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.9 192.0.0.170 192.0.2.1
    192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
    255.255.255.255
    :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
    64:ff9b:1::808:808 100::1 2001::1 2001:db8::1 2001:0:7f00:1:: 2002:7f00:1:: 2002:808:808::
    3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1
""".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_for_special_uses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "017700000001", "localhost"])
def test_what_the_system_takes_for_this_machine_is_not_public(host: str) -> None:
    ips = [ipaddress.ip_address(text) for text in look_up(host)]
    assert ips
    assert not any(map(is_public, ips))


# Near the special ranges as well as anywhere.
ANY = st.ip_addresses() | st.sampled_from([ipaddress.ip_address(text) for text in NOT_PUBLIC])
EMBEDDED = st.builds(
    lambda prefix, v4: ipaddress.IPv6Address(prefix + int(v4)),
    st.sampled_from([0, 0xFFFF << 32, 0x64FF9B << 96]),
    st.ip_addresses(v=4),
)


@settings(deadline=None)  # a thread a look-up, on a busy machine
@given(st.lists(ANY | EMBEDDED | st.sampled_from(PUBLIC).map(ipaddress.ip_address), max_size=4))
def test_no_address_that_is_not_global_is_ever_connected_to(
    ips: list[ipaddress.IPv4Address | ipaddress.IPv6Address],
) -> None:
    internet = Internet({"example.test": [[str(ip) for ip in ips]]}, {})
    backend = GuardedBackend(internet.network(), Deadline(5), private_allowed=False)
    with pytest.raises(ArticleError, match=r"is not a public address|no connection to"):
        backend.connect_tcp("example.test", 80, timeout=1)
    dialled = [ipaddress.ip_address(ip) for ip in internet.dialled]
    assert all(ip.is_global and not ip.is_multicast for ip in dialled)
    # One bad address spoils all: a name that also means this machine is up to something.
    assert dialled == (ips if all(map(is_public, ips)) else [])
