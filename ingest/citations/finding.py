"""Citations: the laws and policies that a document names, each mention one record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.citations.context import Context, contexts, effect_of, kind_of, prints, promulgates, relation_of
from ingest.citations.names import Mention, find_mentions, find_standards, title_spans
from ingest.reaches import reaches
from ingest.records import Citation, DocumentFields, Provision
from ingest.source_text import SourceText, fold, squeeze

_ISSUER = re.compile(
    r"(?:^|根据|按照|依据|依照|遵照|贯彻|落实|执行|实施|[,、和及与])"
    r"(?P<issuer>[一-龥]{0,14}(?:党中央|国务院|政府|办公厅|办公室|委员会|[省市县区盟州旗部委局厅署院办会]|自治区))$"
)


def find_citations(source: SourceText, provisions: Sequence[Provision], fields: DocumentFields) -> tuple[Citation, ...]:
    """Every instrument that the provisions name, in the order of the text; the document's own number is none."""
    own, standards = _own_titles(fields), find_standards(source.folded)
    found: list[Citation] = []
    for provision, start, end in reaches(provisions):
        mentions = find_mentions(source.folded, start, end, standards)
        found += _in_provision(source, provision, mentions, contexts(source.folded, mentions, start, end), own)
    return tuple(record for record in found if record.title != fields.doc_number and ".promulgated" not in record.rule)


def _in_provision(
    source: SourceText, provision: Provision, mentions: list[Mention], around: list[Context], own: set[str]
) -> Iterator[Citation]:
    for mention, context in zip(mentions, around, strict=True):
        record = _record(source, provision, mention, context, own)
        if record.kind == "self" and mention.short:
            own.add(_key(mention.short))  # 《方案》 from here on
        yield record


def _record(source: SourceText, provision: Provision, mention: Mention, context: Context, own: set[str]) -> Citation:
    title = mention.number if mention.rule == "number" and mention.number else mention.title(source.text)
    kind, effect = kind_of(fold(title), mention.number), effect_of(context)
    relation, cue = relation_of(context, provision)
    if _key(title) in own or (effect is None and provision.path.endswith("0") and prints(context)):
        kind, relation, cue = "self", "mentions", "own_text"
    elif effect:
        relation = "mentions"
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
    if printed := re.search(r"印发(.+?)的通知$", folded):
        titles.append(printed[1])
        titles += [folded[start + 1 : end - 1] for start, end in title_spans(folded, 0, len(folded))]
    return {_key(title) for title in titles}


def _key(title: str) -> str:
    return squeeze(fold(title)).strip("《》")
