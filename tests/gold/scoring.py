"""Scores extracted records against annotations, by the guideline: what counts, and when two records are the same.

Both sides are the JSON object that ``zhengmai extract`` prints. Annotations have no offsets: a record is located by its
path and its words, compared without white space and in NFKC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ingest.source_text import squeeze

Object = Mapping[str, Any]
Pair = tuple[Object, Object]
"""The annotation and the extraction of one document."""

FIELDS = ("title", "doc_number", "issuers", "jurisdiction", "level", "issued_on", "published_on")
QUOTED = {"provisions": "heading", "responsibilities": "name", "citations": "title", "targets": "text", "programmes": "name"}
COUNTED_ONCE = frozenset({"provisions", "responsibilities", "programmes"})
"""Kinds whose repeats in one place count once."""


class Tally(NamedTuple):
    """How many records are right, how many the annotation wants, how many were found; adds up over documents."""

    right: int = 0
    wanted: int = 0
    found: int = 0

    def plus(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wanted + other.wanted, self.found + other.found)

    @property
    def f1(self) -> float | None:
        """2 · right / (wanted + found): the harmonic mean of precision and recall; null when there is nothing to count."""
        return 2 * self.right / (self.wanted + self.found) if self.wanted + self.found else None


@dataclass(frozen=True)
class Measure:
    """One figure: the records that count, and the fields that make two of them the same."""

    name: str
    part: str
    counts: Callable[[Object], bool]
    fields: tuple[str, ...]
    core: bool = False


def _named(record: Object) -> bool:
    return not record.get("generic")


def _in_bracket(record: Object) -> bool:
    return _named(record) and record.get("stated", "bracket") == "bracket"


def _in_text(record: Object) -> bool:
    return _named(record) and not _in_bracket(record)


def _numbered(record: Object) -> bool:
    return bool(record["path"] != "0")


def _titled(record: Object) -> bool:
    return _numbered(record) and bool(record.get("heading"))


def _instrument(record: Object) -> bool:
    return record.get("kind") not in ("self", "other")


def _quantity(record: Object) -> bool:
    return record.get("kind") in ("target", "standard") and record.get("value") is not None


MEASURES = (
    Measure("provision path", "provisions", _numbered, ("path",), core=True),
    Measure("provision role", "provisions", _numbered, ("path", "role")),
    Measure("provision heading", "provisions", _titled, ("path", "heading")),
    Measure("responsible body", "responsibilities", _in_bracket, ("path", "name"), core=True),
    Measure("with its role", "responsibilities", _in_bracket, ("path", "name", "role"), core=True),
    Measure("with its system", "responsibilities", _in_bracket, ("path", "name", "system"), core=True),
    Measure("in running text", "responsibilities", _in_text, ("path", "name")),
    Measure("generic bodies", "responsibilities", lambda r: not _named(r), ("path", "name")),
    Measure("citation", "citations", _instrument, ("path", "title"), core=True),
    Measure("with its number", "citations", _instrument, ("path", "title", "doc_number"), core=True),
    Measure("with its relation", "citations", _instrument, ("path", "title", "relation")),
    Measure("target value", "targets", _quantity, ("path", "value", "unit"), core=True),
    Measure("with bound and date", "targets", _quantity, ("path", "value", "unit", "op", "by")),
    Measure("with its period", "targets", _quantity, ("path", "value", "unit", "period")),
    Measure("with its metric", "targets", _quantity, ("path", "value", "unit", "metric")),
    Measure("target or standard", "targets", _quantity, ("path", "value", "unit", "kind")),
    Measure("programme", "programmes", lambda _: True, ("path", "name")),
)
DOCUMENT_FIELDS = "document fields"
NOT_INVENTED = "bodies not invented"
OFFSETS = "offsets"
NAMES = (DOCUMENT_FIELDS, *(measure.name for measure in MEASURES), NOT_INVENTED, OFFSETS)
CORE = frozenset({DOCUMENT_FIELDS, NOT_INVENTED, OFFSETS, *(measure.name for measure in MEASURES if measure.core)})


class Difference(NamedTuple):
    """One record that was missed (``-``) or invented (``+``)."""

    sign: str
    figure: str
    record: tuple[Any, ...]


def plain(value: Any) -> Any:
    """A value as it is compared: text squeezed, whole floats as integers, lists without regard to order."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return sorted(plain(item) for item in value)
    return value


