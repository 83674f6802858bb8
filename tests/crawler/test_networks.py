"""Which host names stand for the same servers."""

import socket

import pytest

from crawler.manners.networks import host_of, network_of


@pytest.mark.parametrize(
    ("domain", "network"),
    [
        ("kalteng.antaranews.com", "antaranews.com"),
        ("antaranews.com", "antaranews.com"),
        ("www.liputan21.com", "liputan21.com"),
        ("Daerah.SINDOnews.com.", "sindonews.com"),
        ("rri.co.id", "rri.co.id"),
        ("ambon.rri.co.id:443", "rri.co.id"),
        # under go.id, desa.id and web.id anybody of the kind registers, so these are no networks
        ("diskominfo.kotatual.go.id", "kotatual.go.id"),
        ("www.kotatual.go.id", "kotatual.go.id"),
        ("berita.sukamaju.desa.id", "sukamaju.desa.id"),
        ("kabar.web.id", "kabar.web.id"),
        ("go.id", "go.id"),
        # two blogs are two publishers
        ("radar.blogspot.com", "radar.blogspot.com"),
        # the demo's
        ("kabarnusa.localhost", "kabarnusa.localhost"),
        ("www.kabarnusa.localhost:8000", "kabarnusa.localhost"),
        ("localhost", "localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[2001:db8::1]:8000", "2001:db8::1"),
        ("", ""),
        ("[::1", "[::1"),
    ],
)
def test_a_network_is_what_a_name_is_registered_under(domain, network):
    assert network_of(domain) == network


def test_the_list_of_suffixes_is_not_fetched(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("no network is needed")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    network_of.__globals__["suffixes"].cache_clear()
    assert network_of("mataram.antaranews.com") == "antaranews.com"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.kabar.example/a?b", "kabar.example"),
        ("http://kabar.example:80/", "kabar.example"),
        ("https://KABAR.example:443/", "kabar.example"),
        ("http://user@kabar.example:8080/", "kabar.example:8080"),
        ("http://daerah.kabar.example/", "daerah.kabar.example"),
        ("http://kabar.example:99999/", "kabar.example"),
    ],
)
def test_a_host_is_one_with_and_without_www(url, host):
    assert host_of(url) == host
