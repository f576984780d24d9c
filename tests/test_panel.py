"""The panel against counts made plainly, planted truth, and files as other programs read them."""

import math

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Corpus, CorpusError, build_panel, export_panel, join_data, load_measures
from analysis.panel.intervals import burstiness, share_interval
from analysis.panel.measures import as_measures

WORDS = {"环保": ["生态", "绿色", "环保"], "数字": ["数字", "智慧"]}
FILLING = [
    "推进工作",
    "落实责任",
    "服务群众",
    "完善制度",
    "依法行政",
    "生态文明建设",
    "绿色低碳",
    "数字政府",
    "智慧城市",
]


def made(texts, **docvars):
    """A corpus with an identifier for every text."""
    return Corpus(texts, pd.DataFrame(docvars, index=[f"d{number}" for number in range(len(texts))]))


@pytest.fixture(scope="module")
def corpus():
    """Three places and four years with a gap, two documents in one cell, one document without a year."""
    draw = np.random.default_rng(7)
    cells = [
        (place, year)
        for place in "甲乙丙"
        for year in (2020, 2021, 2023, 2024)
        if (place, year) != ("乙", 2021)
    ]
    cells += [("甲", 2024), ("丙", None)]
    texts = ["\n".join("，".join(draw.choice(FILLING, size=6)) + "。" for _ in range(5)) for _ in cells]
    return made(
        texts, place=[f"{place}县" for place, _ in cells], year=pd.array([y for _, y in cells], dtype="Int64")
    )


@pytest.fixture(scope="module")
def panel(corpus):
    return build_panel(corpus, measures=WORDS, by=("place", "year"), matching="characters")


def test_characters_are_counted_as_in_the_text(corpus, panel):
    docvars = corpus.docvars
    for row in panel.table.itertuples():
        inside = (docvars["place"] == row.place) & (docvars["year"] == row.year).fillna(False)
        texts = [text for text, here in zip(corpus.texts, inside, strict=True) if here]
        assert row.n_docs == len(texts)
        if texts:
            # no word of a list holds another here, so that plain counting is right
            assert row.count == sum(text.count(word) for text in texts for word in WORDS[row.measure])
            assert row.share == row.count / row.n_tokens
            assert row.ln_count == pytest.approx(math.log(1 + row.count))
            assert row.token_count <= row.nested_count <= row.characters_count == row.count


def test_what_is_missing_is_missing_and_not_zero(panel):
    empty = panel.table[panel.table["n_docs"] == 0]
    assert set(zip(empty["place"], empty["year"], strict=True)) == {("乙县", 2021)}
    assert empty[["count", "share", "share_low", "share_high", "ln_count", "token_count"]].isna().all(axis=None)
    assert panel.excluded[["doc_id", "reason"]].values.tolist() == [["d12", "no year"]]


def test_the_year_before_is_a_year_before_and_not_a_row_before(panel):
    table = panel.table[panel.table["measure"] == "环保"].set_index(["place", "year"])
    for place in ("甲县", "丙县"):
        assert table.loc[(place, 2021), "share_lag"] == table.loc[(place, 2020), "share"]
        assert math.isnan(table.loc[(place, 2023), "share_lag"])  # 2022 is nobody's year
        assert table.loc[(place, 2024), "share_change"] == pytest.approx(
            table.loc[(place, 2024), "share"] - table.loc[(place, 2023), "share"]
        )
    within = table.xs(2020, level="year")
    assert within["share_z"].mean() == pytest.approx(0, abs=1e-12)
    assert within["share_z"].std() == pytest.approx(1)


@pytest.mark.parametrize("matching", ["token", "nested", "characters"])
def test_every_count_can_be_traced_to_its_sentences(corpus, matching):
    panel = build_panel(corpus, measures=WORDS, by=("place", "year"), matching=matching)
    for row in panel.table[panel.table["n_docs"] > 0].itertuples():
        found = panel.sentences(measure=row.measure, cell=(row.place, row.year))
        assert len(found) == row.count
        assert set(found["term"]) <= set(WORDS[row.measure])
        assert all(one.term in one.sentence for one in found.itertuples())


def test_the_order_of_documents_changes_nothing(corpus, panel):
    order = np.random.default_rng(3).permutation(len(corpus))
    other = Corpus([corpus.texts[row] for row in order], corpus.docvars.iloc[order])
    again = build_panel(other, measures=WORDS, by=("place", "year"), matching="characters")
    pd.testing.assert_frame_equal(panel.table, again.table, rtol=1e-12)


def test_long_words_win_and_excluded_phrases_do_not_count():
    corpus = made(["发展生态经济，建设创新生态，保护生态环境。"], place=["甲县"], year=[2024])
    table = pd.DataFrame({"measure": "环保", "word": ["生态", "生态环境"], "exclude": ["创新生态", ""]})
    panel = build_panel(corpus, measures=table, by=("place", "year"), matching="characters")
    assert panel.table["count"].tolist() == [2]  # 生态经济 and 生态环境, the latter once
    terms = panel.sentences(measure="环保", cell=("甲县", 2024))["term"].tolist()
    assert terms == ["生态", "生态环境"]


