"""A document on its page: the whole text, the facts in place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from api import resources
from api.context import Context, open_context
from web import reading
from web.marking import MARGIN, Piece


@pytest.fixture(scope="module")
def context(shipped_home: Path):
    context = open_context(str(shipped_home))
    yield context
    context.close()


def pieces_of(blocks: list[reading.Block]) -> list[Piece]:
    return [
        piece
        for block in blocks
        for piece in (*block.heading, *(piece for run in block.runs for line in run.paragraphs for piece in line.pieces))
    ]


def ids(context: Context) -> list[str]:
    return [row.id for row in resources.documents(context).items]


def test_the_page_holds_every_character_of_the_source_in_order(context: Context, site_app: Flask) -> None:
    for document_id in ids(context):
        answer = resources.document(context, document_id)
        with site_app.test_request_context():
            shown = "".join(piece.text for piece in pieces_of(reading.blocks(answer)))
        assert [c for c in shown if c not in MARGIN] == [c for c in answer.source_text if c not in MARGIN]


def test_every_fact_is_marked_once_on_exactly_its_words(context: Context, site_app: Flask) -> None:
    for document_id in ids(context):
        answer = resources.document(context, document_id)
        facts = [fact for kind in reading.KINDS for fact in getattr(answer.facts, kind)]
        with site_app.test_request_context():
            pieces = pieces_of(reading.blocks(answer))
        anchors = Counter(anchor for piece in pieces for anchor in piece.anchors)
        assert anchors == Counter(fact.id for fact in facts)
        for kind in reading.KINDS:
            spans = {(fact.record.start, fact.record.end) for fact in getattr(answer.facts, kind)}
            covered = {at for start, end in spans for at in range(start, end) if answer.source_text[at] not in MARGIN}
            marked = sum(1 for piece in pieces if kind in piece.classes for c in piece.text if c not in MARGIN)
            assert marked == len(covered)


def test_furniture_of_the_website_is_folded(context: Context, site_app: Flask) -> None:
    for document_id in ids(context):
        answer = resources.document(context, document_id)
        with site_app.test_request_context():
            folded = sum(run.characters for block in reading.blocks(answer) for run in block.runs if run.furniture)
        assert (folded > 0) == bool(answer.boilerplate)


def test_a_measure_page_marks_its_own_facts(context: Context, site_app: Flask) -> None:
    for duty in resources.system(context, "housing").duties.items:
        answer = resources.measure(context, duty.provision_id)
        with site_app.test_request_context():
            pieces = [piece for run in reading.measure_runs(answer) for line in run.paragraphs for piece in line.pieces]
        first = next(piece for piece in pieces if duty.id in piece.anchors)
        assert duty.quote.startswith(first.text)
        assert "responsibilities" in first.classes
