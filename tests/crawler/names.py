"""Names of the network, played by addresses of this machine; for scripts that crawl in a process of their own."""

from __future__ import annotations

import ipaddress
import socket

from crawler.manners import addresses


def stand_in(names: dict[str, list[str]], public: str | None, later: dict[str, list[str]] | None = None) -> list[str]:
    """Resolve only these names, each to its addresses; `public` plays the one public address.

    From the second time on a name resolves to what it has `later`. Gives the list of names that will have been looked
    up.
    """
    looked_up: list[str] = []
    ask_system = socket.getaddrinfo

    def look_up(host, port, *more, **also):
        looked_up.append(host)
        told = names if looked_up.count(host) == 1 else names | (later or {})
        if host not in told:
            # Of the network, nothing may be asked: numbers only.
            return ask_system(host, port, *more, **also | {"flags": socket.AI_NUMERICHOST})
        return [answer for address in told[host] for answer in ask_system(address, port, 0, socket.SOCK_STREAM)]

    if public is not None:
        played = ipaddress.ip_address(public)
        addresses.is_public = lambda address: address == played
    # The resolver of Twisted keeps its own name for it.
    import twisted.internet._resolver as resolver

    resolver.GAIResolver.__init__.__defaults__ = (None, look_up)
    return looked_up
