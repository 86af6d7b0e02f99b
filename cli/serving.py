"""Subcommands that hand out everything: serve and export."""

from __future__ import annotations

import sys

import click

from cli.options import open_context


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def serve(host: str, port: int) -> int:
    """Serve the site and the API until Ctrl-C.

    \b
    Example:
      zhengmai serve --port 8001
    """
    from web.serving import serve as serve_site

    serve_site(host, port)
    return 0


@click.command()
@click.option("--json", is_flag=True, expose_value=False, help="Accepted for uniformity: the answer is always JSON Lines.")
def export() -> int:
    """Print the whole store as sorted JSON Lines.

    Equal stores give equal bytes, however they were filled.

    \b
    Example:
      zhengmai export | gzip > store.jsonl.gz
    """
    import msgspec

    encode = msgspec.json.Encoder(order="sorted").encode
    with open_context() as context:
        for row in context.reader.export():
            sys.stdout.buffer.write(encode(row) + b"\n")
    return 0
