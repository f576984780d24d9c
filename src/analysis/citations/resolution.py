"""Which document of the corpus a citation names, in which version, and how certain that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ..corpus import Corpus
from ..zh.characters import has_chinese
from ..zh.marks import CLAUSE_ENDS
from ..zh.numerals import ORDINALS
from .document_numbers import Number, find_numbers
from .relations import is_generic
from .title_marks import title_key, version_year

_DATED = re.compile(r"[（(](?P<date>(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)[）)]$")
_ISSUER = re.compile(
    r"^(?P<issuer>.{2,40}?(?:院|厅|部|委|局|会|府|央|署|办|行|军|团|室|省|市|区|县))(?=关于|批转|转发|印发)"
)
_STEM = re.compile(r"(?:暂行|试行)?(?:条例|办法|规定|法|规则|规章|细则)$")
_HEAD = 1500
_FIRST_ARTICLE = re.compile(r"^\W*第[一1](?:条|章)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the corpus, as far as others can name it."""

    doc_id: str
    title: str
    key: str
    date: str
    issuer: str
    place: str
    numbers: tuple[str, ...]


class Answer(NamedTuple):
    """A document, the date of its version, how certain, and the documents that it could be as well."""

    target_id: str
    target_version: str
    certainty: str
    candidates: str = ""


@dataclass
class Catalogue:
    """The documents of a corpus by title, by title without issuer, and by number."""

    documents: dict[str, Known]
    by_key: dict[str, list[Known]] = field(default_factory=dict)
    by_matter: dict[str, list[Known]] = field(default_factory=dict)
    by_number: dict[str, list[Known]] = field(default_factory=dict)
    superseded: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Title key → (effective date, key of the document that says it takes its place)."""


def read_catalogue(corpus: Corpus) -> Catalogue:
    """Return what the documents of a corpus are called, when they date from, and which numbers they bear.

    The title is the column `title`, else the identifier where it is written in Chinese (预算法(2018-12-29)),
    else the first line. The date is the column `date`, else a date in brackets at the end of identifier or
    title, else `year`.
    """
    docvars = corpus.docvars
    catalogue = Catalogue({})
    seen: set[str] = set()
    column = {
        name: [
            "" if missing else str(value)
            for value, missing in zip(docvars[name], docvars[name].isna(), strict=True)
        ]
        if name in docvars.columns
        else [""] * len(docvars)
        for name in ("title", "date", "year", "issuing_body", "place", "number")
    }
    for row, (doc_id, text) in enumerate(zip(docvars["doc_id"].astype(str), corpus.texts, strict=True)):
        if doc_id in seen:
            continue
        seen.add(doc_id)
        title = column["title"][row] or (doc_id if has_chinese(doc_id) else _first_line(text))
        dated = _DATED.search(doc_id) or _DATED.search(title)
        date = column["date"][row] or (dated["date"] if dated else column["year"][row].removesuffix(".0"))
        title = _DATED.sub("", title)
        numbers = [number.key for number in find_numbers(column["number"][row])]
        numbers += [number.key for number in own_numbers(text)]
        known = Known(
            doc_id,
            title,
            title_key(title),
            date or version_year(title),
            column["issuing_body"][row],
            column["place"][row],
            tuple(dict.fromkeys(numbers)),
        )
        catalogue.documents[doc_id] = known
        catalogue.by_key.setdefault(known.key, []).append(known)
        matter = matter_of(known.key)
        if matter != known.key or matter.startswith("关于"):
            catalogue.by_matter.setdefault(matter, []).append(known)
        for key in known.numbers:
            catalogue.by_number.setdefault(key, []).append(known)
    return catalogue


def _first_line(text: str) -> str:
    line = next((line.strip(" #\u3000\t") for line in text.splitlines() if line.strip(" #\u3000\t")), "")
    return line if len(line) <= 80 and not line.endswith(("。", "，", "；", "：")) else ""


def head_end(text: str) -> int:
    """Return where the head of a document ends: its title, numbers and dates stand before its first article."""
    first = _FIRST_ARTICLE.search(text, 0, _HEAD)
    return first.start() if first else min(len(text), _HEAD)


def own_numbers(text: str) -> list[Number]:
    """Return the numbers in the head of a document that are its own.

    These are a number on a line of its own, one after 发文字号：, and one that 发布, 公布 or 修订 follows, as
    in the line 2018年11月6日 国务院令第706号公布.
    """
    head = text[: head_end(text)]
    return [number for number in find_numbers(head) if is_own(text, number.start, number.end)]


_LABELLED = re.compile(r"(?:文号|字号)\s*[：:]\s*$")
_PROMULGATED = re.compile(
    rf"^(?:[、和][^{CLAUSE_ENDS}《]{{2,40}}?号)*\s*(?:(?:发布|公布|颁布|批准|发|令)(?:施行|实施)?(?!的)|(?:第[{ORDINALS}\d]+次)?(?:修订|修正|修改)(?!的))"
)
_DATE_BEFORE = re.compile(r"(?:^|[日年 \u3000（(、\n])$")


def is_own(text: str, start: int, end: int) -> bool:
    """Return True where the number at `start, end` in the head of a document is the document's own."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)].strip(" \u3000\r（）()")
    if line == text[start:end].strip():
        return True
    before, after = text[begin:start], text[end : end + 60].split("\n")[0]
    if _LABELLED.search(before):
        return True
    return "《" not in before[-30:] and bool(_PROMULGATED.match(after)) and bool(_DATE_BEFORE.search(before))


