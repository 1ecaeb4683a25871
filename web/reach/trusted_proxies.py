"""Which addresses are proxies of the owner, and whose request it is that came through them."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

AnyAddress = IPv4Address | IPv6Address


class TrustedProxies:
    """Addresses and networks whose word is taken for whom they forward."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self._networks = [ip_network(name, strict=False) for name in names]

    def has(self, address: str) -> bool:
        """Return whether an address is that of a declared proxy.

        >>> TrustedProxies(["10.0.0.0/8"]).has("::ffff:10.1.2.3")
        True
        """
        plain = _plain(address)
        return plain is not None and any(plain in network for network in self._networks)

    def client(self, peer: str, forwarded_for: str) -> str:
        """Return who asked the first of our proxies: what comes before can be made up.

        `forwarded_for` is a whole `X-Forwarded-For`; each proxy has added whom it heard. A peer
        that is none of ours asks by itself.

        >>> proxies = TrustedProxies(["127.0.0.1", "10.0.0.0/8"])
        >>> proxies.client("127.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.3")
        '192.0.2.7'
        """
        client = peer
        if not self.has(peer):
            return peer
        for name in reversed(forwarded_for.split(",")):
            plain = _plain(name)
            if plain is None:  # no address: nobody whom our proxies would have heard
                return client
            client = str(plain)
            if not self.has(client):
                return client
        return client


def _plain(name: str) -> AnyAddress | None:
    """Return an address, which may have a port, in its one form; None if it is none."""
    name = name.strip()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
