"""Citations: the laws and policies that a document names, each mention one record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.citations.context import Context, contexts, effect_of, is_planned, kind_of, prints, promulgates, relation_of
from ingest.citations.names import Mention, Named, find_mentions, title_spans
from ingest.reaches import reaches
from ingest.records import Citation, DocumentFields, Effect, InstrumentKind, Provision
from ingest.source_text import SourceText, fold, squeeze

_ISSUER = re.compile(
    r"(?:^|根据|按照|依据|依照|遵照|贯彻|落实|执行|实施|据|[,、和及与])"
    r"(?P<issuer>[一-龥]{0,14}(?:党中央|国务院|政府|办公厅|办公室|委员会|[省市县区盟州旗部委局厅署院办会]|自治区))$"
)

_AMENDING = re.compile(r"修[改正订].*决定$")
_AMENDED = re.compile(r"[^,。;]{0,12}修[正订改]")
_PRINTED = re.compile(r"(?:印发|转发|批转|发布|公布|颁布)(?P<text>.+?)的?(?:通知|公告|通告|令|决定)$")
_BETWEEN = re.compile(r"(?:[、,和及与 ]|以及|[一-龥]{2,16}(?:委|部|局|办|厅|制定的|起草的|提出的)等?(?:部门|单位)?)*")
_ANNEXED = re.compile(r" ?\((?:[^()]{0,40}[,;])?(?:详?见)?附[件表后]")


def find_citations(source: SourceText, provisions: Sequence[Provision], fields: DocumentFields) -> tuple[Citation, ...]:
    """Every instrument that the provisions name, in the order of the text; the document's own number is none."""
    named = Named.of(source.folded)
    reader = _Reader(source, _own_titles(fields), fields.doc_number)
    found: list[Citation] = []
    for provision, start, end in reaches(source.folded, provisions):
        mentions = find_mentions(source.folded, start, end, named)
        around = contexts(source.folded, mentions, start, end)
        pairs = zip(mentions, around, strict=True)
        found += [reader.read(provision, *pair) for pair in pairs if not is_planned(*pair, provision)]
    return tuple(record for record in found if record.title != fields.doc_number and ".promulgated" not in record.rule)


@dataclass
class _Reader:
    """Turns mentions into records in the order of the text, and keeps what has got a short name on the way."""

    source: SourceText
    own: set[str]
    number: str | None
    named: dict[str, tuple[str, InstrumentKind]] = field(default_factory=dict)

    def read(self, provision: Provision, mention: Mention, context: Context) -> Citation:
        """The record of one mention."""
        record = _record(self, provision, mention, context)
        if record.kind == "self":
            self.own |= {_key(record.title), _key(mention.short or record.title)}  # 《方案》 from here on
        elif mention.short:
            self.named[_key(mention.short)] = (record.full_title or record.title, record.kind)
        return record

    def is_own(self, title: str, mention: Mention, effect: Effect | None) -> bool:
        """Whether the words name this very text; one that is repealed, or bears another number, is a former one."""
        former = effect == "repeals" or (mention.number and self.number and mention.number != self.number)
        return _key(title) in self.own and not former


def _record(reader: _Reader, provision: Provision, mention: Mention, context: Context) -> Citation:
    title = mention.number if mention.rule == "number" and mention.number else mention.title(reader.source.text)
    kind, effect = kind_of(squeeze(fold(title)), mention.number, context), effect_of(context)
    full, kind = reader.named.get(_key(title), (None, kind))
    relation, cue = relation_of(context, provision)
    printed = full is None and effect is None and provision.path.endswith("0") and prints(context)
    printed = printed or _ANNEXED.match(reader.source.folded, mention.end) is not None
    if reader.is_own(title, mention, effect) or printed:
        kind, relation, cue = "self", "mentions", "own_text"
    elif effect:
        relation = "mentions"
    elif _AMENDING.search(title) and _AMENDED.match(context.after):
        relation, cue = "mentions", "amended_by"  # the history in a statute's masthead
    elif mention.rule == "number" and provision.path.endswith("0") and promulgates(context):
        cue = "promulgated"  # 国务院令第135号发布 above a statute is its own number
    return Citation(
        path=provision.path,
        start=mention.start,
        end=mention.end,
        rule=f"citations.{mention.rule}.{cue}",
        title=title,
        doc_number=mention.number,
        relation=relation,
        kind=kind,
        pinpoint=mention.pinpoint,
        effect=effect,
        issuer=_issuer(context, mention),
        full_title=full,
    )


def _issuer(context: Context, mention: Mention) -> str | None:
    """The body named directly before a title: 市政府《关于…的意见》."""
    if mention.rule != "titled":
        return None
    found = _ISSUER.search(context.before[-24:])
    return found["issuer"] if found else None


def _own_titles(fields: DocumentFields) -> set[str]:
    """The document's title, and that of the text which it says it prints, in comparable form."""
    if not fields.title:
        return set()
    folded = fold(fields.title)
    titles = [fields.title]
    if printed := _PRINTED.search(folded):
        titles.append(printed["text"])
        titles += [printed["text"][first + 1 : last - 1] for first, last in _listed(printed["text"])]
    return {_key(title) for title in titles}


def _listed(printed: str) -> Iterator[tuple[int, int]]:
    """The titles of what is printed, which stand by themselves: 《甲》和《乙》, not 贯彻落实《甲》措施."""
    done = 0
    for first, last in title_spans(printed, 0, len(printed)):
        if not _BETWEEN.fullmatch(printed[done:first]):
            return
        yield first, last
        done = last


def _key(title: str) -> str:
    return squeeze(fold(title)).strip("《》")
