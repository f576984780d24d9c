"""A column name means one thing: what the public tables hold and what the functions take stands in docs/columns.md."""

import inspect
import re

import pandas as pd
import pytest

import analysis
from analysis import (
    association,
    citations,
    cleaning,
    concordance,
    discovery,
    dispersion,
    keyness,
    paths,
    reuse,
    topics,
    validation,
    words,
)
from analysis import keywords as ranking
from analysis.ingest.manifest import COLUMNS as MANIFEST
from analysis.places import find_places

PAGE = (paths.PROJECT / "docs" / "columns.md").read_text(encoding="utf-8")
TABLES, ARGUMENTS = PAGE.split("## Arguments")
SAMPLE = [
    "全面依法治区工作报告\n同志们：\n一、取得的成效\n推进依法行政，办结案件36件，增长5.2%。加强普法宣传，优化营商环境。推进依法行政，优化营商环境，群众满意度达到99.6%。\n"
    "二、存在的问题\n执法监督还不到位，普法宣传还不到位。\n三、下一步打算\n持续优化营商环境，推进依法行政，加强执法监督。",
    "在全区法治政府建设会议上的讲话\n同志们：\n要推进依法行政，加强执法监督，优化营商环境。\n要加强普法宣传，办结案件40件，确保满意度达到98%以上。\n持续优化营商环境，推进依法行政，加强执法监督。",
    "法治政府建设年度报告\n推进府院联动，化解行政争议120件。\n加强行政复议，行政复议化解率达到90%。\n推进府院联动，加强行政复议，落实责任。",
    "关于法治建设的讲话\n要落实责任，推进府院联动，加强行政复议。\n要提高站位，压实责任，推进府院联动。\n加强普法宣传，落实责任，提高站位。",
]


def listed(text):
    """The names in the first cells of the page's tables."""
    return {
        name for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }


