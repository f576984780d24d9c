"""Which documents are compared with which: chosen where nobody says, refused where it cannot be."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from analysis import choose_groups
from analysis.keyness import Contrast, compare_vocabulary
from analysis.matrix import DocumentTermMatrix


def make(totals=None, *, doc_ids=None, **columns):
    """A matrix of one term, with the columns given as document variables."""
    rows = len(next(iter(columns.values())))
    docvars = pd.DataFrame(columns, index=[f"文{number}" for number in range(rows)])
    if doc_ids is not None:
        docvars.insert(0, "doc_id", doc_ids)
    counts = np.full(rows, 10) if totals is None else np.asarray(totals)
    return DocumentTermMatrix(sparse.csr_array(counts[:, None]), ("法治",), counts, docvars)


TYPES = ["讲话", "讲话", "讲话", "报告", "报告", "文章"]


def test_one_value_is_one_value_and_not_its_characters():
    contrast = choose_groups(make(type=TYPES), target="讲话")
    assert contrast == Contrast("type", ("讲话",), ("报告", "文章"), 3, 3, all_others=True)


@pytest.mark.parametrize("target", [["报告", "文章"], ("报告", "文章", "报告"), pd.Series(["报告", "文章"])])
def test_several_values_may_come_as_any_sequence(target):
    contrast = choose_groups(make(type=TYPES), by="type", target=list(target), reference="讲话")
    assert (contrast.target, contrast.reference) == (("报告", "文章"), ("讲话",))
    assert (contrast.target_n_docs, contrast.reference_n_docs) == (3, 3)


@pytest.mark.parametrize("years", [[2020, 2021, 2021, 2023], ["2020", "2021", "2021", "2023"]])
@pytest.mark.parametrize("target", [2021, 2021.0, "2021", [2021], np.int64(2021)])
def test_years_may_be_numbers_or_text_in_the_column_and_in_the_call(years, target):
    if isinstance(target, np.int64):
        target = [int(target)]
    contrast = choose_groups(make(year=years), by="year", target=target)
    assert contrast.target == ("2021",)
    assert set(contrast.reference) == {"2020", "2023"}


def test_years_with_gaps_are_years_and_not_decimals():
    contrast = choose_groups(make(year=[2020.0, np.nan, 2023.0]), by="year")
    assert (contrast.target, contrast.reference) == (("2023",), ("2020",))


def test_years_are_cut_into_halves_by_number_and_captioned_as_periods():
    contrast = choose_groups(make(year=["998", "1002", "1001", "999", "1003"]))
    assert contrast.target == ("1001", "1002", "1003")
    assert contrast.reference == ("998", "999")
    assert contrast.caption("target") == "1001–1003"
    assert contrast.caption("reference", "en") == "998–999"


def test_years_chosen_by_hand_are_listed_since_they_may_have_gaps():
    contrast = choose_groups(make(year=[2019, 2020, 2021, 2022]), target=[2019, 2021], reference=[2020, 2022])
    assert contrast.caption("target") == "2019、2021"


@pytest.mark.parametrize(
    ("columns", "by"),
    [
        ({"year": [1, 2], "place": ["甲", "乙"], "level": ["区", "市"], "type": ["讲话", "报告"]}, "type"),
        ({"year": [1, 2], "place": ["甲", "乙"], "level": ["区", "市"], "type": ["讲话", "讲话"]}, "level"),
        ({"year": [1, 2], "place": ["甲", "乙"], "level": ["区", ""]}, "place"),
        ({"year": [1, 2], "place": ["甲", None]}, "year"),
        ({"year": [1, 1]}, "doc_id"),
    ],
)
def test_the_column_is_the_first_with_two_values(columns, by):
    assert choose_groups(make(**columns)).by == by


def test_documents_without_tokens_choose_nothing():
    """Three empty speeches are no majority, and their type is no group."""
    dtm = make([0, 0, 0, 5, 5, 5], type=["讲话", "讲话", "讲话", "报告", "报告", "文章"])
    contrast = choose_groups(dtm)
    assert (contrast.target, contrast.reference) == (("报告",), ("文章",))
    with pytest.raises(ValueError, match="target has no document with any token"):
        choose_groups(dtm, target="讲话")


def test_documents_are_counted_and_not_their_segments():
    dtm = make(
        doc_ids=["甲", "甲", "甲", "乙", "丙"],
        type=["讲话", "讲话", "讲话", "报告", "报告"],
    )
    contrast = choose_groups(dtm)
    assert (contrast.target, contrast.target_n_docs, contrast.reference_n_docs) == (("报告",), 2, 1)


def test_a_column_of_segments_is_seen_beyond_the_first_segment():
    dtm = make(doc_ids=["甲", "甲", "乙", "乙"], kind=["问题", "计划", "问题", "计划"])
    contrast = choose_groups(dtm, by="kind", target="计划")
    assert (contrast.reference, contrast.target_n_docs, contrast.reference_n_docs) == (("问题",), 2, 2)


def test_of_documents_the_first_is_the_target_and_ties_of_values_go_by_value():
    assert choose_groups(make(title=["乙", "甲"])).target == ("文0",)
    assert (
        choose_groups(make(type=["讲话", "报告"])).target == choose_groups(make(type=["报告", "讲话"])).target
    )


def test_a_reference_alone_leaves_the_target_to_the_others():
    contrast = choose_groups(make(type=TYPES), reference="讲话")
    assert (contrast.target, contrast.reference) == (("报告",), ("讲话",))


def test_the_reference_may_be_the_next_largest():
    contrast = choose_groups(make(type=TYPES), otherwise="next")
    assert (contrast.reference, contrast.all_others) == (("报告",), False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"target": "讲活"}, r"target is '讲活'\n.*\n.*did you mean '讲话'\?"),
        ({"target": ["讲话", "报道"]}, r"target is '报道'\n.*\n.*did you mean '报告'\?"),
        ({"target": "讲话", "reference": "讲"}, r"reference is '讲'\n.*\n.*did you mean '讲话'\?"),
        ({"by": "tipe"}, "did you mean 'type'"),
        ({"by": "year", "target": 2025}, r"target is '2025'\n.*\n.*did you mean '2024'\?"),
        ({"target": "讲话", "reference": "讲话"}, "'讲话' is in target and reference alike"),
        (
            {"target": ["讲话", "报告"], "reference": ["文章", "报告"]},
            "'报告' is in target and reference alike",
        ),
        ({"target": ["讲话", "报告", "文章"]}, "reference has no document with any token"),
        ({"reference": ["讲话", "报告", "文章"]}, "target has no document with any token"),
        ({"target": []}, "target is an empty list"),
        ({"by": "place"}, "no document has a value in column 'place'"),
        ({"by": "level"}, "column 'level' has one value only: 区"),
    ],
)
def test_what_cannot_be_compared_is_refused(arguments, message):
    dtm = make(type=TYPES, place=[""] * 6, level=["区"] * 6, year=[2024, 2023] * 3)
    with pytest.raises(ValueError, match=message):
        choose_groups(dtm, **{"by": "type", **arguments})


@pytest.mark.parametrize(
    ("rows", "message"),
    [(0, "0 documents cannot be compared"), (1, "1 document cannot be compared"), (2, None)],
)
def test_fewer_than_two_documents_are_counted_in_grammar(rows, message):
    dtm = make([7] * rows + [0], type=["讲话"] * (rows + 1))
    if message is None:
        assert choose_groups(dtm).by == "doc_id"
    else:
        with pytest.raises(ValueError, match=message):
            choose_groups(dtm)


def test_captions_name_three_values_and_translate_types_only():
    contrast = choose_groups(make(type=["讲话"] * 2 + ["报告", "文章", "文件", "公报"]), reference="讲话")
    many = Contrast("type", ("讲话", "报告", "文章", "公报"), ("文件",), 4, 1)
    assert many.caption("target") == "讲话、报告、文章…"
    assert many.caption("target", "en") == "speeches, reports, articles…"
    assert many.caption("reference", "en") == "documents"
    assert Contrast("title", ("讲话",), ("报告",), 1, 1).caption("target", "en") == "讲话"
    assert contrast.caption("reference", "en") == "speeches"
    with pytest.raises(ValueError, match="side is 'left'"):
        getattr(Contrast.caption, "__wrapped__", Contrast.caption)(many, "left")


def test_all_others_are_called_so_and_a_single_other_by_its_name():
    assert choose_groups(make(type=TYPES)).caption("reference") == "其余"
    assert choose_groups(make(type=TYPES)).caption("reference", "en") == "all others"
    assert choose_groups(make(type=TYPES[:5])).caption("reference") == "报告"


def test_a_type_named_其余_is_a_type_like_any_other():
    dtm = make(type=["讲话", "讲话", "其余", "其余", "报告"])
    named = choose_groups(dtm, target="讲话", reference="其余")
    assert (named.reference, named.all_others) == (("其余",), False)
    said = {lang: compare_vocabulary(dtm, contrast=named, seed=1).describe(lang) for lang in ("zh", "en")}
    assert said["zh"].startswith("目标“讲话”（2 份文本），参照“其余”（2 份文本），")
    assert "reference “其余” (2 documents)" in said["en"]
    rest = choose_groups(dtm, target="讲话")
    assert set(rest.reference) == {"其余", "报告"}
    said = {lang: compare_vocabulary(dtm, contrast=rest, seed=1).describe(lang) for lang in ("zh", "en")}
    assert said["zh"].startswith("目标“讲话”（2 份文本），参照为其余文本（3 份），")
    assert "reference all others (3 documents)" in said["en"]
