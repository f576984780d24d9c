"""From a corpus to the table of its citations."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..structure import sentence_spans
from ..zh.characters import DIGIT, HANZI
from ..zh.marks import CLAUSE_ENDS, PROSE_STOPS
from ..zh.numerals import HAN_YEAR, ORDINALS
from .document_numbers import Number, arabic, find_numbers
from .relations import goes_both_ways, kind_of, mask_titles, relation_before, relation_of
from .resolution import (
    Answer,
    Catalogue,
    Known,
    head_end,
    is_own,
    is_successor,
    issuer_in_title,
    read_catalogue,
    resolve,
)
from .short_names import ShortName, bare_names, given_names, is_former_name, latest_name, lookup_names
from .title_marks import REPUBLIC, Title, find_titles, title_key, version_year

RELATIONS = {
    "basis": ("依据", "based on"),
    "implements": ("贯彻落实", "implements"),
    "amends": ("修改", "amends"),
    "amended_by": ("据以修改", "amended by"),
    "repeals": ("废止", "repeals"),
    "issues": ("制定发布", "issues"),
    "cites": ("引用", "mentions"),
}
"""What a citing sentence does with the cited document, with the words of both languages."""
KINDS = ("document", "form", "publication", "case", "unknown", "self")
"""What is cited: a document; a certificate, form or contract; a book, newspaper or film; a court's case; a work of
which nothing tells what it is; the citing document itself (本法, 前款)."""
CERTAINTIES = (
    "exact",
    "number",
    "undated",
    "later_version",
    "without_issuer",
    "superseded",
    "self",
    "ambiguous",
    "other_version",
    "generic",
    "absent",
    "not_document",
)
"""How certain the target is; the last five have none. See `find_citations`."""
_TYPES = {
    "doc_id": "str",
    "start": "int64",
    "end": "int64",
    "title": "str",
    "number": "str",
    "issuer": "str",
    "date": "str",
    "relation": "str",
    "kind": "str",
    "work": "str",
    "target_id": "str",
    "target_version": "str",
    "certainty": "str",
    "candidates": "str",
    "named_by": "str",
    "in_title": "bool",
    "sentence": "str",
    "unit_id": "str",
}
COLUMNS = tuple(_TYPES)
"""The columns of `find_citations`."""

_PAREN = re.compile(r"\s*[（(][^（）()《》]{0,40}$")
_GIVING = re.compile(
    r"^[）)]?\s*(?:(?:联合|共同)?(?:发布|公布|颁布|印发|下发|转发|批准|发出|批转|修订|通过)(?:、|和|并)?(?:施行|实施|公布|发布)?的|的)?\s*$"
)
_DAY = re.compile(
    rf"(?P<y>(?:19|20)\d\d|(?:１９|２０)[０-９]{{2}}|{HAN_YEAR})年"
    rf"(?:(?P<m>[{DIGIT}]{{1,2}}|[{ORDINALS}]{{1,3}})月(?:(?P<d>[{DIGIT}]{{1,2}}|[{ORDINALS}]{{1,3}})日)?)?"
)
_GIVEN_ON = re.compile(
    rf"(?:发布|公布|颁布|印发|下发|转发|批准|批转|发出|修订|通过|施行|实施|制定|作出)[^{CLAUSE_ENDS}]{{0,10}}$"
)
_BODY = (
    r"国务院办公厅|国务院|中央军事委员会|中央军委|中共中央办公厅|中共中央|党中央|中央|全国人民代表大会(?:常务委员会)?|全国人大(?:常委会)?|"
    rf"联合国|最高人民法院|最高人民检察院|[{HANZI}]{{1,18}}?(?:人民政府|委员会|常委会|办公室|办公厅|总局|省委|市委|区委|县委|[计经建教科体农民]委|国资委|改革委|发改委|健康委|[部局厅署])"
)
_IS_BODY = re.compile(_BODY)
_ISSUED_BY = re.compile(
    rf"(?P<issuer>(?:{_BODY})(?:[、和 ](?:{_BODY}))*)"
    r"(?:(?:联合|共同)?(?:发布|公布|颁布|印发|下发|转发|批准|批转|发出|制定|制订)(?:施行|实施)?的?)?\s*$"
)
_LEAD = re.compile(
    r"^.*(?:遵守|应当|违反|符合|根据|依据|依照|按照|遵照|参照|贯彻落实|贯彻|落实|执行|实施|批准|由|经|日|月|年|的|对|与|按|原|将|现|是|据|你|我|认真|全面)"
)
_NO_BODY = re.compile(rf"[了着过就]|第[{ORDINALS}]|积极|参加|推动|各级|各地|其他|^国[^务家]|有关|提请|签署")
_TAKES_EFFECT = re.compile(r"自(?P<day>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)起(?:施行|实施|生效)")
_SELF = re.compile(
    r"(?<![基根成版日资样文课脚剧书原])本(?:条例|规定|办法|细则|规则|规程|章程|决定|意见|通知|方案|纲要|规划|计划|公约|协定|准则|"
    r"标准|预案|法(?![院人定律制治庭学国宝官]))|前(?:款|条|项)(?![目路])"
)


def find_citations(corpus: Corpus, *, self_references: bool = False) -> pd.DataFrame:
    """Return every document that the texts cite, what they do with it, and which document of the corpus it is.

    Why: whom a text builds on, carries out, changes and abolishes it says itself, with 《title》 and number. In
    one table this is the network of a policy field.

    Parameters
    ----------
    corpus : Corpus
        Documents, or sections, paragraphs or sentences of documents; best cleaned. The columns `title`, `date`
        (or `year`), `issuing_body`, `place` and `number` of its document variables, as far as they are there,
        say which documents can be cited; without a title the identifier or the first line serves.
    self_references : bool
        With 本法, 本办法, 前款 and the like, as rows of kind `self`.

    Returns
    -------
    DataFrame
        A row a citation, in the order of the texts:

        - `doc_id`: the citing document.
        - `start`, `end`: the title without its marks, or the number, in characters of the unit's text.
        - `title`: as it stands; `""` for a number that stands alone.
        - `number`: in one form (国发〔2021〕11号) whatever brackets and digits the text has; `""` if none.
        - `issuer`: as the number, the words before the title, or the title say it; `""` if none does.
        - `date`: when the cited document was issued, as far as the sentence says (1994-01-28, 2008), else `""`.
        - `relation`: a key of `RELATIONS`. 发布的 and the like before a title say whose it is and are no relation.
        - `kind`: one of `KINDS`.
        - `work`: the title that the citation counts for: short names in full, without 中华人民共和国 and
          version; the number where there is no title.
        - `target_id`: the document of the corpus, in the latest version that is not younger than the citing
          one; `""` where this is not certain.
        - `target_version`: the date of that version.
        - `certainty`: `exact` the title; `number` the number; `undated` the title, but a date is missing, so
          that the version is open; `later_version` the work, but all its versions in the corpus are
          younger than the citing document; `without_issuer` the title but for the issuer at its beginning;
          `superseded` an old name, which the target itself abolished in the sentence of its own repeal clause;
          `self` the citing document. Without target: `ambiguous` several documents fit (`candidates`);
          `other_version` not in the version named; `generic` a title that many documents share;
          `absent` not in the corpus; `not_document` certificates, books, cases.
        - `candidates`: identifiers of all documents or versions that fit, where there are several.
        - `named_by`: `title`, `number`, `short_name` (one that the text gave by 以下简称), or `self`.
        - `in_title`: stands in the title of another citation (《关于修改〈审计法〉的决定》).
        - `sentence`: as it stands.
        - `unit_id`: the corpus's unit.

    See Also
    --------
    build_network : from the table to nodes and edges.

    Notes
    -----
    A sentence counts once for a document that it introduces: the short name given in 以下简称 is no citation of
    its own. Laws named without marks are found only by a short name that the text gave them. How often the table
    is right is measured in benchmarks/citations.md.

    Examples
    --------
    >>> texts = ["根据《中华人民共和国审计法》（以下简称审计法），制定本条例。", "第一条 依法审计。"]
    >>> docvars = pd.DataFrame({"date": ["2010-02-11", "2006-02-28"]}, index=["审计法实施条例", "审计法"])
    >>> found = find_citations(Corpus(texts, docvars))
    >>> found[["title", "relation", "target_id", "target_version", "certainty"]].values.tolist()
    [['中华人民共和国审计法', 'basis', '审计法', '2006-02-28', 'exact']]
    """
    catalogue = read_catalogue(corpus)
    rows: list[dict[str, Any]] = []
    doc_ids = corpus.docvars["doc_id"].astype(str)
    for doc_id, (unit_id, text) in zip(doc_ids, corpus, strict=True):
        reader = _Reader(text, catalogue.documents[doc_id])
        found = reader.citations(self_references=self_references)
        rows += [{**row, "doc_id": doc_id, "unit_id": unit_id} for row in found]
    _note_successors(catalogue, rows)
    for row in rows:
        answer = _answer(catalogue, row)
        row.update(answer._asdict())
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(_TYPES)


def _answer(catalogue: Catalogue, row: dict[str, Any]) -> Answer:
    citing = catalogue.documents[row["doc_id"]]
    if row["named_by"] == "self" or row["own"]:
        return Answer(citing.doc_id, citing.date, "self")
    if row["kind"] not in ("document", "unknown"):
        return Answer("", "", "not_document")
    return resolve(
        catalogue,
        title=row["full"],
        number_key=row["number_key"],
        issuer=row["issuer"],
        citing=citing,
        earlier=row["relation"] == "repeals",
    )


def _note_successors(catalogue: Catalogue, rows: list[dict[str, Any]]) -> None:
    """Enter old names for which a document says that it takes their place."""
    for row in rows:
        citing = catalogue.documents[row["doc_id"]]
        if row["relation"] == "repeals" and row["full"] and is_successor(citing.key, title_key(row["full"])):
            entry = (row["effect"] or citing.date, citing.key)
            known = catalogue.superseded.setdefault(title_key(row["full"]), [])
            if entry not in known:
                known.append(entry)


class _Reader:
    """One text while its citations are read."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.known = known
        self.titles = find_titles(text)
        self.top_numbers = [number for number, title in enumerate(self.titles) if title.outer is None]
        self.top_titles = [self.titles[number] for number in self.top_numbers]
        self.tops = [title.opened for title in self.top_titles]
        self.numbers = find_numbers(text)
        self.names = given_names(text, self.titles)
        self.by_name = lookup_names(self.names)
        self.given_at = {name.start for name in self.names}
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.head = head_end(text)
        self.attached: dict[int, Number] = {}
        self.used: set[int] = set()
        self.kinds: dict[int, str] = {}
        self._attach_numbers()

    def citations(self, *, self_references: bool) -> list[dict[str, Any]]:
        rows = [self._title_row(number, title) for number, title in enumerate(self.titles)]
        rows += [self._number_row(number) for i, number in enumerate(self.numbers) if i not in self.used]
        rows += [self._bare_row(*bare) for bare in bare_names(self.text, self.names, self.titles)]
        if self_references:
            rows += [self._self_row(*match.span()) for match in _SELF.finditer(self.text)]
        found = [row for row in rows if row is not None]
        forms = {row["title"] for row in found if row["kind"] == "form"}
        for row in found:
            if row["title"] in forms and row["kind"] == "document" and goes_both_ways(row["title"]):
                row.update(kind="form", relation="cites")
        return sorted(found, key=lambda row: (row["start"], -row["end"]))

    def _attach_numbers(self) -> None:
        """Give a number in brackets after a title, or one by which it was issued before it, to the title."""
        for i, number in enumerate(self.numbers):
            if self._around(number.start) is not None:
                self.used.add(i)  # part of a title
                continue
            at = bisect_right(self.tops, number.start) - 1
            if at >= 0 and (title := self.top_numbers[at]) not in self.attached:
                between = self.text[self.top_titles[at].closed : number.start]
                if len(between) < 60 and _PAREN.match(between) and not number.is_case:
                    self.attached[title] = number
                    self.used.add(i)
                    continue
            if at + 1 < len(self.tops):
                between = self.text[number.end : self.tops[at + 1]]
                if len(between) < 30 and _GIVING.match(between):
                    self.attached[self.top_numbers[at + 1]] = number
                    self.used.add(i)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the sentence around a span; a title broken by line ends joins the sentences of its lines."""
        begin, stop = self._in_line(start)[0], max(self._in_line(end - 1)[1], end)
        while (title := self._around(begin)) is not None:
            begin = self._in_line(title.opened)[0]
        while (title := self._around(stop)) is not None:
            stop = self._in_line(title.closed - 1)[1]
        return begin, stop

    def _around(self, at: int) -> Title | None:
        """Return the title, not itself nested, that begins before and ends after a character's index."""
        number = bisect_right(self.tops, at - 1) - 1
        title = self.top_titles[number] if number >= 0 else None
        return title if title is not None and title.closed > at else None

    def _in_line(self, at: int) -> tuple[int, int]:
        begin = self.text.rfind("\n", 0, at) + 1
        if begin not in self.spans:
            stop = self.text.find("\n", at)
            line = self.text[begin : stop if stop >= 0 else len(self.text)]
            self.spans[begin] = [(begin + s, begin + e) for s, e in sentence_spans(line)] or [(at, at + 1)]
        spans = self.spans[begin]
        return spans[max(bisect_right(spans, (at, len(self.text) + 1)) - 1, 0)]

    def _context(self, opened: int, closed: int) -> tuple[int, int, str, str]:
        start, end = self._sentence(opened, closed)
        before = mask_titles(self.text[max(start, opened - 400) : opened])
        after = mask_titles(self.text[closed : min(max(end, closed), closed + 300)])
        return start, end, before, after

    def _row(self, start: int, end: int, sentence: tuple[int, int], **values: Any) -> dict[str, Any]:
        row = {
            "start": start,
            "end": end,
            "title": "",
            "number": "",
            "issuer": "",
            "date": "",
            "relation": "cites",
            "kind": "document",
            "work": "",
            "named_by": "title",
            "in_title": False,
            "sentence": self.text[sentence[0] : sentence[1]],
            "full": "",
            "number_key": "",
            "effect": "",
            "own": False,
        }
        return {**row, **values}

    def _short(self, title: str, at: int) -> ShortName | None:
        numbers = self.by_name.get(title_key(title), []) if self.names else []
        if not numbers or self.names[numbers[0]].end > at:
            return None
        return self.names[latest_name(numbers, self.names, at)]

    def _full(self, number: int) -> str:
        title = self.titles[number]
        return self.text[title.start : title.end]

    def _title_row(self, number: int, title: Title) -> dict[str, Any] | None:
        if title.start in self.given_at:
            return None
        text = self.text[title.start : title.end]
        start, end, before, after = self._context(title.opened, title.closed)
        outer = None if title.outer is None else self.titles[title.outer]
        if outer is not None:
            inner = mask_titles(self.text[outer.start : title.opened])
            relation = relation_before(_open_inner(inner)) or "cites"
            kind = kind_of(text, inner, "")
            if kind == "unknown":
                kind = "document"
        else:
            kind = kind_of(text, before, after)
            relation = relation_of(before, after, title=text) if kind in ("document", "unknown") else "cites"
        short = self._short(text, title.start)
        full = text if short is None else self._full(short.title)
        attached = self.attached.get(number) or (self.attached.get(short.title) if short else None)
        if short is not None:
            kind = self.kinds.get(short.title, kind)
        if kind == "unknown" and attached:
            kind = "document"
        self.kinds[number] = kind
        relation = relation if kind in ("document", "unknown") else "cites"
        issuer, date = self._issuer_and_date(before, after, full, attached)
        return self._row(
            title.start,
            title.end,
            (start, end),
            title=text,
            number=attached.number if attached else "",
            issuer=issuer,
            date=date,
            relation=relation,
            kind=kind,
            work=plain_title(full),
            named_by="title" if short is None else "short_name",
            in_title=outer is not None,
            full=full,
            number_key=attached.key if attached else "",
            effect=self._effect(start, end) if relation == "repeals" else "",
            own=is_former_name(before),
        )

    def _effect(self, start: int, end: int) -> str:
        match = _TAKES_EFFECT.search(self.text, max(0, start - 120), end)
        return _iso(_DAY.search(match["day"])) if match else ""

    def _number_row(self, number: Number) -> dict[str, Any]:
        start, end, before, after = self._context(number.start, number.end)
        own = number.end <= self.head and is_own(self.text, number.start, number.end)
        relation = relation_of(before, after, title="")
        if own:
            relation = "amended_by" if relation == "amended_by" else "issues"
        return self._row(
            number.start,
            number.end,
            (start, end),
            number=number.number,
            issuer=number.issuer,
            date=_date_before(before),
            relation="cites" if number.is_case else relation,
            kind="case" if number.is_case else "document",
            work=number.number,
            named_by="number",
            number_key=number.key,
            own=own,
        )

    def _bare_row(self, start: int, end: int, number: int) -> dict[str, Any]:
        short = self.names[number]
        full = self._full(short.title)
        attached = self.attached.get(short.title)
        first, last, before, after = self._context(start, end)
        return self._row(
            start,
            end,
            (first, last),
            title=self.text[start:end],
            number=attached.number if attached else "",
            issuer=attached.issuer if attached else issuer_in_title(full),
            relation=relation_of(before, after, title=full),
            work=plain_title(full),
            named_by="short_name",
            full=full,
            number_key=attached.key if attached else "",
        )

    def _self_row(self, start: int, end: int) -> dict[str, Any]:
        first, last, before, after = self._context(start, end)
        return self._row(
            start,
            end,
            (first, last),
            title=self.text[start:end],
            relation=relation_of(before, after, title=""),
            kind="self",
            work=plain_title(self.known.title),
            named_by="self",
        )

    def _issuer_and_date(self, before: str, after: str, full: str, number: Number | None) -> tuple[str, str]:
        issuer = number.issuer if number else ""
        clause = re.split(f"[{CLAUSE_ENDS}※]", before)[-1]
        if not issuer and (match := _ISSUED_BY.search(clause)):
            issuer = _bodies(_LEAD.sub("", match["issuer"]))
            issuer = "" if _NO_BODY.search(issuer) or (len(issuer) < 3 and issuer != "中央") else issuer
        issuer = issuer or issuer_in_title(full)
        date = _date_before(before) if number is None or before.endswith("的") else ""
        inside = re.match(r"\s*[（(][^（）()]{0,60}", after)
        if not date and inside and (match := _DAY.search(inside.group())) and match["m"]:
            date = _iso(match)
        return issuer, date or version_year(full)


