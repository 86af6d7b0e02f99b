"""The outline of a document: its provisions with path, heading, role and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from ingest.lines import lines_of
from ingest.outline.headings import Setting, article_heading, find_heading
from ingest.outline.layout import STOPS, Part, Row, classify, split
from ingest.outline.lost_breaks import with_breaks
from ingest.outline.lost_markers import restore_markers
from ingest.outline.nesting import Node, nest
from ingest.outline.roles import article_role, role_of
from ingest.patterns import load_patterns
from ingest.records import Passage, Provision, ProvisionRole
from ingest.source_text import SourceText

_FILE = "outline_lines.toml"
RULE = "outline.marker"
LOST_RULE = "outline.lost_marker"
PREAMBLE_RULE = "outline.preamble"


_LAST_NUMBER = re.compile(r"(?P<number>\d+)(?:-\d+)?(?P<again>~\d+)?$")
_IN_ARTICLE = re.compile(r"(?:p\d+/)?a[^.]+\.")


@dataclass(frozen=True, slots=True)
class _Text:
    """One text with its items: ``prefix`` is put before each path, ``zero`` is the path of what comes
    before the first item, empty when the covering notice has taken that in."""

    part: Part
    nodes: list[Node]
    prefix: str
    zero: str
    contents: tuple[str, ...] = ()


def read_outline(source: SourceText, boilerplate: Sequence[Passage]) -> tuple[Provision, ...]:
    """The provisions in reading order; own spans are disjoint, paths are unique."""
    rows = classify(with_breaks(lines_of(source, boilerplate)))
    if not rows:
        return ()
    restore_markers(rows)
    found: list[Provision] = []
    taken: set[str] = set()
    for text in _texts(rows):
        found.extend(_provisions(source, rows, text, taken, len(found)))
    return tuple(found)


def _texts(rows: list[Row]) -> list[_Text]:
    """The texts of the document that have items; the first also when it has none: it is the notice that covers the others."""
    parts = split(rows)
    ends = _ends(rows)
    items = [nest(rows[part.first : part.last], ends[part.first : part.last]) for part in parts]
    printed = [i for i, nodes in enumerate(items) if nodes and i]
    first = _first(rows, parts, items, printed)
    texts = [_Text(first, items[0], "", "0")]
    for number, i in enumerate(printed, 1):
        prefix = "" if len(printed) == 1 and _apart(items[0], items[i]) else f"p{number}/"
        texts.append(_Text(parts[i], items[i], prefix, f"{prefix}0" if items[0] or prefix else ""))
    bare = [part for part, nodes in zip(parts, items, strict=True) if not nodes and part.first >= first.last]
    bare = [part for part in bare if any(map(_is_prose, rows[part.first : part.last])) and not _is_table(rows, part)]
    texts.extend(_Text(part, [], "", f"p{n}/0") for n, part in enumerate(bare, 1 + sum(bool(t.prefix) for t in texts)))
    contents = tuple(row.line.text for row in rows if row.kind == "contents entry")
    return [replace(text, contents=contents) for text in sorted(texts, key=lambda text: text.part.first)]


def _is_table(rows: list[Row], part: Part) -> bool:
    """Whether a text without items is a table with its notes."""
    return any(row.kind == "table row" for row in rows[part.first : part.last])


def _apart(one: list[Node], other: list[Node]) -> bool:
    """Whether the items of two texts have different paths, so that neither needs a prefix."""
    return not {node.path for node in one} & {node.path for node in other}


def _first(rows: list[Row], parts: list[Part], items: list[list[Node]], printed: list[int]) -> Part:
    """The first text; a notice without items goes on to the first item of the one text that it prints, or to the end."""
    if items[0] or len(printed) > 1:
        return parts[0]
    if not printed:
        return Part(parts[0].first, len(rows))
    start = items[printed[0]][0].marker.start
    return Part(parts[0].first, next(i for i in range(len(rows), 0, -1) if rows[i - 1].line.start < start))


def _ends(rows: list[Row]) -> list[int]:
    """For each row where the text that begins in it ends at the latest: before the next row that belongs to no item."""
    ends = [0] * len(rows)
    end = rows[-1].line.end
    for i in range(len(rows) - 1, -1, -1):
        ends[i] = max(end, rows[i].line.end)
        if rows[i].kind in STOPS or _is_unit(rows[i]):
            end = rows[i - 1].line.end if i else 0
    return ends


def _is_unit(row: Row) -> bool:
    return bool(row.marker and row.marker.style in {"part", "chapter", "section"})


def _provisions(source: SourceText, rows: list[Row], text: _Text, taken: set[str], order: int) -> list[Provision]:
    part = rows[text.part.first : text.part.last]
    end = part[-1].line.end
    first = text.nodes[0].marker.start if text.nodes else end
    preamble = _preamble(source, part, text, first, order, taken) if text.zero else None
    found = [preamble] if preamble else []
    spans = _spans(source, text.nodes, end)
    subtrees = _subtree_ends(text.nodes, spans)
    items: list[Provision] = []
    for i, node in enumerate(text.nodes):
        above = items[node.parent] if node.parent is not None else None
        path = _unique(text.prefix + node.path, taken)
        item = _provision(source, text, i, spans, above)
        items.append(structs.replace(item, path=path, subtree_end=subtrees[i], order=order + len(found) + i))
    return found + items


def _provision(source: SourceText, text: _Text, i: int, spans: list[int], above: Provision | None) -> Provision:
    """Item ``i`` of a text, all but its path and order, which depend on the other texts."""
    node, end = text.nodes[i], spans[i]
    marker = node.marker
    heading = _heading(source, text, i, spans)
    has_items = i + 1 < len(text.nodes) and text.nodes[i + 1].parent == i
    return Provision(
        path=node.path,
        start=marker.start,
        end=end,
        rule=f"{RULE if marker.end > marker.start else LOST_RULE}.{marker.style}",
        heading=source.text[slice(*heading)] if heading else None,
        role=_role(source, node, end, heading, above.role if above else None, has_items),
        marker=source.text[marker.start : marker.end].strip() or None,
        heading_start=heading[0] if heading else None,
        heading_end=heading[1] if heading else None,
        body_start=min(end, heading[1] if heading else marker.body),
        subtree_end=end,
        parent=above.path if above else None,
    )


def _preamble(source: SourceText, part: list[Row], text: _Text, first: int, order: int, taken: set[str]) -> Provision | None:
    """Path 0: from the first sentence after the masthead to the first item."""
    rows = [row for row in part if row.line.start < first]
    prose = [i for i, row in enumerate(rows) if _is_prose(row)]
    if not prose:
        return None
    at, last = prose[0], prose[-1]
    start, end = rows[at].line.start, min(first, rows[last].line.end)
    end = start + len(source.folded[start:end].rstrip())
    role = role_of(None, source.folded[start:end], "statement", False)
    return Provision(
        path=_unique(text.zero, taken), start=start, end=end, rule=PREAMBLE_RULE, heading=None, role=role,
        body_start=start, subtree_end=end, order=order,
    )  # fmt: skip


def _is_prose(row: Row) -> bool:
    """Whether a line before the first item is a sentence of the text, not a part of its masthead."""
    if row.kind != "prose":
        return row.kind == "enacted"
    return any(c in row.line.text for c in "。;") or bool(load_patterns(_FILE, "lead_in")[0].regex.search(row.line.text))


def _spans(source: SourceText, nodes: list[Node], end: int) -> list[int]:
    """Where each item's own text ends."""
    ends = []
    for i, node in enumerate(nodes):
        limit = min(node.limit, end, nodes[i + 1].marker.start if i + 1 < len(nodes) else end)
        own = source.folded[node.marker.start : limit].rstrip(" \n\r\x85\u2028\u2029#*")
        ends.append(node.marker.start + len(own))
    return ends


