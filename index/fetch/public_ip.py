"""Decide whether an IP address is public, and so may be fetched from by default.

A list of pages may come from anyone, and a page may redirect anywhere. What answers on a private
address (a router, a database, the machine itself, a cloud's metadata) must not become an article.
"""

import ipaddress

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Networks that `is_global` accepts, or did in some release of Python 3.11.
_NOT_PUBLIC_V4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments, among them a router's port control
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # the host of a machine in Azure
    )
]
_NOT_PUBLIC_V6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, among them Teredo, which carries an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",  # documentation
    )
]
# All that IANA has given out as global unicast; ::ffff:127.0.0.1 and fec0::1 lie outside.
_UNICAST = ipaddress.IPv6Network("2000::/3")
# Networks without IPv4 reach IPv4 hosts through these (RFC 6052): the host decides.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(ip: IP) -> bool:
    """Return whether an address is reachable from the public internet.

    >>> is_public(ipaddress.ip_address("93.184.216.34"))
    True
    >>> is_public(ipaddress.ip_address("64:ff9b::7f00:1"))  # 127.0.0.1 through NAT64
    False
    """
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_public_v4(ip)
    if ip in _NAT64:
        return _is_public_v4(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in _UNICAST and ip.is_global and not any(ip in net for net in _NOT_PUBLIC_V6)


def _is_public_v4(ip: ipaddress.IPv4Address) -> bool:
    special = ip.is_multicast or ip.is_reserved or any(ip in net for net in _NOT_PUBLIC_V4)
    return ip.is_global and not special
