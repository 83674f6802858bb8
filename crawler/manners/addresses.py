"""Which network addresses are public, and a resolver that gives out no others.

An address in a URL can be refused by its look; a name only by what it resolves to, at the moment of connecting. The
resolver stands there: what it gives out is what is connected to, so a name that changes its answer gains nothing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.manners.networks import Address, parse_host

LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")
GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is assigned of IPv6 (IANA, ipv6-address-space)."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""An IPv4 address in its last 32 bits (RFC 6052)."""


def is_public(address: Address) -> bool:
    """Whether it is one host's address on the open Internet: not private, shared, reserved or this machine's.

    An IPv6 address that carries an IPv4 one (mapped, NAT64, 6to4) is as public as what it carries; Teredo's are not.
    """
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    carried = address.ipv4_mapped or address.sixtofour
    if carried is None and address in NAT64:
        carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if carried is not None:
        return is_public(carried)
    return address in GLOBAL_UNICAST and address.is_global and address.teredo is None


def is_local(url: str) -> bool:
    """Whether the host is written as an address that is not public, or as a name that only this machine or house knows.

    "http://127.1/", "http://[::ffff:10.0.0.1]/" and "http://2130706433/" are. A public name that resolves to such an
    address is not seen here: that is the resolver's to see.
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(LOCAL_NAMES):
        return True
    address = parse_host(host)
    return address is not None and not is_public(address)


class Receiver(Protocol):
    """Twisted's IResolutionReceiver: told each address of a name, each with its `host` as text."""

    def resolutionBegan(self, resolutionInProgress: Any) -> None: ...  # noqa: N802, N803, ANN401 - Twisted's names

    def addressResolved(self, address: Any) -> None: ...  # noqa: N802, ANN401

    def resolutionComplete(self) -> None: ...  # noqa: N802


class Resolver(Protocol):
    """Twisted's IHostnameResolver."""

    def resolveHostName(self, resolutionReceiver: Receiver, hostName: str, *more: Any) -> Any: ...  # noqa: N802, N803, ANN401


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on what another resolver finds, but nothing for a name of which any address is not public.

    Names in `trusted` pass, whatever they resolve to. `refused` tells of each other name one address that it was
    refused for.
    """

    def __init__(self, resolver: Resolver, trusted: frozenset[str] = frozenset()) -> None:
        self.resolver = resolver
        self.trusted = trusted
        self.refused: dict[str, str] = {}

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Receiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:  # noqa: ANN401 - an IHostResolution
        """Ask the other resolver and hold its answer until it is whole."""
        trusted = hostName.lower() in self.trusted
        receiver = resolutionReceiver if trusted else _Holding(resolutionReceiver, hostName, self.refused)
        return self.resolver.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


@implementer(IResolutionReceiver)
class _Holding:
    """Collects the addresses of one name, and hands on all of them or none."""

    def __init__(self, receiver: Receiver, name: str, refused: dict[str, str]) -> None:
        self.receiver = receiver
        self.name = name
        self.refused = refused
        self.addresses: list[Any] = []

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803, ANN401 - Twisted's names
        self.receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: Any) -> None:  # noqa: N802, ANN401
        self.addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        hidden = [address for address in self.addresses if not is_public_peer(address)]
        if hidden:
            self.refused[self.name] = str(getattr(hidden[0], "host", "no network address"))
        else:
            for address in self.addresses:
                self.receiver.addressResolved(address)
        self.receiver.resolutionComplete()


def is_public_peer(address: object) -> bool:
    """Whether an address of Twisted's is a public one; what cannot be read, such as a local socket, is none."""
    try:
        return is_public(ipaddress.ip_address(str(getattr(address, "host", ""))))
    except ValueError:
        return False


def guard_names(trusted: frozenset[str] = frozenset()) -> None:
    """Have every name of this process resolved by a GuardedResolver from now on; once is enough.

    Here and not by a setting of Scrapy's, whose name depends on the version.
    """
    from twisted.internet import reactor

    if not isinstance(reactor.nameResolver, GuardedResolver):
        reactor.installNameResolver(GuardedResolver(reactor.nameResolver, trusted))


def refused_address(name: str) -> str | None:
    """The address for which a name was refused; None where none was, or nobody stands guard."""
    from twisted.internet import reactor

    resolver = reactor.nameResolver
    return resolver.refused.get(name) if isinstance(resolver, GuardedResolver) else None