def test_the_undercount_of_whole_words_is_shown():
    corpus = made(["推动生态文明建设，生态环境质量改善，绿色发展。"], place=["甲县"], year=[2024])
    row = build_panel(corpus, measures={"环保": ["生态", "绿色", "环保"]}, by=("place", "year")).table.iloc[0]
    assert row["characters_count"] == 3
    assert row["token_count"] < 3


def test_only_the_plan_part_can_be_counted():
    text = "工作报告\n一、取得的成效\n绿色发展成效明显，绿色低碳转型加快。\n二、下一步工作打算\n推进绿色发展。"
    corpus = made([text, "绿色发展。"], place=["甲县", "乙县"], year=[2024, 2024])
    panel = build_panel(
        corpus, measures={"环保": ["绿色"]}, by=("place", "year"), matching="characters", sections=["plans"]
    )
    filled = panel.table.dropna(subset="count")
    assert filled[["place", "count"]].values.tolist() == [["甲县", 1]]
    assert panel.excluded["reason"].tolist() == ["no section of plans"]


def test_codes_come_from_places_and_an_ambiguous_one_is_left_out():
    corpus = made(["绿色发展。"] * 3, place=["河南省信阳市平桥区", "朝阳区", ""], year=[2024] * 3)
    panel = build_panel(corpus, measures={"环保": ["绿色"]})
    assert panel.table["place_code"].tolist() == ["411503"]
    assert panel.excluded["reason"].tolist() == ["no place_code", "no place_code"]


def test_stata_and_csv_and_parquet_hold_the_same_numbers(panel, tmp_path):
    files = [
        export_panel(panel, path=tmp_path / f"panel{ending}")
        for ending in (".dta", ".csv", ".xlsx", ".parquet")
    ]
    wide = pd.read_parquet(files[3])
    stata, meta = pyreadstat.read_dta(str(files[0]))  # a reader that is not pandas
    assert list(stata.columns) == list(wide.columns)
    for other in (stata, pd.read_csv(files[1]), pd.read_excel(files[2])):
        for name in wide.columns:
            if pd.api.types.is_numeric_dtype(wide[name]):
                np.testing.assert_allclose(
                    other[name].astype(float), wide[name].astype(float), rtol=0, atol=1e-12
                )
            else:
                assert other[name].tolist() == wide[name].tolist()
    share = panel.table[panel.table["measure"] == "环保"]["share"].to_numpy()
    np.testing.assert_allclose(stata["huanbao_share"], share, rtol=0, atol=1e-12)
    assert meta.column_names_to_labels["huanbao_share"] == "环保：占词数的比例"
    assert files[1].read_bytes().startswith(b"\xef\xbb\xbf")
    book = pd.read_csv(tmp_path / "panel.codebook.csv")
    assert set(book["variable"]) == set(wide.columns)
    assert not book[["label_zh", "label_en"]].isna().any(axis=None)


@pytest.mark.parametrize("ending", [".dta", ".csv", ".parquet"])
def test_the_same_panel_gives_the_same_bytes(panel, tmp_path, ending):
    first, second = (export_panel(panel, path=tmp_path / f"{name}{ending}") for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_outside_data_match_by_code_and_year(panel):
    data = pd.DataFrame(
        {
            "place": ["甲县", "甲县", "乙县", "丁县"],
            "year": ["2020", "2021", "2020", "2020"],
            "gdp": [1.0, 2.0, 3.0, 4.0],
        }
    )
    joined, report = join_data(panel, data=data)
    assert len(joined) == len(panel.coverage)
    known = joined.dropna(subset="gdp")[["place", "year", "gdp"]]
    assert known.values.tolist() == [["乙县", 2020, 3.0], ["甲县", 2020, 1.0], ["甲县", 2021, 2.0]]
    assert report[report["side"] == "data"][["place", "year"]].values.tolist() == [["丁县", "2020"]]
    lacking = report[report["side"] == "panel"]
    assert len(lacking) == (panel.coverage["n_docs"] > 0).sum() - 3
    with pytest.raises(CorpusError, match="two rows for"):
        join_data(panel, data=pd.concat([data, data]))


def test_a_panel_of_one_year_says_that_it_shows_no_change():
    corpus = made(["绿色发展。", "依法行政。"], place=["甲县", "乙县"], year=[2024, 2024])
    panel = build_panel(corpus, measures=WORDS, by=("place", "year"))
    assert "不能估计变化" in panel.describe("zh")
    assert "no change can be estimated" in panel.describe("en")
    two = made(["绿色发展。", "依法行政。"], place=["甲县", "甲县"], year=[2023, 2024])
    panel = build_panel(two, measures=WORDS, by=("place", "year"))
    assert "不能估计" not in panel.describe("zh")
    assert "1 place, 2 years" in panel.describe("en")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"measures": {"环保": "生态"}}, "one text"),
        ({"measures": {"环保": []}}, "no words"),
        ({"measures": []}, "no measure"),
        ({"measures": ["法制政府"]}, "法治政府"),
        ({"by": ("plcae",)}, "place"),
        ({"sections": ["plan"]}, "plans"),
        ({"confidence": 1.0}, "confidence"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(corpus, given, message):
    arguments = {"measures": WORDS, "by": ("place", "year"), **given}
    with pytest.raises(ValueError, match=message):
        build_panel(corpus, **arguments)


def test_measures_from_a_file_in_any_encoding(tmp_path):
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        file = tmp_path / f"{encoding}.txt"
        file.write_text("measure\tword\n# 注释\n环保\t生态\n环保\t绿色\n数字\t数字\n", encoding=encoding)
        measures = as_measures(load_measures(file))
        assert [(one.name, one.words) for one in measures] == [("环保", ("生态", "绿色")), ("数字", ("数字",))]
    with pytest.raises(CorpusError, match="no column 'word'"):
        load_measures(_written(tmp_path / "a.csv", "measure,words\n环保,生态\n"))
    with pytest.raises(CorpusError, match="row 3"):
        load_measures(_written(tmp_path / "b.csv", "measure,word\n环保,生态\n环保,\n"))


def _written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.integers(0, 50), st.floats(50, 5000), st.floats(0, 3))
def test_the_ends_of_an_interval_are_where_the_share_stops_to_be_contradicted(count, total, kappa):
    share = min(count / total, 1.0)
    squares = total**2 / 20
    low, high = (
        float(end[0])
        for end in share_interval(np.array([share]), np.array([total]), np.array([squares]), kappa=kappa)
    )
    assert low <= share
    assert math.isnan(high) or share <= high + 1e-12
    z = 1.959963984540054
    for end in (low, high):
        if 0 < end < 1 and not math.isnan(end):
            distance = (share - end) ** 2
            assert distance == pytest.approx(
                z**2 * (end / total + kappa * end**2 * squares / total**2), rel=1e-6
            )