@pytest.fixture(scope="module")
def tables():
    """One table of every public function that returns any, by the function's name."""
    docvars = pd.DataFrame(
        {"type": ["报告", "讲话", "报告", "讲话"], "year": [2021, 2022, 2023, 2024]},
        index=["甲", "乙", "丙", "丁"],
    )
    raw = analysis.Corpus(SAMPLE, docvars)
    corpus = analysis.clean_corpus(raw)
    tokens = analysis.segment(corpus)
    paragraphs = analysis.split_corpus(corpus, unit="paragraph")
    parts = analysis.segment(paragraphs)
    dtm = analysis.count_terms(tokens)
    by_part = analysis.count_terms(parts)
    contrast = analysis.choose_groups(dtm, by="type")
    ranked = analysis.rank_keywords(dtm, top_n=5, scheme="tfidf_sklearn")
    changes = analysis.explain_cleaning(corpus)
    indicators = analysis.find_indicators(corpus)
    found = analysis.discover_terms(corpus)
    model = analysis.fit_topics(by_part, n_topics=2, seed=1, runs=3, min_terms=1)
    specifications = validation.build_specifications(corpus, grid={"min_count": (1, 2)})
    choices = validation.compare_specifications(specifications, top_n=3)
    terms = analysis.load_terms()
    passages = analysis.find_shared_passages(corpus, min_length=8)
    sheet = validation.make_intrusion_sheet(model, kind="word", seed=1, items=2)
    rjieba, jieba = analysis.make_segmenter(), analysis.make_segmenter(engine="jieba", terms=["依法行政"])
    cited = analysis.find_citations(corpus)
    network = citations.build_network(cited)
    panel = analysis.build_panel(corpus, measures={"环保": ["营商环境"]}, by=("type", "year"))
    return {
        "build_panel": panel.table,
        "codebook": panel.codebook,
        "join_data": analysis.join_data(panel, data=docvars.iloc[:1])[1],
        "sentences": panel.sentences(measure="环保", cell=("报告", 2021)),
        "load_measures": pd.DataFrame(columns=["measure", "word", "exclude"]),
        "explain_cleaning": changes,
        "count_changes": cleaning.count_changes(changes, corpus=corpus),
        "document_lengths": words.document_lengths(tokens),
        "report_term_retention": words.report_term_retention(tokens, terms=terms),
        "compare_segmentations": words.compare_segmentations(corpus, before=rjieba, after=jieba),
        "rank_keywords": ranked,
        "keyword_matrix": ranking.keyword_matrix(dtm, top_n=2),
        "keyword_in_context": analysis.keyword_in_context(tokens, term="依法行政"),
        "find_collocates": analysis.find_collocates(tokens, term="依法行政"),
        "find_places": find_places(["平桥区", "朝阳区"], year=2024),
        "locate_terms": concordance.locate_terms(tokens, terms=["依法行政"]),
        "count_nested": analysis.count_nested(corpus, terms=["行政"]),
        "track_terms": analysis.track_terms(corpus, terms=["依法行政", "府院联动"]),
        "count_themes": analysis.count_themes(parts, by="doc_id"),
        "load_themes": concordance.load_themes(),
        "find_indicators": indicators,
        "count_indicators": analysis.count_indicators(indicators, corpus=corpus),
        "find_citations": cited,
        "network nodes": network.nodes,
        "network edges": network.edges,
        "discover_terms": found,
        "extend_dictionary": discovery.extend_dictionary(found, terms=terms, top_n=1),
        "compare_vocabulary": analysis.compare_vocabulary(dtm, contrast=contrast, seed=1).table,
        "compare_groups": keyness.compare_groups(dtm, by="type", seed=1).table,
        "compare_over_years": keyness.compare_over_years(dtm, by="year", seed=1),
        "find_lockwords": keyness.find_lockwords(dtm, contrast=contrast),
        "map_documents": keyness.map_documents(dtm),
        "compare_documents": analysis.compare_documents(dtm),
        "find_shared_passages": passages,
        "measure_reuse": reuse.measure_reuse(passages, corpus=corpus),
        "topics": model.topics,
        "topic_terms": model.topic_terms,
        "assignments": model.assignments,
        "document_shares": model.document_shares(draws=20),
        "consensus_matrix": model.consensus_matrix(),
        "representative_segments": model.representative_segments(),
        "excluded": model.excluded,
        "compare_topic_counts": analysis.compare_topic_counts(
            by_part, candidates=(2, 3), seeds=(1, 2, 3), min_terms=1
        ),
        "tabulate_labels": topics.tabulate_labels(model),
        "map_segments": topics.map_segments(model),
        "find_representative_sentences": topics.find_representative_sentences(
            model, corpus=paragraphs, top_n=1
        ),
        "rank_stability": validation.rank_stability(by_part, top_n=2, draws=5, seed=1),
        "compare_specifications": choices,
        "summarize_ranks": validation.summarize_ranks(choices),
        "weigh_choices": validation.weigh_choices(choices),
        "score_specifications": validation.score_specifications(specifications, pairs=1),
        "make_intrusion_sheet": sheet,
    }


def test_every_column_of_a_public_table_is_listed(tables):
    known = listed(TABLES) | set(MANIFEST)
    unknown = {name: sorted(set(table.columns.astype(str)) - known) for name, table in tables.items()}
    unknown = {name: columns for name, columns in unknown.items() if columns}
    assert not unknown, (
        f"write them into docs/columns.md with unit and meaning, or use a name that is there: {unknown}"
    )


def test_no_column_is_listed_that_no_table_has(tables):
    held = {str(column) for table in tables.values() for column in table.columns}
    gone = listed(TABLES) - held - set(MANIFEST) - set(ELSEWHERE)
    assert not gone, f"take them out of docs/columns.md: {sorted(gone)}"


ELSEWHERE: dict[str, str] = {}
"""Columns of tables that the sample above does not make, each with where it comes from."""


def public_functions():
    for package in (
        analysis,
        citations,
        cleaning,
        concordance,
        discovery,
        keyness,
        reuse,
        topics,
        validation,
        words,
        dispersion,
        association,
    ):
        for name in package.__all__ if hasattr(package, "__all__") else ():
            value = getattr(package, name)
            if inspect.isfunction(value):
                yield name, value


def test_every_argument_of_a_public_function_is_listed():
    known = listed(ARGUMENTS)
    unknown = {
        argument: name
        for name, function in public_functions()
        for argument in inspect.signature(function).parameters
        if argument not in known
    }
    assert not unknown, (
        f"write them into the arguments of docs/columns.md, or use a name that is there: {unknown}"
    )
