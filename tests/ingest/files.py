"""Files of foreign formats, made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAW = (
    "某市文明行为促进条例",
    "（2020年10月28日某市第四届人民代表大会常务委员会第三十三次会议通过）",
    "第一章　总则",
    "第一条　为了培育和践行社会主义核心价值观，引导和促进文明行为，提升社会文明水平，根据有关法律、法规，制定本条例。",
    "第二条　本市行政区域内的文明行为促进工作适用本条例。",
    "第三条　市住房城乡建设部门负责建筑工地的文明施工管理，市公安机关负责道路交通安全的监督管理。",
    "第四条　市、县（区）人民政府应当将文明行为促进工作纳入国民经济和社会发展规划，所需经费列入本级财政预算，并逐步增加投入。",
)
"""Lines of a short statute."""


def zipped(entries: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body (XML); ``parts`` are further files in ``word/`` without their suffix."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Id="a" Type="{kind}" Target="word/document.xml"/>'
    entries = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": xml for name, xml in parts.items()},
    }
    return zipped(entries)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a Word file, a paragraph in each cell."""
    made = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def pdf(pages: Sequence[Sequence[str]], rows: Sequence[Sequence[str]] = (), picture: bool = False, password: str = "") -> bytes:
    """A PDF whose paragraphs are set as official documents are, on more pages where they need them.

    ``rows`` is a ruled table at its end. With ``picture`` every page holds a picture and no text.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=password or None, invariant=True)
    for number, paragraphs in enumerate(pages, 1):
        if picture:
            canvas.drawInlineImage(_picture(), 50, 50, 400, 600)
        else:
            y = _print(canvas, paragraphs)
            if rows and number == len(pages):
                _ruled(canvas, rows, y)
            _turn(canvas)
    canvas.save()
    return buffer.getvalue()


def _print(canvas: Any, paragraphs: Sequence[str]) -> float:
    """The paragraphs on the page, and on further ones when it is full; how far down the last one goes."""
    _font(canvas)
    y = 760.0
    for text in paragraphs:
        for i, line in enumerate(_set(text)):
            if y < 90:
                _turn(canvas)
                _font(canvas)
                y = 760.0
            canvas.drawString(72 + (28 if i == 0 else 0), y, line)
            y -= 22
    return y


def _font(canvas: Any) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 14)


def _turn(canvas: Any) -> None:
    """The page's number, and a new page."""
    canvas.drawCentredString(297, 40, f"— {canvas.getPageNumber()} —")
    canvas.showPage()


def _set(text: str) -> list[str]:
    """A paragraph in lines of 32 characters' width, the first indented by two; digits and letters are half as wide."""
    lines, line, left = [], "", 30.0
    for char in text:
        wide = 0.5 if char.isascii() else 1.0
        if wide > left:
            lines.append(line)
            line, left = "", 32.0
        line, left = line + char, left - wide
    return [*lines, line]


def _ruled(canvas: Any, rows: Sequence[Sequence[str]], y: float) -> None:
    wide = 450 / max(map(len, rows))
    for row in rows:
        for i, cell in enumerate(row):
            canvas.rect(72 + i * wide, y - 22, wide, 22)
            canvas.drawString(76 + i * wide, y - 16, cell)
        y -= 22


def _picture() -> object:
    from PIL import Image

    return Image.new("RGB", (40, 60), (200, 200, 200))
