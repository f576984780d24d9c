"""Full stops that a page has lost inside its paragraphs, put back where a new sentence evidently begins.

Reason: without them a paragraph of 900 characters is one sentence, and a keyword's example sentence is the whole
page. Every full stop put back is marked *inferred*; no word is added, moved or changed. Not touched: a text
that has full stops inside its paragraphs, and every place where the cues are too weak: it is better to leave two
sentences together than to cut one.
"""

from __future__ import annotations

import re
from functools import cache

from ..edits import Edit

VERSION = 1
LONG_LINE = 150
LONG_TEXT = 500
ENOUGH = 5
"""Strength of the cues (what begins, what ended) from which on a sentence border is evident."""

BEGINS = {
    5: "同志们 各位代表 谢谢 让我们 过去一年 一年来 近年来 今年以来 但也要 这是 这就是 一是 二是 三是 四是 五是 六是 二要 三要 四要 下面 总之 "
    "与此同时 此外 目前 针对 借鉴 现在 严厉打击 严格执行 大力弘扬 一方面",
    4: "我们 坚决 当前 深入开展 大力发展 认真落实 面对 为了 只有 这些 必须 今年 去年 今后 首先 其次 再次 最后 同时 但 但是 然而 加强 深化 健全 强化 坚持 深入 鼓励 重视 高度重视 各级 各地 大力 充分发挥 建立健全 继续加强 "
    "广泛开展 全面落实 全面实施 切实加强 积极参与 积极开展 积极支持 认真贯彻 抓紧 围绕 通过 探索 启动 严格 根据 按照 严肃 要",
    3: "完善 积极 加大 制定 落实 建立 推动 实施 做好 优化 创新 组建 推行 开展 扎实 着力 依法 巩固 支持 办好 出台 抓好 国务院 "
    "规范 引导 搞好 聚焦 倡导 统筹 推进 二季度 一季度 三季度 四季度 上半年 下半年 今天 学习 推广 抓住 努力 以 在 对",
}
ENDS = {
    3: "问题 作用 力度 能力 机制 水平 步伐 进展 行为 成效 格局 局面 体系 成果 合法权益 比重 积极性 责任制 势头 结果 意见 成绩 活力 竞争力 范围 举措 "
    "突破 以上 以内 以下 左右 亿元 万元 万亿元 万人 ％ % 进步 方式 制度 倾斜 覆盖 支撑 保障 示范点 示范区 高地 标杆区 共同体 全链条 政策措施 相适应 资助 勋章 "
    "难题 困难 压力 受益 斗争 活动 步骤 意义 环境 标准 任务 关系 目标 肌理 答卷 评判 团队 材料 基础 根基 温度 动能 办法 方案 模式 经验 挑战 效益 质效 格局 为功",
    2: "建设 发展 改革 工作 政策 管理 试点 服务 监督 合作 治理 整治 行动 升级 稳定 支持 责任 措施 试验 保护 工程 生活 修复 化解 落实 提高 增强 改善 投入 力量 要求",
}
NEVER_LAST = frozenset(
    [
        "的",
        "地",
        "得",
        "和",
        "与",
        "及",
        "以及",
        "或",
        "或者",
        "在",
        "对",
        "对于",
        "把",
        "将",
        "被",
        "由",
        "从",
        "向",
        "为",
        "以",
        "于",
        "要",
        "应",
        "应当",
        "应该",
        "能",
        "能够",
        "可",
        "可以",
        "须",
        "必须",
        "需",
        "需要",
        "会",
        "也",
        "都",
        "还",
        "又",
        "既",
        "更",
        "最",
        "很",
        "不",
        "没有",
        "未",
        "进一步",
        "全面",
        "深入",
        "积极",
        "扎实",
        "大力",
        "切实",
        "着力",
        "持续",
        "不断",
        "加快",
        "继续",
        "认真",
        "充分",
        "有效",
        "依法",
        "坚持",
        "坚决",
        "稳步",
        "逐步",
        "努力",
        "严格",
        "着眼",
        "统筹",
        "协调",
        "协同",
        "推进",
        "推动",
        "加强",
        "加大",
        "促进",
        "支持",
        "鼓励",
        "引导",
        "是",
        "有",
        "使",
        "让",
        "令",
        "并",
        "并且",
        "而",
        "但",
        "而且",
        "各",
        "每",
        "这",
        "那",
        "该",
        "其",
        "所",
        "这些",
        "那些",
        "一些",
        "关于",
        "按照",
        "根据",
        "通过",
        "围绕",
        "针对",
        "经",
        "再",
        "就",
        "才",
        "只",
        "仅",
        "仍",
        "仍然",
        "已",
        "已经",
        "正在",
        "正",
        "我们",
        "他们",
        "我",
        "你",
        "他",
        "它",
        "谁",
        "国家",
        "政府",
        "部门",
        "单位",
        "企业",
        "干部",
        "群众",
        "同志",
        "各级",
        "各地",
        "地方",
        "全党",
        "全国",
        "全社会",
        "中央",
        "机关",
        "党员",
        "全市",
        "全省",
        "党委",
        "代表",
        "委员",
        "人员",
        "人民",
        "首先",
        "同时",
        "必须",
        "了",
        "之",
        "着",
        "过",
        "来",
        "去",
        "如何",
        "怎样",
        "新",
        "大",
        "小",
        "多",
        "高",
        "自主",
        "科技",
        "制度",
        "体制",
        "理论",
        "实践",
        "文化",
        "技术",
        "管理",
        "产品",
        "模式",
        "业态",
        "金融",
        "改革",
        "开放",
        "共同",
        "相互",
        "实行",
        "实施",
        "开展",
        "进行",
        "完善",
        "健全",
        "建立",
        "深化",
        "强化",
        "优化",
        "提高",
        "提升",
        "扩大",
        "保障",
        "维护",
        "发挥",
        "落实",
        "做好",
        "制定",
        "抓好",
        "加以",
        "给予",
        "予以",
        "联合",
        "组织",
        "负责",
        "参与",
        "用于",
        "有利于",
        "致力于",
        "帮助",
        "促使",
    ]
)
AGENT = re.compile(
    "(?:部门|政府|单位|企业|干部|同志|党委|机关|组织|人员|我们|各级|各地|法院|委员会|小组|群众|街道|乡镇|国家|工作|仍|还|也|都|需|就|只|重|主)$"
)
WITH_FRAME = {
    "以": re.compile(
        r"以[^，；。]{2,28}?为(?:抓手|牵引|契机|目标|重点|载体|主线|突破口|引领|核心|导向|基础|主题|统领|中心)"
    ),
    "在": re.compile(r"在[^，；。]{2,16}(?:上|中|方面|下|时|后|期间|领域)，"),
    "对": re.compile(r"对[^，；。]{2,24}，"),
    "学习": re.compile(r"学习[^，；。“]{1,14}“[^”]{1,20}”(?:经验|模式|做法|精神)"),
    "推广": re.compile(r"推广[^，；。“]{0,14}“[^”]{1,20}”(?:经验|模式|做法)"),
}
IS_SUBJECT = re.compile(
    "(?!主要|特别|尤其|[的和与仍依从比都也就才还不更最或等以])[\u3400-\u9fff]{2,3}(?<![然来体直都也就才还只更要])是(?![否非的])"
)
AS_NOUN = re.compile(
    "情况|工作|力度|机制|能力|水平|体系|责任|措施|方案|制度|规划|纲要|意见|办法|目标|任务|进展|成效|、|的|与|了|好|到|在|不|试点|上升|提升|调整|取得|保持|进行|恶化|成长|转变|持久|加强"
)
NEEDS_FIRM_END = frozenset(
    ["要", "实施", "支持", "推进", "统筹", "引导", "落实", "维护", "创新", "我们", "当前", "这些", "去年"]
)
HELD_OPEN = re.compile("(?:把|将|采取|集中|(?<![难可予给足])以(?!来|及|上|内|下|后|前))[^，；：。！？]*$")
"""A clause that has begun so still waits for its verb: 把各方面的积极性 | 引导好."""
CLAUSE_BREAK = "，；：。！？,;:!?\n"
OPENERS, CLOSERS = "“‘《（〔【(", "”’》）〕】)"