def test_intervals_hold_their_confidence_where_paragraphs_differ():
    """Planted shares in cells of ten paragraphs, with bursts that the method is not told of."""
    draw = np.random.default_rng(11)
    covered = []
    for _ in range(60):
        cells = np.repeat(np.arange(31), 10)
        sizes = np.maximum(draw.lognormal(4, 0.6, len(cells)).round(), 5)
        truth = draw.uniform(0.004, 0.03, 31)
        counts = draw.poisson(sizes * truth[cells] * draw.gamma(1.0, 1.0, len(cells))).astype(float)
        total, squares = np.bincount(cells, weights=sizes), np.bincount(cells, weights=sizes**2)
        share = np.bincount(cells, weights=counts) / total
        low, high = share_interval(share, total, squares, kappa=burstiness(counts, sizes, cells))
        covered.append(((low <= truth) & ~(truth > high)).mean())
    assert np.mean(covered) >= 0.93  # 1,860 intervals: three standard errors below .945
    assert np.mean(covered) <= 0.99


def test_a_regression_on_the_exported_file_finds_the_planted_effect(tmp_path):
    """31 places, 20 years: what a place speaks of follows a variable that is in the outside data."""
    import statsmodels.formula.api as formulas

    draw = np.random.default_rng(5)
    rows = [(code, year, draw.normal()) for code in range(31) for year in range(2005, 2025)]
    texts = []
    for code, year, x in rows:
        hits = draw.poisson(20 + 4 * x + (code % 5) + (year - 2005) / 4)
        texts.append(
            "。\n".join(
                "，".join(draw.permutation(["绿色"] * hits + ["推进工作"] * (200 - hits))[k::8])
                for k in range(8)
            )
        )
    corpus = made(texts, place=[f"地{code}" for code, _, _ in rows], year=[year for _, year, _ in rows])
    panel = build_panel(corpus, measures={"green": ["绿色"]}, by=("place", "year"), matching="characters")
    data = pd.DataFrame(rows, columns=["code", "year", "x"]).assign(
        place=lambda table: "地" + table["code"].astype(str)
    )
    joined, report = join_data(panel, data=data.drop(columns="code"))
    assert report.empty
    joined["count"] = joined["green_n"].astype(float)
    fit = formulas.ols("count ~ x + C(place) + C(year)", joined).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(joined["place"])[0]}
    )
    low, high = fit.conf_int(alpha=0.001).loc["x"]
    assert low <= 4 <= high
    assert high - low < 2


def test_the_command_goes_from_a_folder_to_a_file_of_stata(tmp_path, capsys):
    from analysis.__main__ import main

    words = _written(tmp_path / "环保.csv", "measure,word\n法治,依法行政\n法治,法治政府\n")
    out = tmp_path / "panel.dta"
    assert main(["panel", "--measures", str(words), "--out", str(out), "--matching", "characters"]) == 0
    said = capsys.readouterr().err
    assert "缺少 place_code" in said
    table = pd.read_stata(out)
    assert table["place_code"].tolist() == [
        "210203",
        "411503",
    ]  # the two places that the manifest names in full
    assert main(["panel", "--measures", "法制政府", "--out", str(out)]) == 2
    assert "法治政府" in capsys.readouterr().err
