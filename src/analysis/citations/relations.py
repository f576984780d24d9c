"""What a sentence does with a document that it names, and what kind of work a title is."""

from __future__ import annotations

import re

from ..zh.marks import CLAUSE_ENDS, STATEMENT_ENDS
from ..zh.numerals import ORDINALS, ZEROS

MASK = "※"
"""Stands for a title whose words must not be read as words of the sentence."""

_ARTICLE = (
    rf"(?:第[{ORDINALS}{ZEROS}\d]+[章节条款项](?:之[{ORDINALS}])?(?:第[{ORDINALS}\d]+[款项])*[、和及至]?)+"
)
_LINK = rf"(?:等(?:法律|法规|规定|文件)*)?(?:{_ARTICLE})?(?:的(?:有关|相关)?规定)?(?:以及|及其|[，,]|[、和与及或兼]|或者)?"
_LIST = re.compile(rf"(?:(?:{MASK}|本[法条规办细]\w{{0,2}}){_LINK}\s*)+$")
_INSIDE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_BRACKET = re.compile(rf"{MASK}\s*[（(][^（）()]{{0,90}}[）)]")
_CLAUSE = re.compile(f"[{CLAUSE_ENDS}]")

_VERBS = re.compile(
    r"(?P<not_done>不再(?:执行|适用|实施)|暂停(?:执行|实施)|调整实施)"
    r"|(?P<repeals>废止|停止执行|停止施行|停止使用|取代)"
    r"|(?P<amends>修改完善|修改|修订|修正|修编|补充修改)"
    r"|(?P<issued>制定(?:和|并|、)?(?:实施|施行)|(?:颁布|公布|发布)(?:、|并)?(?:实施|施行))"
    r"|(?P<implements>学习贯彻|贯彻|落实|实施|执行|施行|履行|推行)"
    r"|(?P<basis>根据|依据|依照|按照|遵照|参照|比照|适用|遵循|(?<![循照])按(?![劳月季年期时])|(?<![归])依(?![法靠托次])|^据)"
    r"|(?P<issues>制定|制订|出台|印发|发布|颁布|公布|发出|下发|通过|批准|签署|签订|缔结|加入|转发|批转|编制|起草|拟定|拟订|提出|作出|做出|下达|推出)"
    r"|(?P<cites>违反|符合|列入|体现|享受|所附|配套)"
)
_ATTRIBUTE = re.compile(r"(?:并?(?:施行|实施|执行|通过))?(?:过)?(?:后)?的")
_OWNED = re.compile(rf"(?:[、和及与](?:{MASK}|本.{{1,3}}?))*的")
_ABOUT = re.compile(r"(?:对于?|就|关于|同)$")
_ANNULLED = re.compile(r"废止|失效|停止执行|停止施行|停止使用")
_SINCE = re.compile(r"\s*(?:自|从|现)")
_GOES_ON = re.compile(rf"{MASK}|^\s*(?:自|从|即|同时|现|应|一律|均|予以|已|相应|一并|并)")
_AMENDED = re.compile(
    rf"^(?:等[^{CLAUSE_ENDS}]{{0,12}})?(?:{_ARTICLE})?\s*(?:作如下|作出如下|作以下|作出以下|进行|予以|作出?)?(?:修改|修订|修正)(?:为|如下|[{CLAUSE_ENDS}]|$)"
)
_CHANGED_BY = re.compile(rf"^[）)]?\s*(?:第[{ORDINALS}\d]+次)?(?:修订|修正|修改|废止)")
_CHANGES = re.compile(r"修改|修正|修订|废止|清理|决定|令第")
_ISSUED = re.compile(
    rf"^(?:[、和及]?{MASK}|等)*(?:[（(][^）)]{{0,30}}[）)])?"
    rf"(?:(?:已经|已由|已|业经|现已|经)[^{STATEMENT_ENDS}]{{0,40}}?(?:公布|颁布|发布|通过|批准|同意|印发|发给|制定|出台)"
    r"|(?:现)?(?:印发|转发|发|发布|公布)给)"
)
_STARTS = re.compile(r"^(?:正式|开始|颁布|公布|全面|付诸|发布|顺利|的)+(?:实施|施行|执行|生效)")


def mask_titles(text: str) -> str:
    """Return a text in which every title, with the bracket after it, is one ※."""
    while (masked := _BRACKET.sub(MASK, _INSIDE.sub(MASK, text))) != text:
        text = masked
    return text