def lost_full_stops(text: str) -> bool:
    """Tell whether a text has lost the full stops inside its paragraphs.

    So it is if its lines of 150 characters and more hold 500 characters or more together, with fewer than one
    sentence end in 500 characters, but commas in plenty.

    Examples
    --------
    >>> lost_full_stops("推进依法行政，完善决策机制，加强执法监督" * 40)
    True
    >>> lost_full_stops("推进依法行政。完善决策机制，加强执法监督。" * 40)
    False
    """
    lines = [line for line in text.split("\n") if len(line) >= LONG_LINE]
    total = sum(map(len, lines))
    if total < LONG_TEXT:
        return False
    ends = sum(len(re.findall("[。！？!?]", line.rstrip()[:-8])) for line in lines)
    commas = sum(line.count("，") + line.count(",") for line in lines)
    lists = sum(line.count("；") + line.count(";") for line in lines)
    return ends * LONG_TEXT < total and commas * 60 > total and lists * 2 < commas


def find_sentence_ends(text: str) -> list[Edit]:
    """Return the edits that put full stops back where a new sentence evidently begins.

    Only in a text that has lost them. A border needs a word that begins sentences (下面, 针对, 加强), after a
    word that ends them (保障, 问题, 5%以内) and not after one that cannot (的, 进一步, 各部门), five characters or more into
    its clause.

    Examples
    --------
    >>> text = "为完成全年目标任务提供坚实保障下面，我讲三点意见" + "，依法办事" * 120
    >>> find_sentence_ends(text)[0]
    Edit(start=15, end=15, after='。', certainty='inferred', note='保障 | 下面', alternatives=())
    """
    if not lost_full_stops(text):
        return []
    edits = []
    for match in re.finditer(r"[^\n]+", text):
        for place, note in sentence_borders(match[0]):
            edits.append(Edit(match.start() + place, match.start() + place, "。", "inferred", note))
    return edits


