"""Small made-up extractions, and whole documents as files for a real ingest."""

from __future__ import annotations

from typing import Any

from ingest.records import Citation, DocumentFields, Extraction, Passage, Programme, Provision, Responsibility, Target
from ingest.registry.jurisdictions import find_place

BODY = "加强农民工住房保障工作，完善公共租赁住房制度，扩大住房公积金覆盖面，"


def extraction(
    number: str | None = "测政发〔2015〕1号",
    *,
    title: str | None = "测试市人民政府关于住房保障工作的实施意见",
    issuer: str | None = "吉安市人民政府",
    place: str | None = "吉安市",
    issued_on: str | None = "2015-03-01",
    body: str = BODY * 4,
    duties: tuple[tuple[str, str, str], ...] = (("市城建局", "housing", "lead"),),
    cites: tuple[tuple[str, str | None, str], ...] = (),
    furniture: str = "",
    extractor: str = "e1",
    **more: Any,
) -> Extraction:
    """One document with a section, a measure and the facts asked for."""
    head = f"{furniture}一、住房\n"
    names = "、".join(name for name, _, _ in duties)
    cited = "".join(f"《{name}》" for name, _, _ in cites)
    text = f"{head}（一）保障住房。{body}{cited}（{names}）"
    start = len(head)
    return Extraction(
        file="sample.txt",
        source_text=text,
        document=DocumentFields(
            title=title,
            doc_number=number,
            issuers=(issuer,) if issuer else (),
            jurisdiction=place,
            level=found.level if (found := find_place(place or "")) else None,
            kind="实施意见",
            issued_on=issued_on,
        ),
        provisions=(
            Provision(
                path="1", start=len(furniture), end=start, rule="t", heading="住房", role="section", body_start=start,
                subtree_end=len(text), marker="一、",
            ),
            Provision(
                path="1.1", start=start, end=len(text), rule="t", heading="保障住房", role="measure", body_start=start + 8,
                subtree_end=len(text), parent="1", order=1, marker="（一）",
            ),
        ),
        responsibilities=tuple(
            Responsibility(
                path="1.1", start=text.rindex(name), end=text.rindex(name) + len(name), rule="t", name=name, system=system,
                role=role, generic=False, stated="bracket",
            )
            for name, system, role in duties
        ),
        citations=tuple(
            Citation(
                path="1.1", start=text.index(f"《{name}"), end=text.index(f"《{name}") + len(name) + 2, rule="t", title=name,
                doc_number=number, relation=relation, kind="policy",
            )
            for name, number, relation in cites
        ),
        targets=(
            Target(
                path="1.1", start=start, end=start + 5, rule="t", text="覆盖率达到95.5%", metric="覆盖率", op=">=", value=95.5,
                unit="%", period=None, from_year=None, by="2017", kind="target",
            ),
        ),
        programmes=(Programme(path="0", start=0, end=2, rule="t", name="安居工程"),),
        boilerplate=(Passage(start=0, end=len(furniture), label="furniture"),) if furniture else (),
        not_understood=(Passage(start=start, end=start + 3, label="number"),),
        warnings=("a warning",),
        extractor=extractor,
        **more,
    )  # fmt: skip


DOCUMENT = """测试〔{n}〕号

{place}人民政府关于做好第{n}项农民工工作的实施意见

各县（市、区）人民政府：

为贯彻落实《国务院关于进一步做好为农民工服务工作的意见》（国发〔2014〕40号），制定本意见。

一、稳定就业

（一）加强职业技能培训。每年培训农民工{n}000人次以上。（市人力资源社会保障局牵头，市教育局、市财政局配合）

（二）改善居住条件。到2017年，公共租赁住房覆盖面达到{n}0%。（市住房城乡建设局负责）

{more}
{place}人民政府
2015年6月{n}日
"""


def document_text(n: int, place: str = "吉安市", more: str = "") -> str:
    """A whole document as a file would hold it."""
    return DOCUMENT.format(n=n, place=place, more=more)


OPINION = "内蒙古自治区人民政府关于农牧民工的实施意见"
BASIS = (("国务院关于甲的意见", "国发〔2014〕40号", "basis"), ("老年人权益保障法", None, "implements"))
DUTIES = (("市住建局", "housing", "lead"), ("财政局", "finance", "support"), ("教科局", "education+science", "support"))
PLACES = (
    ("内蒙古自治区", "内政发", "2015-08-01"),
    ("二连浩特市", "二政发", "2016-01-26"),
    ("昆明市", "昆政发", "2015-11-02"),
    ("呼和浩特市", "呼政发", None),
)
"""Place, agency of the numbers, day."""


def of_four_places() -> list[Extraction]:
    """Documents of four places; the two lower ones of Inner Mongolia cite its own."""
    found = []
    for n, (place, agency, day) in enumerate(PLACES):
        basis = BASIS if n in (0, 2) else ((OPINION, "内政发〔2015〕1号", "basis"), *BASIS[1:])
        given = extraction(
            f"{agency}〔2015〕1号", title=OPINION if n == 0 else f"{place}意见",
            issuer=f"{place}人民政府", place=place, issued_on=day, cites=basis, body=f"{place}自有规定，" * 20,
            duties=DUTIES,
        )  # fmt: skip
        found.append(given)
    return found
