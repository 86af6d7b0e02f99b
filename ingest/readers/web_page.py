"""Web pages: the document's own lines out of the page, and what title and meta tags say of it."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from ingest.readers.assembling import Lines, sound
from ingest.readers.decoding import decode
from ingest.readers.errors import ReadError
from ingest.readers.page_blocks import FLAT, read_page
from ingest.readers.page_main import main_blocks, weight
from ingest.readers.values import candidate
from ingest.records import FieldCandidate
from ingest.source_text import SourceText
from settings import ROOT

DEEPEST = 5_000
"""Elements within elements; parsing takes the square of this."""
LEAST = 12.0
"""A page with less text than a short sentence (as ``page_main.weight`` counts) has none."""
_HEAD = 4_096
_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})(?=[\s/>])")


def read(content: bytes, name: str) -> SourceText:
    """The document in a web page or fragment of one. Raises ReadError when there is none."""
    text, warnings = decode(content, name, declared_charset(content))
    if _depth(text) > DEEPEST:
        raise ReadError(name, "is nested deeper than a page can be", "save the page's text instead")
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:  # it takes any text for a page; what it cannot do is to hold it
        raise MemoryError from error
    blocks = main_blocks(read_page(tree.root)) if tree.root else []
    if sum(map(weight, blocks)) < LEAST:
        raise _without_text(tree, name)
    lines = Lines()
    for block in blocks:
        lines.add(block.text, "element", f"{block.tag} {block.nth}")
    return SourceText(name=name, text=lines.text, metadata=tuple(_metadata(tree)), locators=lines.locators, warnings=warnings)


def _without_text(tree: LexborHTMLParser, name: str) -> ReadError:
    if tree.css_first("img") is not None:
        remedy = "turn the pictures into text with an OCR tool, and save that"
        return ReadError(name, "is a web page without a text: it shows pictures or links only", remedy)
    remedy = "open it in a browser, wait until the text is there, and save it again"
    return ReadError(name, "is a web page without a text (it may load it by a script)", remedy)


def declared_charset(content: bytes) -> str | None:
    """The encoding that a page or an XML file says it has."""
    match = _CHARSET.search(content[:_HEAD])
    return match[1].decode("ascii") if match else None


def _depth(text: str) -> int:
    """How deep elements lie in each other at most, counted roughly and in linear time."""
    deepest = depth = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in FLAT:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


@functools.cache
def _meta_names() -> dict[str, str]:
    """Name of a meta tag → field."""
    table = tomllib.loads((ROOT / "data" / "reference" / "metadata_names.toml").read_text(encoding="utf-8"))
    return {name.lower(): field for field, names in table["meta_tags"].items() for name in names}


def _metadata(tree: LexborHTMLParser) -> Iterator[FieldCandidate]:
    """What the title tag and the meta tags say."""
    for node in tree.css("meta"):
        key = (node.attributes.get("name") or node.attributes.get("property") or "").strip()
        value = sound(node.attributes.get("content") or "").strip()
        if (field := _meta_names().get(key.lower())) and value:
            yield from candidate(field, value, "metadata", f"readers.meta_tag:{key}")
    title = tree.css_first("title")
    if title is not None and (value := " ".join(sound(title.text()).split())):
        yield from candidate("title", value, "title_tag", "readers.title_tag")