def _subtree_ends(nodes: list[Node], ends: list[int]) -> list[int]:
    result = list(ends)
    for i in range(len(nodes) - 1, -1, -1):
        parent = nodes[i].parent
        if parent is not None:
            result[parent] = max(result[parent], result[i])
    return result


def _heading(source: SourceText, text: _Text, i: int, spans: list[int]) -> tuple[int, int] | None:
    node, nodes = text.nodes[i], text.nodes
    if node.marker.style == "article":
        return article_heading(source.folded, node.marker.body, spans[i])
    before = nodes[i - 1] if i and nodes[i - 1].parent == node.parent else None
    setting = Setting(
        has_items=i + 1 < len(nodes) and nodes[i + 1].parent == i,
        listed=bool(before and source.folded[spans[i - 1] - 1] in ";；"),
        in_article=node.path.startswith("a"),
        broken=node.marker.inside,
    )
    entry = _contents_entry(source.folded, node.marker.start, text.contents) if setting.broken else None
    if entry:
        return node.marker.body, max(node.marker.body, node.marker.start + len(entry))
    return find_heading(source.folded, node.marker.body, spans[i], setting)


def _contents_entry(folded: str, start: int, contents: tuple[str, ...]) -> str | None:
    """The entry of the table of contents that the text from ``start`` repeats."""
    found = [entry for entry in contents if folded.startswith(entry, start)]
    return max(found, key=len, default=None)


def _role(
    source: SourceText, node: Node, end: int, heading: tuple[int, int] | None, above: ProvisionRole | None, has_items: bool
) -> ProvisionRole:
    folded = source.folded
    if node.marker.style == "article":
        return article_role(folded[heading[1] + 1 if heading else node.marker.body : end])
    if node.path.startswith("a"):
        return above or "measure"
    title = folded[slice(*heading)] if heading else None
    return role_of(title, folded[heading[1] if heading else node.marker.body : end], above, has_items)


def _unique(path: str, taken: set[str]) -> str:
    candidate, count = path, 1
    while candidate in taken:
        count += 1
        candidate = f"{path}~{count}"
    taken.add(candidate)
    return candidate


def outline_warnings(provisions: Sequence[Provision]) -> tuple[str, ...]:
    """Sentences about numberings that repeat or leave numbers out, for the reader of the summary.

    An article may hold several lists that each begin with (一): that is no fault of its numbering.
    """
    found = []
    last: dict[tuple[str | None, str, str], tuple[int, str]] = {}
    for provision in provisions:
        value = _LAST_NUMBER.search(provision.path)
        if not value or provision.rule == PREAMBLE_RULE:
            continue
        if value["again"] and not _IN_ARTICLE.match(provision.path):
            found.append(f"the number of item {provision.path} occurs twice")
        key = (provision.parent, provision.rule.rpartition(".")[2], provision.path.rpartition("/")[0])
        before = last.get(key)
        if before and int(value["number"]) > before[0] + 1:
            found.append(f"between items {before[1]} and {provision.path} a number is missing")
        last[key] = (int(value["number"]), provision.path)
    return tuple(found)
