"""Pages and files from the web: by an address looked up once and held to, at every redirect anew, within limits.

A name that resolves to this machine or a private network is refused, so that an address in a list cannot be used to reach
what only this machine can reach.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

import settings
from ingest.readers.errors import ReadError
from ingest.readers.expansion import MEGABYTE

if TYPE_CHECKING:
    import httpx2

AGENT = "zhengmai"
_HEADERS = {"User-Agent": f"{AGENT} (policy research)", "Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
_PORTS = frozenset({80, 443})
_MOST_REDIRECTS = 5
_ROBOTS_SIZE = 500_000
_PATIENCE = 20.0
"""Seconds without a sign of life after which a server is given up."""

Resolver = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True)
class Fetched:
    """What an address gave: its bytes, and when (UTC, ISO)."""

    address: str
    content: bytes
    fetched_at: str


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether a numeric address is one of the open internet, also when it wraps one of the older kind.

    >>> is_public("10.0.0.1"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::7f00:1"), is_public("8.8.8.8")
    (False, False, False, True)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/32") or found.teredo:
            return False
    return found.is_global and not found.is_multicast


@dataclass
class Fetcher:
    """Fetches within limits. ``resolver``, ``admits`` and ``ports`` say where it may go."""

    resolver: Resolver = resolve
    admits: Callable[[str], bool] = is_public
    ports: frozenset[int] = _PORTS
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def fetch(self, address: str) -> Fetched:
        """What the address gives. Raises ReadError when it is refused, not allowed by the site, too large or too slow."""
        import httpx2

        deadline = time.monotonic() + settings.number(settings.READ_SECONDS)
        try:
            content = self._follow(address, deadline)
        except ReadError as error:
            if error.file == address:
                raise
            raise ReadError(address, f"leads to {error.file}, which {error.problem}", error.remedy) from error
        except httpx2.HTTPError as error:
            raise ReadError(address, f"cannot be fetched ({type(error).__name__}: {error})", "try again later") from error
        except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
            raise ReadError(address, f"is no address ({error})", "check it") from error
        return Fetched(address, content, datetime.now(UTC).isoformat(timespec="seconds"))

    def _follow(self, address: str, deadline: float) -> bytes:
        """The content behind at most five redirects."""
        import httpx2

        url = httpx2.URL(address)
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._rules(url, deadline).can_fetch(AGENT, str(url)):
                raise ReadError(
                    address, "may not be fetched: the site's robots.txt asks programs to stay away", "save the page by hand"
                )
            status, location, content = self._get(url, deadline, settings.number(settings.READ_SIZE) * MEGABYTE)
            if location is None:
                if status != httpx2.codes.OK:
                    raise ReadError(address, f"answers {status} {httpx2.codes.get_reason_phrase(status)}", "check the address")
                return content
            url = url.join(location)
        raise ReadError(address, f"leads on more than {_MOST_REDIRECTS} times", "find where it ends in a browser")

    def _rules(self, url: httpx2.URL, deadline: float) -> RobotFileParser:
        """The robots.txt of a site, read once. A site that has none allows all; one that fails to give it, nothing."""
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if site not in self._robots:
            rules = RobotFileParser()
            status, location, content = self._get(url.copy_with(raw_path=b"/robots.txt"), deadline, _ROBOTS_SIZE)
            if location is not None:
                status, _, content = self._get(url.join("/robots.txt").join(location), deadline, _ROBOTS_SIZE)
            lines = content.decode("utf-8", "replace").splitlines() if status < 300 else []
            rules.parse(["User-agent: *", "Disallow: /"] if status >= 500 else lines)
            self._robots[site] = rules
        return self._robots[site]

    def _get(self, url: httpx2.URL, deadline: float, most: int) -> tuple[int, str | None, bytes]:
        """Status, where it redirects to, and content, from the very machine that was looked up and found admissible."""
        import httpx2

        host, number = self._look_up(url)
        request_url = url.copy_with(host=number)
        headers = {**_HEADERS, "Host": url.netloc.decode("ascii")}
        with (
            httpx2.Client(timeout=_PATIENCE, trust_env=False, follow_redirects=False) as client,
            client.stream("GET", request_url, headers=headers, extensions={"sni_hostname": host}) as response,
        ):
            if response.has_redirect_location:
                return response.status_code, response.headers["Location"], b""
            content = bytearray()
            for piece in response.iter_bytes():
                content += piece
                if len(content) > most:
                    raise ReadError(
                        str(url), f"is larger than {most // MEGABYTE or 1} MB", f"raise {settings.READ_SIZE.variable}"
                    )
                if time.monotonic() > deadline:
                    seconds = settings.READ_SECONDS
                    raise ReadError(str(url), f"took longer than {seconds.value} s to come", f"raise {seconds.variable}")
            return response.status_code, None, bytes(content)

    def _look_up(self, url: httpx2.URL) -> tuple[str, str]:
        """The host's name and the one numeric address that is used. Raises ReadError for what may not be reached."""
        port = url.port or (443 if url.scheme == "https" else 80)
        if url.scheme not in ("http", "https") or port not in self.ports or not url.host or url.userinfo:
            raise ReadError(str(url), "is no plain http or https address on port 80 or 443", "check the address")
        host = url.raw_host.decode("ascii")
        try:
            numbers = self.resolver(host, port)
        except OSError as error:
            raise ReadError(str(url), f"has a host that cannot be found ({error})", "check the address") from error
        if not numbers or not all(self.admits(number) for number in numbers):
            raise ReadError(str(url), "lies on this machine or in a private network", "save the page and ingest the file")
        return host, numbers[0].partition("%")[0]


@functools.cache
def _fetcher() -> Fetcher:
    return Fetcher()


def fetch(address: str) -> Fetched:
    """What an http or https address gives. Raises ReadError."""
    return _fetcher().fetch(address)