def sentence_borders(line: str) -> list[tuple[int, str]]:
    """Return where full stops are missing in one line: the place, and the words before and after.

    Examples
    --------
    >>> sentence_borders("把行政复议纠错率控制在5%以内针对新兴领域监管空白，探索合规指引")
    [(15, '以内 | 针对')]
    """
    begins, ends = _cues()
    borders = []
    depth = 0
    clause_start = 0
    tokens = _words(line)
    place = 0
    for before, word in zip(["", *tokens], tokens, strict=False):
        if (
            depth == 0
            and place - clause_start >= 5
            and len(line) - place >= 3
            and word[0] not in CLAUSE_BREAK + CLOSERS + "、"
        ):
            strength = _strength(line, place, before, word, begins, ends)
            if strength >= ENOUGH:
                borders.append((place, f"{before} | {word}"))
                clause_start = place
        for sign in word:
            depth += (sign in OPENERS) - (sign in CLOSERS and depth > 0)
            if sign in CLAUSE_BREAK:
                clause_start, depth = place + len(word), 0
        place += len(word)
    return borders


def _strength(
    line: str, place: int, before: str, word: str, begins: dict[str, int], ends: dict[str, int]
) -> int:
    """Say how strongly the words on both sides speak for a sentence border between them."""
    end = max(ends.get(line[place - size : place], 0) for size in range(1, min(4, place) + 1))
    if before in NEVER_LAST and end < 3:
        return 0
    rest = line[place:]
    if word in WITH_FRAME and not WITH_FRAME[word].match(rest):
        return 0
    clause = re.match(f"[^{CLAUSE_BREAK}]*", rest)
    length = len(clause[0]) if clause else 0
    begin = begins.get(word, 0)
    if word in ("要", "必须") and (AGENT.search(line[:place]) or rest.startswith("要由")):
        return 0
    if begin in (3, 4) and word not in WITH_FRAME and (length < 6 or AS_NOUN.match(rest, len(word))):
        return 0
    if begin == 0 and IS_SUBJECT.match(rest):
        begin = 3
    if begin in (3, 4) and HELD_OPEN.search(line[max(0, place - 24) : place]):
        return 0
    if before[-1:] in "”》":
        end = max(end, 1)
    if re.search(r"\d(?:\.\d+)?[%％]$", line[:place]):
        end = max(end, 2)
    if word in NEEDS_FIRM_END and end < 3:
        return 0
    if begin == 5 and before not in NEVER_LAST:
        return begin + end
    return begin + end if begin and end else 0


@cache
def _cues() -> tuple[dict[str, int], dict[str, int]]:
    begins = {word: weight for weight, words in BEGINS.items() for word in words.split()}
    ends = {word: weight for weight, words in ENDS.items() for word in words.split()}
    return begins, ends


def _words(line: str) -> list[str]:
    """Cut a line into words; the phrases that begin sentences stay whole."""
    import rjieba

    begins, _ = _cues()
    tokens: list[str] = [str(token) for token in rjieba.cut(line, False)]
    joined: list[str] = []
    place = 0
    while place < len(tokens):
        for size in (4, 3, 2):
            phrase = "".join(tokens[place : place + size])
            if phrase in begins and place + size <= len(tokens):
                joined.append(phrase)
                place += size
                break
        else:
            joined.append(tokens[place])
            place += 1
    return joined
