"""Web pages saved with all that belongs to them in one file (.mht, .mhtml)."""

from __future__ import annotations

import email
import email.message
import email.policy

from ingest.readers import web_page
from ingest.readers.errors import ReadError
from ingest.source_text import SourceText


def read(content: bytes, name: str) -> SourceText:
    """The document in the first web page of the file. Raises ReadError when it holds none."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return web_page.read(page, name)
    raise ReadError(name, "is a saved page in which no web page is found", "save it again as .html")
