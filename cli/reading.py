"""Subcommand that tells what names of organisations stand for: resolve."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cli.printing import grid, print_json
from cli.status import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.registry.jurisdictions import Place


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME... | -")
@click.option("--place", help="The place in whose documents the name stands (吉安市), for names without one.")
@click.option("--on", metavar="DATE", help="The day on which the name was used (2015-08-07).")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object for each name.")
def resolve(names: tuple[str, ...], place: str | None, on: str | None, as_json: bool) -> int:
    """Tell body, place, level and systems of organisations' names.

    - reads the names from standard input, one a line.

    \b
    Examples:
      zhengmai resolve 内蒙古自治区国土资源厅 吉安市教科局
      zhengmai resolve - --json < names.txt
    """
    from ingest.registry.bodies import resolve as resolve_name

    where = place_named(place) if place else None
    found = [plain(resolve_name(name, where, on)) for name in given(names)]
    print_json(found) if as_json else print_bodies(found)
    return 0 if any(body["systems"] or body["jurisdiction"] for body in found) else NOTHING


def given(names: Sequence[str]) -> list[str]:
    """The names asked for, read from standard input where ``-`` stands."""
    lines = sys.stdin.read().splitlines() if "-" in names else []
    return [name.strip() for name in (*(name for name in names if name != "-"), *lines) if name.strip()]


def place_named(name: str) -> Place:
    """The place of that name; wrong usage when there is none, or more than one."""
    from ingest.registry.jurisdictions import find_place

    place = find_place(name)
    if place is None:
        raise click.BadParameter(
            f"no single place is called {name!r}; write its full official name (江西省吉安市).", param_hint="--place"
        )
    return place


def plain(body: Any) -> dict[str, Any]:
    """A body as plain data."""
    import msgspec

    made: dict[str, Any] = msgspec.to_builtins(body)
    return made


def print_bodies(bodies: Sequence[dict[str, Any]]) -> None:
    """One line for each name."""
    grid(
        [
            (
                body["name"],
                body["body"] or "?",
                body["jurisdiction"] or "?",
                body["level"] or "?",
                "+".join(body["systems"]) or "?",
                " ".join([str(body["status"] or ""), *("→ " + str(name) for name in body["successors"])]),
            )
            for body in bodies
        ],
        0,
    )
