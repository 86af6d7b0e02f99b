from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import settings
from ingest.readers import ReadError, read_bytes
from ingest.readers.fetching import Fetcher, fetch, is_public
from tests.ingest.files import LAW

PAGE = ("<html><meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in LAW)).encode()
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A web server on this machine; ``pages`` maps paths to answers, ``asked`` keeps what was asked (host and path)."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {"/a.html": (200, {}, PAGE)}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.headers["Host"], self.path))
                status, headers, body = site.pages.get(self.path, (404, {}, b"not here"))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    def fetcher(self, addresses: Callable[[str], list[str]] = lambda _: ["127.0.0.1"]) -> Fetcher:
        """A fetcher that finds every host on this machine, and may go there."""
        return Fetcher(lambda host, _: addresses(host), lambda number: number == "127.0.0.1", frozenset({self.port}))

    def at(self, path: str, host: str = "www.gov.example") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_a_page_is_fetched_and_read(site: Site) -> None:
    found = site.fetcher().fetch(site.at("/a.html"))
    assert read_bytes(found.content, found.address).text == "\n".join(LAW)
    assert found.address == site.at("/a.html")
    assert found.fetched_at.endswith("+00:00")
    assert site.asked == [(f"www.gov.example:{site.port}", "/robots.txt"), (f"www.gov.example:{site.port}", "/a.html")]


def test_redirects_are_followed_and_each_is_looked_up(site: Site) -> None:
    site.pages["/old"] = (302, {"Location": site.at("/a.html", "other.example")}, b"")
    looked: list[str] = []
    fetcher = site.fetcher(lambda host: looked.append(host) or ["127.0.0.1"])  # type: ignore[func-returns-value]
    assert fetcher.fetch(site.at("/old")).content == PAGE
    assert "other.example" in looked


def test_a_redirect_into_a_private_network_is_refused(site: Site) -> None:
    site.pages["/old"] = (302, {"Location": site.at("/a.html", "inside.example")}, b"")
    fetcher = site.fetcher(lambda host: ["10.0.0.1"] if host == "inside.example" else ["127.0.0.1"])
    with pytest.raises(ReadError, match="private network") as caught:
        fetcher.fetch(site.at("/old"))
    assert caught.value.file == site.at("/old")
    assert all(path != "/a.html" for _, path in site.asked)


def test_one_private_address_among_several_is_enough_to_refuse(site: Site) -> None:
    with pytest.raises(ReadError, match="private network"):
        site.fetcher(lambda _: ["127.0.0.1", "10.0.0.1"]).fetch(site.at("/a.html"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/a",
        "http://[::1]/",
        "http://2130706433/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_this_machine_is_out_of_reach(address: str) -> None:
    with pytest.raises(ReadError, match=r"private network|cannot be found"):
        fetch(address)


@pytest.mark.parametrize(
    "address", ["http://www.gov.example:8080/", "ftp://www.gov.example/", "http://user:word@www.gov.example/", "http://"]
)
def test_only_plain_addresses_on_the_usual_ports(address: str) -> None:
    with pytest.raises(ReadError, match=r"no plain http|no address|not plain"):
        fetch(address)


def test_a_site_may_ask_programs_to_stay_away(site: Site) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /a\n")
    with pytest.raises(ReadError, match=r"robots\.txt"):
        site.fetcher().fetch(site.at("/a.html"))
    site.pages["/robots.txt"] = (503, {}, b"")
    with pytest.raises(ReadError, match=r"robots\.txt"):
        site.fetcher().fetch(site.at("/a.html"))


def test_answers_that_give_no_document(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="answers 404 Not Found"):
        site.fetcher().fetch(site.at("/none.html"))
    site.pages["/loop"] = (301, {"Location": "/loop"}, b"")
    with pytest.raises(ReadError, match="more than 5"):
        site.fetcher().fetch(site.at("/loop"))
    monkeypatch.setenv(settings.READ_SIZE.variable, "1")
    site.pages["/large"] = (200, {}, b"x" * 1_100_000)
    with pytest.raises(ReadError, match="larger than 1 MB"):
        site.fetcher().fetch(site.at("/large"))


def test_a_server_that_is_not_there(site: Site) -> None:
    site.server.server_close()
    with pytest.raises(ReadError, match="cannot be fetched"):
        site.fetcher().fetch(site.at("/a.html"))


@pytest.mark.parametrize(
    ("number", "public"),
    [("8.8.8.8", True), ("2400:3200::1", True), ("192.168.1.1", False), ("100.64.0.1", False), ("0.0.0.0", False),
     ("224.0.0.1", False), ("::ffff:10.0.0.1", False), ("fe80::1%eth0", False), ("2002:7f00:1::", False),
     ("64:ff9b::a00:1", False), ("2001:0::1", False)],
)  # fmt: skip
def test_which_addresses_are_public(number: str, public: bool) -> None:
    assert is_public(number) is public
