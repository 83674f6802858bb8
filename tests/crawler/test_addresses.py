"""Which addresses are public, and that a name is worth no more than what it resolves to."""

import ipaddress

import pytest
from twisted.internet.address import IPv4Address, IPv6Address, UNIXAddress

from crawler.manners.addresses import GuardedResolver, is_local, is_public, parse_host


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("8.8.8.8", True),
        ("103.23.20.1", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their keys
        ("100.64.0.1", False),  # shared by customers of one provider
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("198.18.0.1", False),
        ("2001:4860:4860::8888", True),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:8.8.8.8", True),
        ("::ffff:127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b::127.0.0.1", False),
        ("64:ff9b:1::8.8.8.8", False),
        ("2002:808:808::1", True),
        ("2002:7f00:1::1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_only_addresses_of_the_open_internet_are_public(written, public):
    assert is_public(ipaddress.ip_address(written)) is public


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("kabar.example", None),
        ("127.0.0.1 kabar.example", None),
        ("１２７.0.0.1", None),  # the resolver takes these digits for others, and looks at what comes of them
        ("", None),
    ],
)
def test_old_spellings_of_an_address_are_read(host, address):
    assert parse_host(host) == (ipaddress.ip_address(address) if address else None)


@pytest.mark.parametrize("url", ["http://router.home.arpa/", "http://100.64.0.1/", "http://[64:ff9b::7f00:1]/"])
def test_what_only_a_house_knows_is_local(url):
    assert is_local(url)


class Answers:
    """A resolver that gives these answers one after another, and the receiver that collects what is passed on."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.given = []
        self.done = 0

    def resolveHostName(self, receiver, name, *more):  # noqa: N802 - Twisted's name
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            receiver.addressResolved(address)
        receiver.resolutionComplete()

    def resolutionBegan(self, resolution):  # noqa: N802
        self.given = []

    def addressResolved(self, address):  # noqa: N802
        self.given.append(address.host)

    def resolutionComplete(self):  # noqa: N802
        self.done += 1


PUBLIC = IPv4Address("TCP", "8.8.8.8", 80)
PUBLIC_6 = IPv6Address("TCP", "2001:4860:4860::8888", 80)
LOOPBACK = IPv4Address("TCP", "127.0.0.1", 80)


def test_a_name_that_is_public_now_and_loopback_later_gets_nothing_later():
    answers = Answers([PUBLIC], [LOOPBACK])
    resolver = GuardedResolver(answers)
    resolver.resolveHostName(answers, "rebind.example")
    assert (answers.given, resolver.refused) == (["8.8.8.8"], {})
    resolver.resolveHostName(answers, "rebind.example")
    assert (answers.given, resolver.refused) == ([], {"rebind.example": "127.0.0.1"})
    assert answers.done == 2


@pytest.mark.parametrize(
    "addresses",
    [[PUBLIC, LOOPBACK], [LOOPBACK, PUBLIC_6], [IPv6Address("TCP", "fe80::1%eth0", 80)], [UNIXAddress(b"/run/x")]],
)
def test_one_address_that_is_not_public_is_enough_to_refuse_a_name(addresses):
    answers = Answers(addresses)
    GuardedResolver(answers).resolveHostName(answers, "two.example")
    assert (answers.given, answers.done) == ([], 1)


def test_all_public_addresses_of_a_name_are_passed_on():
    answers = Answers([PUBLIC, PUBLIC_6])
    GuardedResolver(answers).resolveHostName(answers, "two.example")
    assert answers.given == ["8.8.8.8", "2001:4860:4860::8888"]
