"""Texts that are nearly the same: found as documents come, listed for a reader's decision, never merged without it."""

from __future__ import annotations

from graph.identity import text_without
from graph.likeness import NEARLY_SAME, Difference, bands, differences, likeness
from graph.protocol import Reader, Store


def compare_new(store: Store) -> int:
    """Compare the texts loaded since this was last done with all others; how many there were."""
    pending = store.not_compared()
    for document_id in pending:
        content = content_of(store, document_id)
        keys = bands(content)
        near = (other for other in store.near(keys) if other != document_id)
        scores = [(other, likeness(content, content_of(store, other))) for other in near]
        store.put_likenesses(document_id, keys, [(other, score) for other, score in scores if score >= NEARLY_SAME])
    return len(pending)


def content_of(reader: Reader, document_id: str) -> str:
    """The text of a document as it is compared: without the website's furniture and without white space."""
    return text_without(reader.source_text(document_id) or "", reader.passages(document_id, "boilerplate"))


def differences_of(reader: Reader, one: str, other: str) -> tuple[Difference, ...]:
    """Where the texts of two documents differ, the furniture of websites left out."""
    texts = [reader.source_text(each) or "" for each in (one, other)]
    furniture = [reader.passages(each, "boilerplate") for each in (one, other)]

    def is_furniture(found: Difference) -> bool:
        spans = (found.one_start, found.one_end), (found.other_start, found.other_end)
        said = [(start, end, passages) for (start, end), passages in zip(spans, furniture, strict=True) if start < end]
        return all(any(p.start <= start and end <= p.end for p in passages) for start, end, passages in said)

    return tuple(found for found in differences(*texts) if not is_furniture(found))
