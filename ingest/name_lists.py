"""Lists of organisations: split into names, each with its place, without breaking names that hold 、 or 和 inside."""

from __future__ import annotations

import re

import msgspec

from ingest.systems import OTHER, is_generic, system_of


class Name(msgspec.Struct, frozen=True):
    """A name in a list; ``start`` and ``end`` count in the text that was split. ``elliptic``: its ending stands further on."""

    text: str
    start: int
    end: int
    elliptic: bool = False


_INNER = r"(?:\([^()]{1,30}\)|\[[^\[\]]{1,30}\])?"
_PLACE_CLASS = r"(?:省|自治区|直辖市|设区的?市|地级市|市州|市|自治州|州|盟|地区|行署|县级市|自治县|县|区|旗|自治旗|民族乡|乡|镇|街道|苏木|兵团)"
# 各省、自治区、直辖市人民政府; 有关设区市、县[区]人民政府; 市、区精神文明建设工作机构: one name, though it holds separators.
_PLACE_LIST = re.compile(
    rf"(?:^|(?<=[、,;:和及与(由等的]))(?:国务院|全省|全市|省内)?(?:各|有关|相关|其他|同级|设区)*{_PLACE_CLASS}{_INNER}"
    rf"(?:[、,和及]{_PLACE_CLASS}{_INNER})+(?=人民政府|政府|党委|[^、,;和及与各]|$)"
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|《[^》]*》")
_END = (
    r"各地区|人民政府|政府|行署|公署|街道办|党委|[省市县区州盟旗地镇乡]委|工委|党组|纪委|党校|部队|军分区|警备区|军委|"
    r"部门|机关|机构|单位|组织|小组|指挥部|联席会议|专班|成员单位|"
    r"办公室|办公厅|研究室|局|厅|委|办|部|院|会|社|行|署|处|队|站|所|中心|公司|集团|海关|学校|大学|学院|园区|新区|开发区|经开区|高新区|自贸区|合作区|管理区|"
    r"中央|工会|妇联|残联|文联|侨联|科协|作协|工商联|社科联|团委|团[省市县区州盟]委|武警|法院|检察院|消防|气象台|馆|库|协|电网|烟草|邮政|铁塔|电信|移动|联通|地方|各地|地区|职能科室"
)
BODY_END = f"(?:(?:乡镇|[县市区旗])\\([^()]{{1,6}}\\)|{_END}|区县|县区|盟市|旗县|省市|城镇|乡镇|共青团|成员)"
"""A regular expression for what names of bodies end in."""
_BODY_END = re.compile(rf"(?:{_END})$")
_CONJUNCTION = re.compile(r"以及|及其|或者|和|及|与|暨|或")
_ETC = re.compile(r"等(?P<kind>[^等、,;]{0,12}(?:部门|单位|机构|组织|政府|地区|地方|区|县|市))?$")
_TAIL = re.compile(r"等$")
_QUALIFIED = re.compile(r"有关|相关|成员|省直|市直|区直|县直|各|其他|行业|主管|政府|区|县|市")

# What looks like a body by its ending and is none: 内部, 社会, 执行, 用人单位, 牵头单位 …
_NO_BODY = re.compile(
    r"(?:[全内外局干]部|社会|机会|大会|不会|协会负责|[执进实试现举履推发流]行|场所|之处|用处|好处|部署|[格布全结]局|"
    r"[举承主协兴创申自查补经]办|(?<!扶贫)开办|(?<!移)民办|公办|社区|城市|超市|餐厅|[用需聘]人单位|用工单位|(?:建设|施工|监理|设计|生产经营|经营|运营|使用|业主|招用|所在|本|该|接收|总承包|分包|"
    r"事业|派遣|牵头|责任|配合|负责|实施|承办|主办|协办|参建|帮扶)单位|(?:牵头|责任|配合|负责|实施|承办|本|该|申请)部门|"
    r"社会组织|群众组织|工作组织|组织机构|(?:医疗|医疗卫生|培训|金融|检测|鉴定|中介|服务|研发|培养|教育|养老|科研|检验检测|认证|托育)机构|"
    r"^[全我本][省市县区州盟旗国]|行业|出行|国家机关|家庭|个人|企业|学校|医院|责任人|负责人|同志|人员)$"
)
# Those who may stand beside a body after 和: 教育主管部门和各类教育机构.
_OTHER_PARTY = re.compile(r"^[^、,;()]{0,8}(?:企业|单位|机构|组织|个人|学校|院校|公民|社会各界|平台|协会)$")
_NO_START = re.compile(
    r"(?:推进|加强|落实|支持|鼓励|指导|督促|完善|建立|健全|开展|实施|做好|强化|加快|引导|推动|提高|通过|依托|充分|积极|进一步|严格|"
    r"依法|统筹|会同|联合|配合|协助|委托|授权|接受|参与|参加|利用|涉及|包括|关于|用于|属于|所属|下属|具体|组织(?!部|处|人事)|协调(?!小组|机构|办)|"
    r"监督|报送?|送|或|并|如|若|其(?!他|它)|该|此|对(?!外|台)|向|为|以(?!工代)|把|将|在|从|按|与|及|和|等|是|无(?!线)|可|应(?!急)|需|要|不(?!动产)|"
    r"未|凡|均|都|也|还|只|使|让|被|给|凭|持|到|至|自(?!治|然|贸)|第|含|经(?!信|济|发|委|贸|科|合|开|管|建|商)|由|拟|请|"
    r"\d|[A-Za-z]|负责|牵头|工作|这|那|我|他|她|它|你|您|每|上述|以上|下列|以下|享受|取得|获得|符合|未经|因)"
)
_PLACE_NAME = re.compile(r"^(?:各|有关|相关|其他)*[\u4e00-\u9fff]{1,8}(?:省|市|县|区|旗|州|盟|乡|镇|街道)$")
# 县(市、区), 旗县, 各类城镇: classes of places.
_CLASS_NAME = re.compile(
    r"^(?:各|有关|相关|其他|各级|各类|受?帮扶)*(?:区县|县区|县市|市县|盟市|旗县|省市|城镇|乡镇|镇街|街镇|[县市区旗乡镇])(?:[(\[][^()]{1,8}[)\]])?$"
)
_LOOSE_END = re.compile(r"组织$|机构$")
# What stands in no name: words that join a body to what it does.
_NO_MIDDLE = re.compile(
    r"[。;:!?“”\"《》<>]|\d{4}年|(?<!职责)的(?!市)|由|按照|根据|依照|依法|应当|给予|要求|调整|申报|设立|为(?!民)|在(?!线)|以(?!工代|上|下|内|及)|"
    r"(?<!面)对(?!外|台|口|策)|进行|开展|(?<![经建])实施(?!局)|制定|负责|牵头|配合|会同|征求"
)
_LONGEST = 34


def compact(text: str) -> tuple[str, list[int]]:
    """``text`` without white space, and where each of its characters stands in ``text``."""
    places = [place for place, char in enumerate(text) if not char.isspace()]
    return "".join(text[place] for place in places), places


def is_body(name: str) -> bool:
    """Whether a name has the form of an organisation, a class of them, or a place that stands for its government."""
    bare = _BRACKETED.sub("", name)
    if not 2 <= len(bare) <= _LONGEST or _NO_START.match(bare) or _NO_BODY.search(bare):
        return False
    if _NO_MIDDLE.search(bare) or (_LOOSE_END.search(bare) and system_of(name) == OTHER):
        return False
    return bool(_BODY_END.search(bare)) or bool(_PLACE_NAME.match(bare)) or bool(_CLASS_NAME.match(name))


def is_party(name: str) -> bool:
    """Whether a name is one of those who may be named beside a body but are none: 企业, 其所在单位."""
    return bool(_OTHER_PARTY.search(name))


def is_known_body(name: str) -> bool:
    """A body whose system the registry knows, or a class of bodies: what running text may name."""
    return is_body(name) and (system_of(name) != OTHER or is_generic(name))


def split_names(text: str) -> tuple[Name, ...]:
    """The items of a list in folded text without white space; items that are no bodies are included.

    >>> [name.text for name in split_names("市发展和改革委员会、各县(市、区)政府和团市委等部门")]
    ['市发展和改革委员会', '各县(市、区)政府', '团市委']
    """
    found: list[Name] = []
    for start, end in _pieces(text):
        found.extend(_item(text, start, end))
    return tuple(_mark_elliptic(found))


def _protected(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _BRACKETED.finditer(text)]
    return spans + [match.span() for match in _PLACE_LIST.finditer(text)]


def _pieces(text: str) -> list[tuple[int, int]]:
    """Spans between separators that stand in no bracket and in no list of places."""
    protected = _protected(text)
    cuts = [m.start() for m in re.finditer(r"[、,;/|]", text) if not any(a <= m.start() < b for a, b in protected)]
    starts = [0, *(cut + 1 for cut in cuts)]
    return [(a, b) for a, b in zip(starts, [*cuts, len(text)], strict=True) if b > a]


def _item(text: str, start: int, end: int) -> list[Name]:
    """One piece: cut at 和, 及 where both sides are bodies; 等有关部门 after a body is a name of its own."""
    cut = _conjunction(text, start, end)
    if cut:
        return _item(text, start, cut[0]) + _item(text, cut[1], end)
    etc = _ETC.search(text, start, end)
    if not etc:
        return [Name(text[start:end], start, end)]
    before = Name(text[start : etc.start()], start, etc.start())
    kind = etc.group("kind")
    if not before.text:
        return []
    if kind and not _BODY_END.search(_BRACKETED.sub("", before.text)) and not _PLACE_NAME.match(before.text):
        return [Name(text[start:end], start, end)]
    named = kind is not None and bool(_QUALIFIED.search(kind.removesuffix("部门")))
    return [before, Name(kind, etc.start() + 1, end)] if kind and named else [before]


def _conjunction(text: str, start: int, end: int) -> tuple[int, int] | None:
    spans = _protected(text)
    for match in _CONJUNCTION.finditer(text, start, end):
        if any(a <= match.start() < b for a, b in spans):
            continue
        left, right = text[start : match.start()], text[match.end() : end]
        if match.group() in ("或者", "或") and is_body(right) and is_party(left):
            return match.start(), match.end()
        shortened = _ETC.sub("", left)
        if (_whole(left) or _whole(shortened)) and (is_body(_TAIL.sub("", right)) or is_party(right) or _is_function(right)):
            return match.start(), match.end()
    return None


def _is_function(words: str) -> bool:
    """同级工商: a function whose body's ending stands further on."""
    return len(words) <= 10 and system_of(words) != OTHER and not _NO_START.match(words) and not _NO_MIDDLE.search(words)


def _whole(name: str) -> bool:
    bare = _BRACKETED.sub("", name)
    return is_body(name) and (bool(_BODY_END.search(bare)) or is_generic(name)) and bare not in ("中央",)


def _mark_elliptic(names: list[Name]) -> list[Name]:
    """公安、民政等部门: 公安 is named by its function only, since the ending stands at the last of them."""
    result: list[Name] = []
    shared = False
    for name in reversed(names):
        complete = is_body(name.text)
        if complete:
            shared = bool(re.search(r"部门$|组织$|机关$|机构$", name.text))
        elliptic = not complete and shared and _is_function(name.text)
        result.append(msgspec.structs.replace(name, elliptic=elliptic))
    return result[::-1]
