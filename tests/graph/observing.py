"""Everything that a store answers, as plain data: two stores that hold the same must answer the same."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec

from graph.lineage.rows import LineageReader
from graph.protocol import Filter, Reader
from ingest.records import FACTS

FILTERS = (
    Filter(),
    Filter(jurisdiction="内蒙古自治区"),
    Filter(jurisdiction="530000"),
    Filter(jurisdiction="no such place"),
    Filter(level="prefecture"),
    Filter(level="county", kind="实施意见"),
    Filter(since="2015-11", until="2016"),
    Filter(until="2015-08-01"),
    Filter(system="housing"),
    Filter(system="education", role="support"),
    Filter(system="housing", role="support"),
    Filter(role="lead"),
    Filter(role="measure", level="county"),
    Filter(role="goal"),
    Filter(document="1.txt"),
    Filter(document="no such"),
    Filter(system="housing", role="lead", jurisdiction="内蒙古", level="county"),
)


def observe(reader: Reader) -> dict[str, Any]:
    """The answers of every named query over all that is held."""
    ids = {kind: list(reader.ids(kind)) for kind in ("document", "department", "instrument")}  # type: ignore[arg-type]
    found: dict[str, Any] = {"ids": ids, **_whole(reader)}
    filters = [*FILTERS, *_by_id(ids)]
    found["filtered"] = [_filtered(reader, where) for where in filters]
    found["documents"] = {one: _document(reader, one) for one in [*ids["document"], "0" * 16]}
    found["departments"] = {one: _department(reader, one) for one in [*ids["department"], "b0"]}
    found["instruments"] = {one: _instrument(reader, one) for one in [*ids["instrument"], "i0"]}
    found["cut"] = {kind: reader.facts(kind, offset=1, limit=2) for kind in FACTS}
    found["listed"] = _listed(reader)
    return msgspec.to_builtins(found)


def _whole(reader: Reader) -> dict[str, Any]:
    return {
        "counts": reader.counts(),
        "snapshot": reader.snapshot(),
        "model": reader.meta("model"),
        "systems": reader.systems(),
        "jurisdictions": reader.jurisdictions(),
        "known": reader.known_instruments(),
        "corrections": reader.corrections(),
        "uncorrected": reader.uncorrected(),
        "stale": [reader.stale(by) for by in ("e1", "e2")],
        "conflicting": reader.conflicting(),
        "likenesses": [reader.likenesses(decided=one) for one in (None, True, False)],
        "decisions": reader.decisions(),
        "not compared": reader.not_compared(),
        "all provisions": [row.id for row in reader.all_provisions()],
        "changed": sorted(reader.provisions_changed_since(0)),
        "vectors": _vectors(reader),
    }


def _vectors(reader: Reader) -> Any:
    found = reader.vectors("m")
    return found.ids, found.matrix.tolist(), found.matrix.shape, reader.vectors("other").ids


def _by_id(ids: dict[str, list[str]]) -> list[Filter]:
    departments = [Filter(department=one) for one in ids["department"][:3]]
    instruments = [Filter(instrument=one) for one in ids["instrument"][:3]]
    return [*departments, *instruments, *(Filter(instrument=one, role="lead") for one in ids["instrument"][:1])]


def _filtered(reader: Reader, where: Filter) -> Any:
    return {
        "where": where,
        "documents": reader.documents(where),
        "second": reader.documents(where, offset=1, limit=1),
        "provisions": sorted(reader.provision_ids(where)),
        "facts": {kind: reader.facts(kind, where, limit=500) for kind in FACTS},
        "departments": reader.departments(where, limit=500),
    }


def _document(reader: Reader, one: str) -> Any:
    outline = reader.outline(one)
    facts = reader.document_facts(one)
    some = [row.id for row in outline[:2]] + [f"{one}:0"]
    return {
        "row": reader.document(one),
        "text": reader.source_text(one),
        "passages": [reader.passages(one, kind) for kind in (None, "boilerplate", "not_understood")],
        "outline": outline,
        "provisions": [reader.provision(row.id) for row in outline],
        "some": reader.provisions([*some, "no:such"]),
        "facts": facts,
        "each": [reader.fact(fact.id) for fact in itertools.chain.from_iterable(facts.values())],
        "of provisions": {kind: reader.facts(kind, provision_ids=some) for kind in FACTS},
        "links": reader.links(one),
        "siblings": reader.siblings(one),
        "original": reader.original(one),
        "originals": reader.originals(one),
        "likenesses": reader.likenesses(one),
        "lineage": _lineage(reader, one),
        "found": _found(reader, one),
    }


def _lineage(reader: Reader, one: str) -> Any:
    assert isinstance(reader, LineageReader)
    links = [reader.derivations(row.id) for row in reader.outline(one)]
    return reader.held_texts(), reader.comparisons(one), links, reader.derived_from(one), reader.unmatched(one)


def _found(reader: Reader, one: str) -> Any:
    row = reader.document(one)
    if row is None:
        return reader.find_document(one), reader.fact(f"{one}:1:target:0"), reader.fact("no")
    names = [one, row.brief.doc_number or "", row.brief.source, *(source.address for source in row.sources)]
    shas = [source.sha256 for source in row.sources]
    known = [reader.known(source.address, source.sha256, row.extractor) for source in row.sources]
    return (
        [reader.find_document(name) for name in names],
        [(reader.document_of_file(s), reader.corrections_of(s)) for s in shas],
        known,
    )


def _department(reader: Reader, one: str) -> Any:
    return reader.department(one), [reader.duties(one, where) for where in FILTERS[:6]], reader.duties(one, offset=1, limit=1)


def _instrument(reader: Reader, one: str) -> Any:
    return reader.instrument(one), reader.citations_of(one), reader.citations_of(one, offset=1, limit=1)


def _listed(reader: Reader) -> Any:
    return {
        "departments": [reader.departments(generic=one, limit=500) for one in (None, True, False)],
        "named": [reader.departments(name=name) for name in ("财政", "市", "%", "昆明市财政局")],
        "instruments": [reader.instruments(held=one) for one in (None, True, False)],
        "titled": [reader.instruments(title=title) for title in ("意见", "国发〔2014〕40号", "_")],
        "kinds": [reader.instruments(kind=kind) for kind in ("law", "policy")],
        "pages": [reader.instruments(offset=offset, limit=1) for offset in range(3)],
    }


def difference(one: Any, other: Any, path: str = "") -> str:
    """Where two answers differ first, and how; empty when they are equal."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(f"{path}.{name}", one[name], other[name]) for name in one]
    elif isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)) and len(one) == len(other):
        pairs = [(f"{path}[{n}]", *pair) for n, pair in enumerate(zip(one, other, strict=True))]
    else:
        return "" if one == other else f"{path}: {one!r:.600} is not {other!r:.600}"
    return next((found for pair in pairs if (found := difference(pair[1], pair[2], pair[0]))), "")
