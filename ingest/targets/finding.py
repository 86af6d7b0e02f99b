"""Targets: each quantity or dated result that a document sets.

A provision is read sentence by sentence and clause by clause. A deadline holds for the list that follows it; in a goal it
holds for the whole provision and for the provisions under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.patterns import first_match, load_patterns
from ingest.reaches import reaches
from ingest.records import DocumentFields, Provision, Target
from ingest.source_text import SourceText, fold
from ingest.targets.clauses import Span, clauses, masked, sentences
from ingest.targets.dates import NONE, Deadline, find_deadlines
from ingest.targets.metric import strip_lead
from ingest.targets.milestones import read_milestone
from ingest.targets.quantities import Quantity, find_quantities
from ingest.targets.records import STRENGTH, Sentence, quantified
from ingest.targets.whole import find_wholes

_FILE = "targets.toml"
_LOST_DASHES = re.compile(r"(?<!\d)(?:19|20)\d\d(?:19|20)\d\d年|\d% \d+(?:\.\d+)?%")
_TITLE_YEAR = re.compile(
    r"(20\d\d)年(?:度)?(?:.{0,12})(?:要点|工作安排|工作计划|重点工作|任务|任务分工|工作方案|实施计划|目标)"
)
_MAY_SET = re.compile(
    r"\d|全部|所有|分之|[一二三四五六七八九十百千万两半](?:个|工作)*[元日天年月小周倍次门项人名成番轮款家米层平公吨辆台户件套]|分贝|十[一二三四五六]?五”?[期时末规]"
)


_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d年度?(?:\d{1,2}月(?:\d{1,2}日)?)?|(?<=[年\d])\d{1,2}月(?:\d{1,2}日)?")
_SETS_NOTHING = frozenset({"interpretation", "qa", "news", "list"})
"""Natures of texts that are about rules, and make none."""
_REPORTING = re.compile(r"(?:函|报告|汇报|通报|说明|预算|决算|总结|情况|回复|答复|公报)$")


@dataclass(frozen=True)
class _Document:
    """What the whole document says for its dates: its year, the year its title sets, whether its text lost its dashes.

    ``reports``: it mostly tells how things are, so that only what is expressly ordered or planned is set.
    """

    year: str | None
    default: str | None
    lost_dashes: bool
    reports: bool


def find_targets(source: SourceText, provisions: Sequence[Provision], fields: DocumentFields) -> tuple[Target, ...]:
    """Every target, standard and milestone that the provisions set, in the order of the text; news and the like set none."""
    if fields.nature in _SETS_NOTHING:
        return ()
    document = _document(source, fields)
    inherited: dict[str | None, Deadline] = {}
    skipped: set[str | None] = set()
    conditions: set[str | None] = set()
    found: list[Target] = []
    for provision, start, end in reaches(source.folded, provisions):
        heading = _heading(source, provision)
        if provision.parent in skipped or (heading and first_match(load_patterns(_FILE, "past_heading"), heading)):
            skipped.add(provision.path)
            continue
        if _states_conditions(source, heading, provision.start, end) or provision.parent in conditions:
            conditions.add(provision.path)
        reader = _Reader(source, provision, document, inherited.get(provision.parent, NONE), provision.path in conditions)
        found += reader.read(start, end)
        if reader.goal:
            inherited[provision.path] = reader.deadline.carried()
    return tuple(sorted(found, key=lambda record: (record.start, record.end, record.value or 0)))


def _heading(source: SourceText, provision: Provision) -> str:
    """The folded heading, empty where the provision has none."""
    if provision.heading_start is None or provision.heading_end is None:
        return fold(provision.heading or "")
    return source.folded[provision.heading_start : provision.heading_end]


def _states_conditions(source: SourceText, heading: str, start: int, end: int) -> bool:
    """Whether the items under the provision say who qualifies (应当具备下列条件:), so that their numbers set nothing."""
    conditions = load_patterns(_FILE, "condition_heading")
    if heading and first_match(conditions, heading):
        return True
    last = source.folded[max(start, end - 40) : end].rstrip()
    return last.endswith((":", "。", "的", "件", "准", "求", "形", "一", "象", "围", "格")) and bool(
        first_match(conditions, last)
    )


def _document(source: SourceText, fields: DocumentFields) -> _Document:
    date = fields.issued_on or fields.published_on
    titled = _TITLE_YEAR.search(fields.title or "")
    lost = _LOST_DASHES.search(source.folded) is not None
    reports = _REPORTING.search(fields.kind or "") or _REPORTING.search(fields.title or "")
    return _Document(date[:4] if date else None, titled[1] if titled else None, lost, reports is not None)


class _Reader:
    """Reads one provision; keeps the deadline in force while it goes."""

    def __init__(
        self, source: SourceText, provision: Provision, document: _Document, deadline: Deadline, eligibility: bool
    ) -> None:
        self.source, self.provision, self.document = source, provision, document
        self.goal = provision.role == "goal" or "目标" in (provision.heading or "")
        self.deadline, self.eligibility = deadline, eligibility

    def read(self, start: int, end: int) -> Iterator[Target]:
        """The targets between the offsets."""
        folded = self.source.folded
        if self.deadline == NONE and not _MAY_SET.search(folded, start, end):
            return
        masks = masked(folded, start, end)
        for sentence in sentences(
            folded, max(start, self.provision.body_start) if start == self.provision.start else start, end
        ):
            yield from self._sentence(sentence, masks)

    def _sentence(self, span: Span, masks: list[Span]) -> Iterator[Target]:
        folded, kept = self.source.folded, self.deadline
        if kept == NONE and not _MAY_SET.search(folded, *span):
            return
        deadlines = find_deadlines(folded, *span, self.document.year)
        if first_match(load_patterns(_FILE, "definition"), folded[span.start : span.end]):
            return
        if self.document.reports and not first_match(load_patterns(_FILE, "set_here"), folded[span.start : span.end]):
            return
        sentence = Sentence(self.provision, self.deadline, self.document.default, self.goal, self.eligibility)
        for clause in clauses(folded, span):
            own = [deadline for deadline in deadlines if clause.start <= deadline.start < clause.end]
            if own:
                sentence.deadline = self.deadline = _merged(own, self.deadline if self.goal else kept)
            yield from self._clause(clause, masks, sentence, bool(own))
        if not self.goal and folded[span.end : span.end + 1] != ";":
            self.deadline = kept

    def _clause(self, clause: Span, masks: list[Span], sentence: Sentence, dated: bool) -> Iterator[Target]:
        if _is_over(sentence.deadline, self.document.year):
            return
        quantities = self._quantities(clause, masks)
        records = list(quantified(self.source, clause, quantities, sentence))
        yield from records
        in_force = sentence.deadline.end > sentence.deadline.start or self.goal
        below_heading = clause.start >= (self.provision.heading_end or 0)
        if not quantities and sentence.deadline.by and in_force and below_heading:
            yield from self._milestone(clause, sentence, dated)

    def _quantities(self, clause: Span, masks: list[Span]) -> list[Quantity]:
        folded = self.source.folded
        found = find_quantities(folded, *clause, self.document.lost_dashes)
        dates = [Span(*match.span()) for match in _DATE.finditer(folded, *clause)]
        spans = [*masks, *dates, Span(self.deadline.start, self.deadline.end)]
        found = [q for q in found if not any(span.start <= q.start < span.end for span in spans)]
        return found or find_wholes(folded, clause, self.goal or self.deadline.by is not None)

    def _milestone(self, clause: Span, sentence: Sentence, dated: bool) -> Iterator[Target]:
        found = read_milestone(
            self.source.folded, clause, Span(sentence.deadline.start, sentence.deadline.end) if dated else None
        )
        if found is None:
            return
        strength = STRENGTH.search(self.source.folded, *clause)
        yield Target(
            path=self.provision.path,
            start=found.start,
            end=found.end,
            rule="targets.milestone",
            text=self.source.text[found.start : found.end],
            metric=strip_lead(found.metric) or None,
            op=None,
            value=None,
            unit=None,
            period=None,
            from_year=sentence.deadline.from_year,
            by=sentence.by,
            kind="milestone",
            strength=strength[0] if strength else None,
        )


def _is_over(deadline: Deadline, year: str | None) -> bool:
    """Whether the date lies before the document's year: then it is a fact about the past."""
    return bool(deadline.by and year and deadline.by[:4] < year)


def _merged(own: list[Deadline], before: Deadline) -> Deadline:
    """The last deadline and the last start that a clause states."""
    by = next((deadline.by for deadline in reversed(own) if deadline.by), None)
    start = next((deadline.from_year for deadline in reversed(own) if deadline.from_year), None)
    return Deadline(by or (None if start else before.by), start, own[-1].start, own[-1].end)