def relation_of(before: str, after: str, *, title: str) -> str:
    """Return what the sentence does with a title, from the words before and after it.

    Parameters
    ----------
    before, after : str
        The sentence up to the title's mark and from it, other titles masked.
    title : str
        The title, `""` for a number.

    Examples
    --------
    >>> relation_of("根据", "，制定本办法。", title="专利法")
    'basis'
    >>> relation_of("国务院发布的", "同时废止。", title="会计人员职权条例")
    'repeals'
    """
    rest = re.split(f"[{STATEMENT_ENDS}]", after, maxsplit=1)[0]
    annulled = _ANNULLED.search(rest)
    if annulled and _is_list(rest[: annulled.end()].split("，")):
        return "repeals"
    if _CHANGED_BY.match(after) and (not title or _CHANGES.search(title)):
        return "amended_by"
    if _AMENDED.match(rest):
        return "amends"
    relation = relation_before(before)
    owned = _OWNED.match(rest) and not re.match(r"的(?:有关|相关|规定|要求|通知|原则|精神)", rest)
    if relation and not (relation == "issues" and owned):
        return relation
    if _ISSUED.match(rest):
        return "issues"
    return "implements" if _STARTS.match(rest) else "cites"


def _is_list(parts: list[str]) -> bool:
    """Return True where all clauses up to the word 废止 belong to it: titles, and when it takes effect."""
    first = all(not part.strip() or part.endswith(MASK) or _SINCE.match(part) for part in parts[:-1])
    return first and (len(parts) == 1 or _GOES_ON.search(parts[-1]) is not None)


def relation_before(before: str) -> str:
    """Return the relation that the verb governing a title states, `""` if none does.

    The verb is the last one in the clause before the list that the title stands in; 发布的 and the like say
    whose document it is, not what is done.

    Examples
    --------
    >>> relation_before("按照国务院发布的"), relation_before("认真贯彻※和")
    ('basis', 'implements')
    """
    listed = _LIST.search(before)
    head = before[: listed.start()] if listed else before
    clause = _CLAUSE.split(head)[-1].lstrip()
    if _ABOUT.search(clause):
        return ""
    blocked = False
    found = list(_VERBS.finditer(clause))
    for match in reversed(found):
        kind = "issues" if match.lastgroup == "issued" else str(match.lastgroup)
        filled = clause.rfind(MASK)
        if filled >= match.end() and not re.search("[、和与及或]", clause[filled:]):
            return ""  # the verb has its object already
        if kind == "issues" and blocked:
            continue
        if kind == "issues" and _ATTRIBUTE.match(clause, match.end()):
            blocked = True
            continue
        if kind == "amends" and clause[match.end() : match.end() + 1] in ("后", "的"):
            continue
        return {"not_done": ""}.get(kind, kind)
    return ""


_DOCUMENT = (
    "宪法|法典|法|条例|规定|办法|细则|决定|决议|通知|意见|方案|规划|纲要|公约|协定|条约|议定书|章程|宣言|声明|公报|通报|简报|计划|报告|准则|标准|目录|名录|"
    "规则|规程|规范|命令|令|指示|通告|公告|批复|复函|函|纪要|守则|要点|制度|白皮书|备忘录|协议|指南|指引|解释|草案|大纲|总则|通则|税则|换文|联合公报|条令|"
    "请示|答复|讲话|预案|政策|战略|倡议|行动|措施|建议|意见稿|修正案|编码|分类|清单|图|补充规定|议程|路线图|框架|基本条件|汇报|公开信|法令|法案|规约|条款|"
    "教程|安排|告[^书]*书|标准体系|规章|章则|训令|布告|说明|要求"
)
_FORM = (
    "许可证|执照|证书|登记证|合格证|资格证|工作证|身份证|证明书|证明|护照|通行证|居住证|证|通知书|告知书|决定书|申请书|委托书|申报书|报告书|建议书|认定书|责任书|"
    "承诺书|意见书|裁定书|判决书|调解书|起诉书|回执|收据|发票|凭证|申请表|登记表|审批表|申报表|备案表|报表|调查表|呈批表|申报单|报关单|通知单|清单|单据|名册|花名册|"
    "名单表|名单|台账|合同|合同书|手册|登记簿|簿|卡|表|单|册|档案|公函|批准书|文书|笔录|提单|保单|标签|登记本|凭单|批件|注册证|证件|联单|批文"
)
_PUBLICATION = (
    "日报|晚报|时报|晨报|早报|商报|周报|(?<!通)(?<!公)(?<!简)(?<!汇)(?<!预)报|周刊|月刊|季刊|学刊|杂志|学报|年鉴|词典|字典|辞典|辞海|全集|文集|选集|文选|诗集|"
    "进行曲|圆舞曲|之歌|颂歌|读本|课本|教科书|丛书|通史|史记|评论员文章|社论"
)
_SUFFIX = re.compile(r"[（(〔\[][^（）()]*[）)〕\]]$")
_IS_DOCUMENT = re.compile(f"(?:{_DOCUMENT})$")
_IS_FORM = re.compile(f"(?:{_FORM})$")
_IS_PUBLICATION = re.compile(f"(?:{_PUBLICATION})$")
_EITHER = re.compile(
    r"(?:清单|目录|名单|表|单|册|手册|报告书|意见书|建议书|合同|说明|图|档案|报告|公函|名录|证明)$"
)
_HANDLED = re.compile(
    r"(?:填写|填报|填具|填制|制作|制发|出具|提交|提供|报送|核发|发给|颁发|发放|领取|取得|持有|持|吊销|缴销|收缴|换发|签发|补发|收到|送达|凭|申领|申请|携带|"
    rf"交验|出示|办理|编造|附具|签订|注销|换领|缴回|审核|获得|没有|无|伪造|签署)(?:了|相应的|有效的|统一的|其)?[^{CLAUSE_ENDS}]{{0,8}}$"
)
_ANNEXED = re.compile(r"所附(?:的)?$")
_ART = re.compile(
    r"(?:电影|影片|故事片|纪录片|电视剧|电视片|动画片|歌剧|京剧|话剧|戏剧|舞剧|小说|歌曲|图书|书籍|专著|著作|文章|题为|名为|诗|画|杂志|报纸|报刊|刊物|节目|刊登|发表了)$"
)
_AS_ART = re.compile(r"^(?:一书|一文|的文章|杂志|节目|栏目|报纸|等报刊|等书|等影片|电影|等剧)")
_USED = re.compile(rf"^(?:{_ARTICLE}|的?(?:有关|相关)?(?:规定|要求|精神|政策|确定|提出|明确))")
_TABLE_OF_LAW = re.compile(r"(?:税目|税率|税额|当量值|限值|费率)")


