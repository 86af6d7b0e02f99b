"""Reading Boolean queries: ``(拖欠 OR 欠薪) AND 保证金 NEAR/10 工资``.

Words side by side must all stand (AND), ``OR`` is either, ``NOT`` or a minus sign excludes, ``NEAR/n`` lets at most n
characters stand between, quotation marks keep spaces. NEAR binds most, then NOT, AND, OR. Operators are written in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.tokens import plain

MOST_DISTANCE = 1000
DEEPEST = 50


class QuerySyntaxError(ValueError):
    """A query that cannot be read: what is wrong, and ``position``, the character where (from 0)."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Phrase:
    """Words that must stand as they are, in plain form."""

    text: str


@dataclass(frozen=True)
class All:
    """Every part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """One part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Without:
    """The part must not hold."""

    part: Node


@dataclass(frozen=True)
class Near:
    """Both stand with at most ``distance`` characters between them, in either order."""

    left: Node
    right: Node
    distance: int


Node = Phrase | All | Either | Without | Near


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int


_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<open>\()|(?P<close>\))
    |(?P<quoted>["“”「][^"“”「」]*["“”」])
    |(?P<near>NEAR/(?P<distance>\d+)(?![^\s()"“”「」]))
    |(?P<operator>(?:AND|OR|NOT|NEAR)(?![^\s()"“”「」]))
    |(?P<minus>-(?=[^\s()]|\())
    |(?P<word>[^\s()"“”「」]+)
    |(?P<wrong>.)""",
    re.VERBOSE,
)
_WIDE = str.maketrans({"（": "(", "）": ")", "　": " ", "－": "-"})


def parse(query: str) -> Node:
    """The tree of a query. Raises ``QuerySyntaxError``.

    >>> parse("欠薪 NEAR/10 工资")
    Near(left=Phrase(text='欠薪'), right=Phrase(text='工资'), distance=10)
    """
    reader = _Reader(_tokens(query), len(query))
    tree = reader.either()
    if (token := reader.here()) is not None:
        raise QuerySyntaxError("A closing bracket has no opening one", token.start)
    if not _asks(tree):
        raise QuerySyntaxError("Only exclusions: at least one word must be wanted", 0)
    return tree


def _tokens(query: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(query.translate(_WIDE)):
        kind = match.lastgroup if match.lastgroup != "distance" else "near"
        if kind == "wrong":
            raise QuerySyntaxError("A quotation mark is not closed", match.start())
        if match["operator"] == "NEAR":
            raise QuerySyntaxError("NEAR needs a distance, as in NEAR/10", match.start())
        if kind != "space":
            text = match["distance"] or match["operator"] or match[0]
            found.append(_Token(str(kind), text, match.start()))
    return found


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens, self._length, self._at, self._depth = tokens, length, 0, 0

    def here(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self) -> Node:
        parts = [self._every()]
        while self._take("operator", "OR"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Node:
        parts = [self._unless()]
        while True:
            joined = self._take("operator", "AND")
            token = self.here()
            ended = token is None or token.kind == "close" or (token.kind == "operator" and token.text == "OR")
            if ended and not joined:
                return parts[0] if len(parts) == 1 else All(tuple(parts))
            parts.append(self._unless())

    def _unless(self) -> Node:
        if self._take("operator", "NOT") or self._take("minus"):
            return Without(self._near())
        return self._near()

    def _near(self) -> Node:
        left, start = self._primary()
        while token := self._take("near"):
            distance = int(token.text)
            if distance > MOST_DISTANCE:
                raise QuerySyntaxError(f"NEAR reaches {MOST_DISTANCE} characters at most", token.start)
            right, after = self._primary()
            for part, position in ((left, start), (right, after)):
                if not _has_place(part):
                    raise QuerySyntaxError("NEAR stands between words, or brackets with words joined by OR", position)
            left = Near(left, right, distance)
        return left

    def _primary(self) -> tuple[Node, int]:
        token = self.here()
        if token is None:
            raise QuerySyntaxError("A word is missing at the end", self._length)
        self._at += 1
        if token.kind == "open":
            return self._bracket(token), token.start
        if token.kind in {"quoted", "word"}:
            return _phrase(token), token.start
        raise QuerySyntaxError(f"A word is missing before {_shown(token)}", token.start)

    def _bracket(self, opened: _Token) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QuerySyntaxError("Brackets are nested too deeply", opened.start)
        inner = self.either()
        self._depth -= 1
        if not self._take("close"):
            raise QuerySyntaxError("A bracket is not closed", opened.start)
        return inner

    def _take(self, kind: str, text: str | None = None) -> _Token | None:
        token = self.here()
        if token is None or token.kind != kind or (text is not None and token.text != text):
            return None
        self._at += 1
        return token


def _phrase(token: _Token) -> Phrase:
    text = plain(token.text.strip('"“”「」') if token.kind == "quoted" else token.text).strip()
    if not any(character.isalnum() for character in text):
        raise QuerySyntaxError("There is no word here to look for", token.start)
    return Phrase(text)


def _shown(token: _Token) -> str:
    return {"close": "the closing bracket", "near": f"NEAR/{token.text}"}.get(token.kind, token.text)


def _has_place(node: Node) -> bool:
    """Whether a node stands somewhere, so that something can be near it."""
    match node:
        case Phrase() | Near():
            return True
        case Either(parts):
            return all(map(_has_place, parts))
    return False


def _asks(node: Node) -> bool:
    """Whether a node can only hold where some word stands."""
    match node:
        case Phrase() | Near():
            return True
        case Either(parts):
            return all(map(_asks, parts))
        case All(parts):
            return any(map(_asks, parts))
    return False
