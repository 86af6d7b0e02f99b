"""What the part of a name after its place says: an organ every place has, a function, or functions merged into one body."""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass

from ingest.records import Level
from ingest.registry.body_tables import Function, Organ, by_stem, endings, organs
from ingest.registry.jurisdictions import REFERENCE

JOINERS = re.compile(r"[和与及、]")
OF_COMMITTEE = re.compile(r"^(?:委员会|党委)(?=.{2})")
"""中共南宁市委员会组织部 is 中共南宁市委组织部."""
OF_GOVERNMENT = re.compile(r"(?:人民)?政府(?=.)")
LOOSE = re.compile(r"(?:监督管理|监督|管理|行政|工作|事务|服务)$")
"""Words that a function's name may have or lack before its ending (扶贫开发工作办公室)."""
DEPARTMENT = re.compile(r"(?:行政)?(?:主管|管理)?(?:部门|机关)$")
"""How texts name a functional department without its official name (交通运输主管部门)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name without its place was read as: an organ, or functions.

    ``stem`` is the functions' name as the body bears it, ``ending`` what follows it in full; empty when the name has none.
    """

    organ: Organ | None = None
    functions: tuple[Function, ...] = ()
    ending: str = ""
    stem: str = ""

    @property
    def official(self) -> bool:
        """Whether the name is a body's own rather than a way to speak of it (卫生主管部门)."""
        return self.organ is not None or bool(self.ending) or self.functions[0].ending == "-"

    def body(self, level: Level) -> str:
        """The body's name without its place.

        >>> read("安监局").body("county")
        '安全生产监督管理局'
        """
        ending = self.ending or usual_ending(self.functions[0], level)
        for shared in ("监督管理", "管理", "监督"):
            if self.stem.endswith(shared) and ending.startswith(shared):
                return self.stem + ending[len(shared) :]
        if self.stem.endswith("管理") and ending.startswith("管理"):
            return self.stem + ending[2:]
        return self.stem + ending


def usual_ending(function: Function, level: Level) -> str:
    """How bodies of this function usually end at a level (``-`` in the table: with nothing)."""
    return function.ending.strip("-") if function.ending else "厅" if level == "province" else "局"


def read(rest: str) -> Reading | None:
    """Read a name without its place; null when neither table knows it.

    >>> read("人社局").functions[0].stem
    '人力资源和社会保障'
    """
    if organ := organs().get(rest) or organs().get(OF_COMMITTEE.sub("委", rest)):
        return Reading(organ=organ)
    rest = OF_GOVERNMENT.sub("", rest, count=1) if OF_GOVERNMENT.match(rest) else rest
    return _read_single(rest) or _read_merged(rest)


def _read_single(rest: str) -> Reading | None:
    if function := _lookup(rest):
        return Reading(functions=(function,), ending="委员会" if rest.endswith("委") else "", stem=function.stem)
    if match := DEPARTMENT.search(rest):
        function = _lookup(rest[: match.start()])
        return Reading(functions=(function,), stem=function.stem) if function else None
    for ending, full in _endings_like(rest):
        stem = rest[: -len(ending)]
        if stem and (function := _lookup(stem)):
            return Reading(functions=(function,), ending=full or ending, stem=_kept(stem, function))
    return None


def _endings_like(rest: str) -> list[tuple[str, str]]:
    """The endings that a name has, in the table's order."""
    return [pair for pair in _endings_by_last().get(rest[-1:], ()) if rest.endswith(pair[0])]


@functools.cache
def _endings_by_last() -> dict[str, list[tuple[str, str]]]:
    """The endings by their last character: most names have none of them."""
    table: dict[str, list[tuple[str, str]]] = {}
    for ending, full in endings():
        table.setdefault(ending[-1:], []).append((ending, full))
    return table


def _kept(stem: str, function: Function) -> str:
    """The function's own name where the stem only shortens it (人社), else the stem as written (外事侨务, 住房和建设)."""
    plain, letters_of = JOINERS.sub("", stem), iter(function.stem)
    shortened = all(letter in letters_of for letter in plain)
    same = plain == JOINERS.sub("", function.stem)
    return function.stem if same or (shortened and plain == stem) else stem


def _lookup(stem: str) -> Function | None:
    table = plain_stems()
    plain = JOINERS.sub("", stem)
    return table.get(plain) or table.get(LOOSE.sub("", plain))


@functools.cache
def plain_stems() -> dict[str, Function]:
    """Functions by every form of their stem without 和 and the like."""
    table: dict[str, Function] = {}
    for stem, function in by_stem().items():
        table.setdefault(JOINERS.sub("", stem), function)
    return table


@functools.cache
def letters() -> dict[str, Function]:
    """Functions by the one character that stands for them in merged bodies."""
    with (REFERENCE / "body_letters.csv").open(encoding="utf-8") as lines:
        return {row["letter"]: by_stem()[row["stem"]] for row in csv.DictReader(lines)}


def _read_merged(rest: str) -> Reading | None:
    """教科局, 文体新广局, 科技和经济委员会: the stem cut into functions, longest piece first; null unless all of it is read."""
    for ending, full in _endings_like(rest):
        stem = rest[: -len(ending)]
        if len(stem) > 1 and (found := _cut(LOOSE.sub("", JOINERS.sub("", stem)))):
            return Reading(functions=found, ending=full or ending, stem=stem)
    return None


@functools.lru_cache(4096)
def _cut(stem: str) -> tuple[Function, ...] | None:
    if not stem:
        return ()
    for length in range(len(stem), 0, -1):
        piece = stem[:length]
        function = plain_stems().get(piece) if length > 1 else letters().get(piece)
        if function and (others := _cut(stem[length:])) is not None:
            return tuple(dict.fromkeys((function, *others)))
    return None


@functools.lru_cache(65536)
def is_known(rest: str) -> bool:
    """Whether the tables know a name as it stands, without a place."""
    return read(rest) is not None
