"""Where a server is and how to log in: ``neo4j://user:password@host:port/database``."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from graph.errors import UnknownAddressError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True)
class Address:
    """A server's address in parts. ``shown`` has no password; ``database`` is null for the server's own choice."""

    uri: str
    user: str | None = None
    password: str = field(default="", repr=False)
    database: str | None = None

    @property
    def auth(self) -> tuple[str, str] | None:
        return None if self.user is None else (self.user, self.password)

    @property
    def shown(self) -> str:
        return f"{self.uri}/{self.database}" if self.database else self.uri


def is_server(address: str) -> bool:
    """Whether the address is one of a Neo4j server."""
    return address.partition("://")[0].lower() in SCHEMES and "://" in address


def parse(address: str) -> Address:
    """The parts of an address; user and password may be percent-encoded. Raises ``UnknownAddressError``."""
    parts = urlsplit(address)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise UnknownAddressError(without_password(address)) from error
    if not is_server(address) or not parts.hostname:
        raise UnknownAddressError(without_password(address))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    user = unquote(parts.username) if parts.username else None
    database = parts.path.strip("/") or None
    return Address(f"{parts.scheme.lower()}://{host}{port}", user, unquote(parts.password or ""), database)


def without_password(address: str) -> str:
    """The address as it may be shown and logged."""
    scheme, mark, rest = address.partition("://")
    login, at, host = rest.rpartition("@")
    return f"{scheme}{mark}{login.partition(':')[0]}{at}{host}"
