"""Who is behind a name: the registered domain, and the host that two spellings of an address share.

Portals under one registered domain (30 of them under antaranews.com) stand on the same servers, so they are asked one
at a time. What a name is registered under is told by the Public Suffix List, in the copy that tldextract brings.
"""

from __future__ import annotations

import ipaddress
import socket
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}


@cache
def suffixes() -> TLDExtract:
    """The Public Suffix List as bundled: never fetched, nothing cached on disk.

    Its private part counts too: two blogs under blogspot.com are two publishers.
    """
    # Slow to load, and most commands compare no networks.
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def parse_host(host: str) -> Address | None:
    """The address that a host is written as, also in the old spellings that resolvers understand; None for a name.

    Short (127.1), octal (0177.0.0.1), hexadecimal (0x7f.1) and in one number (2130706433) are old spellings.
    """
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        # It takes what follows a blank for a remark.
        return ipaddress.IPv4Address(socket.inet_aton(host)) if not any(map(str.isspace, host)) else None
    except (OSError, UnicodeError):
        return None


def network_of(domain: str) -> str:
    """The registered domain of a host name: "kalteng.antaranews.com" gives "antaranews.com".

    "www.kotatual.go.id" gives "kotatual.go.id", "radar.blogspot.com:443" gives "radar.blogspot.com". An address in
    figures is a network of its own, and so is a name that nothing can be registered under ("localhost", "go.id").
    """
    host = hostname_of(domain)
    if parse_host(host) is not None:
        return host
    return suffixes()(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


def same_network(one: str, other: str) -> bool:
    """Whether two addresses lie in one network; not where either cannot be taken apart."""
    try:
        return network_of(urlsplit(one).netloc) == network_of(urlsplit(other).netloc)
    except ValueError:
        return False


def hostname_of(domain: str) -> str:
    """The name in "Name:port", in small letters and without the dot of the root; as given where it cannot be read."""
    try:
        host = urlsplit(f"//{domain.strip()}").hostname or ""
    except ValueError:
        host = domain
    return host.lower().rstrip(".")


def host_of(url: str) -> str:
    """The host of an address as manners count it: without "www.", and with its port only where that is unusual."""
    parts = urlsplit(url)
    name = hostname_of(parts.netloc.rpartition("@")[2]).removeprefix("www.")
    try:
        port = parts.port
    except ValueError:
        port = None
    return name if port in (None, *DEFAULT_PORTS.values()) else f"{name}:{port}"