def identity(record: Object, fields: Iterable[str]) -> tuple[Any, ...]:
    """What a record is compared by; a merged body's systems count in any order."""

    def comparable(field: str) -> Any:
        if field == "system":
            return "+".join(sorted((record.get(field) or "").split("+")))
        return plain(record.get(field))

    return tuple(comparable(field) for field in fields)


def _gather(document: Object, measure: Measure) -> Counter[tuple[Any, ...]]:
    rows = [identity(record, measure.fields) for record in document.get(measure.part, ()) if measure.counts(record)]
    return Counter(set(rows)) if measure.part in COUNTED_ONCE else Counter(rows)


def _facts(pair: Pair, measure: Measure) -> Tally:
    wanted, found = (_gather(side, measure) for side in pair)
    return Tally((wanted & found).total(), wanted.total(), found.total())


def _share(right: int, total: int) -> Tally:
    return Tally(right, total, total)


def _wrong_fields(pair: Pair) -> list[str]:
    wanted, found = (side.get("document", {}) for side in pair)
    return [field for field in FIELDS if plain(wanted.get(field)) != plain(found.get(field))]


def _not_invented(pair: Pair) -> Tally:
    """The share of named bodies found that the annotation has somewhere in that provision, in whatever role."""
    annotated = {identity(record, ("path", "name")) for record in pair[0]["responsibilities"]}
    found = [record for record in pair[1].get("responsibilities", ()) if _named(record)]
    return _share(sum(identity(record, ("path", "name")) in annotated for record in found), len(found))


def _stands(record: Object, part: str, source: str) -> bool:
    """True when the words a record quotes stand at its offsets, and (but for provisions) little else does."""
    quote = squeeze(record.get(QUOTED[part]) or "")
    piece = squeeze(source[record.get("start") or 0 : record.get("end") or 0])
    return quote in piece and (part == "provisions" or len(piece) <= 2 * len(quote) + 8)


def _placed(found: Object) -> Tally:
    source = found.get("source_text") or ""
    verdicts = [
        _stands(record, part, source)
        for part, quote in QUOTED.items()
        for record in found.get(part, ())
        if part != "provisions" or record.get(quote)
    ]
    return _share(sum(verdicts), len(verdicts))


def score(pair: Pair) -> dict[str, Tally]:
    """Every figure of one document, by name, in the order of ``NAMES``."""
    return {
        DOCUMENT_FIELDS: _share(len(FIELDS) - len(_wrong_fields(pair)), len(FIELDS)),
        **{measure.name: _facts(pair, measure) for measure in MEASURES},
        NOT_INVENTED: _not_invented(pair),
        OFFSETS: _placed(pair[1]),
    }


def total(scores: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """The same figures over several documents together."""
    sums = dict.fromkeys(NAMES, Tally())
    for one in scores:
        sums = {name: tally.plus(one[name]) for name, tally in sums.items()}
    return sums


def differences(pair: Pair) -> Sequence[Difference]:
    """What was missed or invented in one document, figure by figure."""
    rows = [Difference("-", DOCUMENT_FIELDS, (field, pair[0]["document"].get(field))) for field in _wrong_fields(pair)]
    for measure in MEASURES:
        wanted, found = (_gather(side, measure) for side in pair)
        for sign, records in (("-", wanted - found), ("+", found - wanted)):
            rows += [Difference(sign, measure.name, record) for record in records.elements()]
    return rows