def kind_of(title: str, before: str, after: str) -> str:
    """Return what kind of work a title is: document, form, publication, or unknown.

    Its last word says it (条例; 许可证; 日报); where that word goes both ways (清单, 表, 目录), the verb
    before it does, since forms are filled in, issued and handed over.

    Examples
    --------
    >>> kind_of("企业法人营业执照", "核发", ""), kind_of("管制清单", "列入", "的物项")
    ('form', 'document')
    >>> kind_of("暂存物品清单", "应当制作", ""), kind_of("人民日报", "", "")
    ('form', 'publication')
    """
    core = _SUFFIX.sub("", title)
    clause = before[-24:]
    if _ART.search(clause) or _AS_ART.match(after):
        return "publication"
    if _EITHER.search(core):
        if _HANDLED.search(clause):
            return "form"
        if _ANNEXED.search(_LIST.sub("", clause)) or _TABLE_OF_LAW.search(core) or not _IS_FORM.search(core):
            return "document"
        return "document" if re.search(r"(?:清单|目录|名录|报告|说明)$", core) or _USED.match(after) else "form"
    if _IS_DOCUMENT.search(core) and not _IS_FORM.search(core):
        return "document"
    if _IS_FORM.search(core):
        return "form"
    if _IS_PUBLICATION.search(core):
        return "publication"
    if _USED.match(after) or re.search(
        r"(?:(?:发布|印发|公布|颁布|通过|制定)的|根据|依照|按照|贯彻|落实|实施|执行|违反)$", clause
    ):
        return "document"
    return "unknown"


_GENRE = (
    r"(?:条例|规定|办法|细则|决定|决议|通知|意见|方案|规划|纲要|公约|协定|条约|议定书|章程|计划|报告|建议|准则|规则|"
    r"标准|目录|清单|通告|公告|公报|批复|函|请示|草案|大纲|指南|预案|说明)"
)
_GENERIC = re.compile(
    rf"^(?:暂行|若干|实施|有关|具体|指导|试行|补充|本)?{_GENRE}(?:草案)?$"
    rf"|^(?:.{{2,12}}?)?(?:关于)?(?:(?:修改|废止|修正|修订|清理|公布|宣布失效|停止执行|取消|调整)(?:和|、|或者)?)+"
    rf"(?:(?:一部分|部分|一批|一些|某些|几[部件]|[{ORDINALS}\d]+[部件项个批])+)?(?:现行)?(?:法律|行政法规|法规|规章|规范性文件|地方性法规|文件|条款|行政审批项目|的|和|、|有关)+(?:问题)?的决定$"
)


def goes_both_ways(title: str) -> bool:
    """Return True for a title whose last word names forms as well as documents: 清单, 表, 报告书."""
    return _EITHER.search(_SUFFIX.sub("", title)) is not None


def is_generic(title: str) -> bool:
    """Return True for a title that many documents share, so that it names none of them.

    Examples
    --------
    >>> is_generic("国务院关于修改部分行政法规的决定"), is_generic("纲要（草案）"), is_generic("预算法")
    (True, True, False)
    """
    return _GENERIC.match(re.sub(r"[\s〈〉<>]", "", _SUFFIX.sub("", title))) is not None
