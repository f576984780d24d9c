"""`python -m analysis clean`: complete results or none, and bad files set aside."""

import pandas as pd
import pytest

from analysis import CorpusError, clean_and_explain
from analysis.__main__ import main
from analysis.commands.clean_folder import clean_folder

TEXT = "全面依法治區(qū),落實(shí)「八五」普法\n提交\n下載"


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "源"
    (source / "子").mkdir(parents=True)
    (source / "甲.txt").write_text(TEXT, encoding="utf-8")
    (source / "子" / "乙.txt").write_bytes("推进依法行政。".encode("gb18030"))
    (source / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (source / "不读.xlsx").write_bytes(b"")
    return source


def test_a_folder_is_repaired_in_parallel_as_one_by_one(folder, tmp_path):
    lines = []
    one = clean_folder(folder, out=tmp_path / "一", jobs=1)
    two = clean_folder(folder, out=tmp_path / "二", jobs=2, progress=lines.append)
    pd.testing.assert_frame_equal(one, two)
    for path in sorted((tmp_path / "一").rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "二" / path.relative_to(tmp_path / "一")).read_bytes()
    assert len(lines) == 3
    assert lines[-1].startswith("3/3 ")
    assert list(one["file"]) == ["坏.docx", "子/乙.txt", "甲.txt"]
    assert "坏.docx" in one["problem"][0]
    assert (tmp_path / "一" / "甲.txt").read_text(encoding="utf-8") == clean_and_explain(TEXT).text + "\n"
    assert not list((tmp_path / "一").rglob("*.part"))


def test_the_change_log_has_every_change(folder, tmp_path):
    clean_folder(folder, out=tmp_path / "出", jobs=1)
    log = pd.read_csv(tmp_path / "出" / "changes.csv", keep_default_na=False)
    of_one = log[log["file"] == "甲.txt"]
    assert list(of_one["rule"].drop_duplicates()) == [step.rule for step in clean_and_explain(TEXT).plan]


def test_the_command_reports_failures_by_its_exit(folder, tmp_path, capsys):
    assert main(["clean", str(folder), "--out", str(tmp_path / "出"), "-j", "1"]) == 1
    assert capsys.readouterr().err.count("\n") == 3
    assert main(["clean", str(folder / "甲.txt"), "--out", str(tmp_path / "单")]) == 0


@pytest.mark.parametrize("case", ["missing", "inside", "again", "nothing"])
def test_what_cannot_go_well_is_refused_before_anything_is_written(folder, tmp_path, case):
    source, out = folder, tmp_path / "出"
    if case == "missing":
        source = tmp_path / "无"
    elif case == "inside":
        out = folder / "出"
    elif case == "again":
        out.mkdir()
        (out / "甲.txt").write_text("别人的", encoding="utf-8")
    else:
        source = tmp_path / "空"
        source.mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CorpusError):
        clean_folder(source, out=out)
    assert sorted(tmp_path.rglob("*")) == before
