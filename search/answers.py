"""What a search answers with: plain structs that pages, JSON and command line render alike."""

from __future__ import annotations

from typing import Literal

import msgspec

from graph.protocol import DocumentBrief
from ingest.records import Level, ProvisionRole, Role

Intent = Literal["who", "targets", "basis", "compare", "search"]
Source = Literal["text", "glossary", "dictionary", "place", "intent", "excluded", "none"]


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of the question and what it was taken for.

    ``source`` says by what: ``text`` (as typed), ``glossary``, ``dictionary`` (CC-CEDICT), ``place``, ``intent`` (words that
    ask), ``excluded`` (-words that must not stand); ``none`` when it was not understood, with ``taken_for`` empty. ``held``
    is false when the store says nothing of it.
    """

    words: str
    taken_for: tuple[str, ...]
    source: Source
    held: bool = True


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """The reason for a hit's place: words of the provision that matched, and the parts of its score.

    ``score = keyword + gate × similarity + 0.9 × coverage + bonus``: ``keyword`` is BM25 as a share of what the question could
    reach, ``similarity`` the cosine of the meanings
    (above that of unrelated texts), ``gate`` the weight of meaning, low where some provision holds all the
    words, ``coverage`` the share of the question that the provision speaks of, ``bonus`` what it gains where a figure or a body
    is asked for and it names one, or where it holds a question of some length word for word; a purpose or definition loses.
    """

    matched: tuple[str, ...]
    keyword: float
    similarity: float
    gate: float
    coverage: float = 0.0
    bonus: float = 0.0


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One provision found. ``snippet`` is source text ``start``:``end``; ``marks`` are spans of matched words within it."""

    id: str
    path: str
    heading: str | None
    role: ProvisionRole
    score: float
    snippet: str
    why: Why
    document: DocumentBrief
    jurisdiction: str | None = None
    headings: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    marks: tuple[tuple[int, int], ...] = ()


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a search, best hit first. ``nearest`` is filled only where nothing reached ``threshold``.

    ``documents`` are held documents whose numbers the question gives.
    """

    query: str
    intent: Intent
    topic: str
    place: str | None
    documents: tuple[DocumentBrief, ...]
    hits: tuple[Hit, ...]
    understood: tuple[Understood, ...]
    nearest: tuple[Hit, ...]
    threshold: float
    snapshot: str


class AnswerBody(msgspec.Struct, frozen=True, kw_only=True):
    """A body that handles the topic. ``quote`` is source text ``start``:``end``: the words that make it responsible.

    ``name_start``:``name_end`` is the name within the source text; ``cue`` the word that gives the role.
    """

    name: str
    system: str
    role: Role
    path: str
    quote: str
    start: int
    end: int
    name_start: int
    name_end: int
    generic: bool
    cue: str | None
    department_id: str | None
    provision_id: str
    heading: str | None
    rule: str


class WhoDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What one document says: bodies leads first, and the measures about the topic (some may name nobody)."""

    document: DocumentBrief
    jurisdiction: str | None
    level: Level | None
    bodies: tuple[AnswerBody, ...]
    measures: tuple[Hit, ...]


class WhoAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Who handles a topic, by document, the surest first. ``systems`` are those that the topic's words name."""

    query: str
    topic: str
    place: str | None
    place_held: bool
    systems: tuple[str, ...]
    answers: tuple[WhoDocument, ...]
    understood: tuple[Understood, ...]
    nearest: tuple[Hit, ...]
    snapshot: str