def _bodies(run: str) -> str:
    """Return the bodies at the end of a list, without what stands before them in the sentence."""
    kept: list[str] = []
    for item in reversed(re.split("[、和 ]", run)):
        if not _IS_BODY.fullmatch(item):
            break
        kept.append(item)
    return "、".join(reversed(kept))


def _open_inner(inner: str) -> str:
    """Return the words of an outer title before an inner one, with titles before it in the list masked."""
    return re.sub(r"[〈<＜][^〈〉<>＜＞]*[〉>＞]", "※", inner)


def plain_title(title: str) -> str:
    """Return a title as a reader would cite it: without 中华人民共和国, white space and version.

    Examples
    --------
    >>> plain_title("中华人民共和国审计法（2021年修正）"), plain_title("关于修改<审计法>的决定")
    ('审计法', '关于修改〈审计法〉的决定')
    """
    whole = re.sub(r"\s+", "", title).translate(str.maketrans("<>＜＞()", "〈〉〈〉（）"))
    whole = re.sub(r"（(?:19|20)\d\d年?(?:第?.{0,3}次)?(?:修正|修订|修改|版|本|公布)）$", "", whole)
    whole = whole.replace(f"〈{REPUBLIC}", "〈")
    short = whole.removeprefix(REPUBLIC)
    return short if len(short) > 1 else whole


def _date_before(before: str) -> str:
    clause = re.split(f"[{PROSE_STOPS}※]", before)[-1]
    days = list(_DAY.finditer(clause))
    if not days:
        return ""
    rest = clause[days[-1].end() :]
    given = not rest.strip() or ("：" not in rest and _GIVEN_ON.search(rest))
    return _iso(days[-1]) if given else ""


def _iso(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    parts = [arabic(match["y"]).zfill(4), *[arabic(match[name]).zfill(2) for name in ("m", "d") if match[name]]]
    return "-".join(parts)
