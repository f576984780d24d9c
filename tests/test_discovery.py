"""Discovery proposes what a text marks and repeats, and nothing that the dictionary has."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Corpus, CorpusError, discover_terms, segment, track_terms
from analysis.discovery import extend_dictionary
from analysis.discovery.discover import candidates_in
from analysis.discovery.evidence import Candidates
from analysis.discovery.likelihood import load_weights, log_odds, measure_rivalry
from analysis.discovery.spans import find_spans
from analysis.discovery.substring_counts import count_substrings

NOTHING = pd.DataFrame({"term": ["一个都不会出现的词"]})


def corpus_of(*texts: str) -> Corpus:
    return Corpus(texts, pd.DataFrame(index=[f"甲{number}" for number in range(len(texts))]))


def found(*texts: str, min_count: int = 2) -> pd.DataFrame:
    return discover_terms(corpus_of(*texts), min_count=min_count, known=NOTHING).set_index("term")


def test_a_quoted_phrase_and_a_formula_are_found_from_the_first_occurrence():
    table = found("推行“云上议事”模式，建立“1+3+1”工作体系。")
    assert table.loc["云上议事", "kind"] == "quoted"
    assert "1+3+1" in table.index


def test_numbered_slogans_are_found():
    table = found("坚持“六平台两基地”功能定位，落实一规划两纲要。")
    assert "六平台两基地" in table.index
    assert "一规划两纲要" in table.index


def test_a_group_of_one_is_no_numbered_slogan():
    table = found("建设一批世界一流大学，一心一意谋发展，一件十分严肃的事，落实四减三补贴。", min_count=1)
    assert set(table.index[table["kind"] == "numbered"]) == {"四减三补贴"}


def test_a_proposal_is_never_longer_than_a_term_may_be():
    text = "推进京津冀协同发展、长江经济带发展、粤港澳大湾区建设、黄河流域生态保护、海南自由贸易港建设。"
    assert found(text, min_count=1).index.str.len().max() <= 30


def test_known_terms_are_checked_and_one_text_is_no_list():
    with pytest.raises(CorpusError, match="has no column 'term'"):
        discover_terms(corpus_of("依法行政。"), known=pd.DataFrame({"word": ["依法行政"]}))
    with pytest.raises(ValueError, match="chosen is one text"):
        extend_dictionary(pd.DataFrame({"term": []}), terms=NOTHING, chosen="法治环境")


def test_a_quantity_in_chinese_numerals_is_no_slogan():
    table = found("产量一亿三千八百万吨，收入一万七千四百亿元，共七十一个。")
    assert not (table["kind"] == "numbered").any()


def test_a_quotation_that_is_never_closed_quotes_nothing_after_its_sentence():
    table = found("他说：“要抓落实。\n学习雷锋、银杏议事、云上议事，全民参与。推行“云上直播”。", min_count=1)
    assert set(table.index[table["kind"] == "quoted"]) == {"云上直播"}


def test_a_name_with_a_quotation_inside_is_one_proposal():
    table = found("持续深化“放管服”改革，优化营商环境。")
    assert "“放管服”改革" in table.index


def test_an_enumeration_and_clauses_of_one_length_are_proposed_whole():
    table = found("统筹稳增长、促改革、调结构，发扬自力更生，艰苦奋斗的精神。")
    assert table.loc["稳增长、促改革、调结构", "kind"] == "parallel"
    assert "自力更生，艰苦奋斗" in table.index


def test_quotation_marks_in_a_proposal_stand_in_pairs():
    text = (
        "落实“三重一大”决策制度，把“一件事”办好，“双随机、一公开”监管全覆盖。认同“九二共识”和“港人治港”方针。"
    )
    for term in found(text, min_count=1).index:
        depth = [term[:end].count("“") - term[:end].count("”") for end in range(len(term) + 1)]
        assert min(depth) == depth[-1] == 0, term


def test_an_enumeration_in_quotes_gives_its_parts_as_well():
    table = found("落实“五个一律、五个零容忍”要求。")
    assert {"五个一律", "五个零容忍"} <= set(table.index)


def test_a_repeated_phrase_is_found_with_its_documents_and_sentence():
    table = found("建设银杏街区。打造银杏街区。", "提升银杏街区品质。")
    row = table.loc["银杏街区"]
    assert (row["count"], row["n_docs"], row["doc_id"], row["start"]) == (3, 2, "甲0", 2)
    assert row["sentence"] == "建设银杏街区。"


def test_what_the_dictionary_has_is_not_proposed():
    known = pd.DataFrame({"term": ["云上议事"]})
    table = discover_terms(corpus_of("推行“云上议事”模式。"), min_count=1, known=known)
    assert "云上议事" not in set(table["term"])


def test_the_order_of_documents_changes_no_score():
    texts = ["建设银杏街区。打造银杏街区。推行“云上议事”。", "提升银杏街区品质。", "“云上议事”好。"]
    forward, back = found(*texts), found(*texts[::-1])
    columns = ["kind", "count", "n_docs", "score"]
    pd.testing.assert_frame_equal(forward[columns], back[columns])


def test_a_text_that_is_pasted_twice_is_ranked_as_if_it_stood_once():
    text = "各地要建设银杏街区，形成街区议事制度，方便群众办事。今年继续打造银杏街区，推行“云上议事”。"
    single, double = found(text), found(text + "\n" + text)
    assert list(single.index) == list(double.index)
    assert single["score"].tolist() == double["score"].tolist()
    assert (double["count"] == 2 * single["count"]).all()


def test_a_quantity_of_one_word_is_not_proposed():
    assert not [term for term in found("产量七千零三十四亿斤，面积六千六百零四万亩。").index if "千" in term]


def test_every_span_is_one_string_and_every_string_one_candidate():
    text = "坚持依法行政、依法治区，依法行政（试点）“一网通办”，依法行政。全面、协调、可持续发展。"
    spans = find_spans(segment(corpus_of(text, text[::-1])))
    names = [text_of(spans, number) for number in range(len(spans.first))]
    by_group = dict(zip(spans.group.tolist(), names, strict=True))
    assert [by_group[group] for group in spans.group.tolist()] == names
    assert len(set(names)) == len(by_group)
    assert {"全面、协调、可持续发展", "依法行政（试点）", "“一网通办”，依法行政"} & set(names) == {
        "全面、协调、可持续发展",
        "依法行政（试点）",
    }


def text_of(spans, number):
    tokens = spans.tokens
    return "".join(
        tokens.types[token] for token in tokens.type_ids[spans.first[number] : spans.last[number] + 1]
    )


def test_rivals_are_those_of_a_plain_comparison():
    spans = find_spans(segment(corpus_of("推进法治政府建设和法治社会建设。", "法治政府建设年。")))
    candidates = Candidates(spans)
    alone = np.random.default_rng(7).normal(size=len(candidates))
    chosen = np.arange(len(candidates)) % 3 != 0
    measured = measure_rivalry(candidates, alone, chosen)
    places = list(zip(spans.begin[spans.first], spans.end[spans.last], spans.group, strict=True))
    for number in np.flatnonzero(chosen).tolist():
        rows = []
        mine = [(begin, end) for begin, end, group in places if group == number]
        for begin, end in mine:
            best = [-np.inf] * 3
            for low, high, other in places:
                if not chosen[other] or (low, high) == (begin, end) or low >= end or high <= begin:
                    continue
                holds, held = low <= begin and high >= end, low >= begin and high <= end
                relation = 0 if holds else 1 if held else 2
                best[relation] = max(best[relation], alone[other] - alone[number])
            rows.append([v for b in best for v in (max(b, -4.0), max(b, 0.0))])
        np.testing.assert_allclose(measured[number], np.mean(rows, axis=0))


def test_the_score_is_the_sum_of_the_weights_in_the_table():
    candidates = candidates_in(corpus_of("实施乡村振兴战略，推进基层治理。"))
    weights = load_weights()
    by_hand = np.full(len(candidates), weights["alone"]["constant"])
    for evidence in candidates.evidence():
        for owner, code, value in zip(evidence.owner, evidence.code.tolist(), evidence.value, strict=True):
            by_hand[owner] += value * weights.get(evidence.kind, {}).get(evidence.label(code), 0.0)
    np.testing.assert_allclose(log_odds(candidates, weights), by_hand)


def test_a_policy_term_outranks_a_free_phrase():
    table = found("要实施乡村振兴战略，认真做好今年的各项工作，进一步提高工作水平。", min_count=1)
    assert table.index[0] in {"乡村振兴战略", "乡村振兴"}
    assert not {"工作水平", "各项工作", "今年的各项工作"} & set(table.index[:2])


@settings(derandomize=True, deadline=None, max_examples=120)
@given(
    st.lists(st.text(alphabet="依法治区管理“”、，。（）《》1+aN\n 的𠀀", max_size=40), min_size=1, max_size=3)
)
def test_whatever_the_text_each_proposal_stands_in_it(pieces):
    texts = [f"{piece}法治" for piece in pieces]
    table = discover_terms(corpus_of(*texts), min_count=1, known=NOTHING)
    assert table["term"].is_unique
    assert table["score"].between(0, 1).all()
    assert table["score"].is_monotonic_decreasing
    for row in table.itertuples():
        holders = [text for text in texts if row.term in text]
        assert row.n_docs == len(holders) > 0
        assert texts[int(row.doc_id[1:])].startswith(row.term, row.start)
        assert row.term.count("“") == row.term.count("”")


def test_no_text_gives_an_empty_table():
    assert found().empty


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="min_count is 0"):
        found("依法行政。", min_count=0)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.lists(st.text(alphabet="依法治a𠀀", max_size=12), min_size=1, max_size=4),
    st.sets(st.text(alphabet="依法治a𠀀", min_size=1, max_size=4), max_size=6),
)
def test_places_are_those_of_a_plain_search(texts, terms):
    doc_ids = [str(number // 2) for number in range(len(texts))]
    table = count_substrings(texts, terms=terms, doc_ids=doc_ids).set_index("term")
    for term in terms:
        hits = [
            (unit, start)
            for unit, text in enumerate(texts)
            for start in range(len(text))
            if text.startswith(term, start)
        ]
        if not hits:
            assert term not in table.index
            continue
        row = table.loc[term]
        assert (row["count"], row["unit"], row["start"]) == (len(hits), *hits[0])
        assert row["n_docs"] == len({doc_ids[unit] for unit, _ in hits})


def test_a_return_needs_the_absence_asked_for():
    years = pd.DataFrame({"year": [1, 2, 3, 4]}, index=list("甲乙丙丁"))
    corpus = Corpus(["述法", "法", "述法", "法"], years)
    terms = pd.DataFrame({"term": ["述法"]})
    assert track_terms(corpus, terms=terms, absence=1)["event"].tolist() == ["from the start", "", "return", ""]
    assert track_terms(corpus, terms=terms, absence=2)["event"].tolist() == ["from the start", "", "", ""]


def test_a_spike_stands_out_from_the_terms_own_rate():
    years = pd.DataFrame({"year": range(2001, 2007)}, index=list("甲乙丙丁戊己"))
    quiet = "法" * 98 + "述法"
    corpus = Corpus([quiet, quiet, "述法" * 20 + "法" * 60, quiet, quiet, quiet], years)
    table = track_terms(corpus, terms=pd.DataFrame({"term": ["述法"]}))
    assert table.loc[table["event"] == "spike", "year"].tolist() == [2003]
    assert table["count"].tolist() == [1, 1, 20, 1, 1, 1]


def test_undated_texts_are_left_out_and_a_corpus_without_dates_is_refused():
    corpus = Corpus(
        ["述法", "述法"], pd.DataFrame({"year": pd.array([2024, None], dtype="Int64")}, index=["甲", "乙"])
    )
    assert track_terms(corpus, terms=pd.DataFrame({"term": ["述法"]}))["count"].tolist() == [1]
    undated = Corpus(["述法"], pd.DataFrame({"year": [None]}, index=["甲"]))
    with pytest.raises(ValueError, match="no text has a year"):
        track_terms(undated, terms=pd.DataFrame({"term": ["述法"]}))