def matter_of(key: str) -> str:
    """Return a title key without the issuer at its beginning.

    Examples
    --------
    >>> matter_of("国务院关于进一步加强农村教育工作的决定")
    '关于进一步加强农村教育工作的决定'
    """
    match = _ISSUER.match(key)
    return key[match.end() :] if match else key


def issuer_in_title(title: str) -> str:
    """Return the issuer that a title begins with, `""` if it begins with none."""
    match = _ISSUER.match(title)
    return match["issuer"] if match else ""


def is_successor(key: str, old: str) -> bool:
    """Return True where two titles differ only in their genre: 治安管理处罚法 and 治安管理处罚条例."""
    stem = _STEM.sub("", old)
    return key != old and len(stem) > 1 and stem == _STEM.sub("", key)


def resolve(
    catalogue: Catalogue,
    *,
    title: str,
    number_key: str,
    issuer: str,
    citing: Known,
    earlier: bool = False,
) -> Answer:
    """Return the document that a title or number names. What is not certain has no target.

    `earlier` is for repeals: a document that abolishes one of its own title means an older version.
    """
    year = version_year(title)
    key = title_key(title) if title else ""
    if number_key and (numbered := catalogue.by_number.get(number_key)):
        same = [known for known in numbered if not title or _same_title(known, key)]
        if len({known.key for known in same}) == 1:
            answer = _version(same, citing, year)
            return answer._replace(certainty="number") if answer.certainty in ("exact", "undated") else answer
    if not title:
        return Answer("", "", "absent")
    found = catalogue.by_key.get(key, [])
    if key == citing.key and earlier:
        found = [known for known in found if known.date and known.date < citing.date]
    elif key == citing.key and not year:
        return Answer(citing.doc_id, citing.date, "self")
    if is_generic(title) and not (found and number_key):
        return Answer("", "", "generic")
    if number_key:  # a document that bears another number of the same kind is another document
        found = [known for known in found if not _other_number(known, number_key)]
    if found:
        return _among(found, citing, year, issuer)
    matter = matter_of(key)
    if matter.startswith("关于"):
        stated = issuer_in_title(key) or issuer
        near = [
            known
            for known in catalogue.by_matter.get(matter, [])
            if not (number_key and _other_number(known, number_key))
        ]
        agreeing = [known for known in near if _agree(stated, issuer_in_title(known.key) or known.issuer)]
        if agreeing:
            answer = _among(agreeing, citing, year, issuer)
            owner = issuer_in_title(agreeing[0].key) or agreeing[0].issuer
            return (
                answer
                if owner == stated or not answer.target_id
                else answer._replace(
                    certainty="without_issuer" if answer.certainty in ("exact", "undated") else answer.certainty
                )
            )
    for since, successor in catalogue.superseded.get(key, []):
        if successor != citing.key and since and citing.date and citing.date >= since[: len(citing.date)]:
            answer = _among(catalogue.by_key[successor], citing, "", "")
            if answer.target_id:
                return answer._replace(certainty="superseded")
    return Answer("", "", "absent")


def _same_title(known: Known, key: str) -> bool:
    return known.key == key or matter_of(known.key) == matter_of(key)


def _other_number(known: Known, number_key: str) -> bool:
    series = number_key.split("|")[0]
    same = {key for key in known.numbers if key.split("|")[0] == series}
    return bool(same) and number_key not in same


def _agree(stated: str, owner: str) -> bool:
    if not stated or not owner:
        return True
    return stated in owner or owner in stated


def _among(found: list[Known], citing: Known, year: str, issuer: str) -> Answer:
    """Return the version of one work; documents of several issuers or places are several works."""
    works: dict[tuple[str, str], list[Known]] = {}
    for known in found:
        works.setdefault((known.issuer, known.place), []).append(known)
    if len(works) > 1:
        right = [known for known in found if issuer and known.issuer and _agree(issuer, known.issuer)]
        if len({(known.issuer, known.place) for known in right}) != 1:
            return Answer("", "", "ambiguous", _list(found))
        found = right
    return _version(found, citing, year)


def _version(found: list[Known], citing: Known, year: str) -> Answer:
    if year:
        named = [known for known in found if known.date.startswith(year)]
        if len(named) == 1:
            return Answer(named[0].doc_id, named[0].date, "exact")
        return Answer("", "", "other_version" if not named else "ambiguous", _list(found))
    if len({known.date for known in found}) < len(found):
        return Answer("", "", "ambiguous", _list(found))
    if not citing.date or not all(known.date for known in found):
        if len(found) == 1:
            return Answer(found[0].doc_id, found[0].date, "undated")
        return Answer("", "", "ambiguous", _list(found))
    past = [known for known in found if known.date[: len(citing.date)] <= citing.date]
    others = _list(found) if len(found) > 1 else ""
    if past:
        last = max(past, key=lambda known: known.date)
        return Answer(last.doc_id, last.date, "exact", others)
    first = min(found, key=lambda known: known.date)
    return Answer(first.doc_id, first.date, "later_version", others)


def _list(found: list[Known]) -> str:
    return " ".join(sorted(known.doc_id for known in found))
