"""Who sent a request."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from flask import g, has_request_context

from index.access.access_key import AccessKey, Right

_SHARED_V6 = 64  # bits; one customer has all addresses that begin with them


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose requests are counted together, what it may do, and its key, if it has one."""

    counted_as: str
    right: Right
    key: AccessKey | None = None


def address_of(remote: str | None) -> str:
    """Return the addresses that count as one: an IPv4 address, or a network of IPv6.

    >>> address_of("192.0.2.7"), address_of("2001:db8::9:1")
    ('192.0.2.7', '2001:db8::/64')
    """
    try:
        address = ip_address((remote or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _SHARED_V6), strict=False))


def note_caller(caller: Caller) -> None:
    """Remember who sent the request at work."""
    g.caller = caller


def current_right() -> Right:
    """Return what may be done in the request at work; whoever starts a program may do all."""
    if not has_request_context():
        return Right.WRITE
    caller: Caller = g.caller
    return caller.right
