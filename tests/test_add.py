"""Bringing one's own documents: all are added or none, byte for byte; guesses are marked; nothing is asked."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from make_documents import PARAGRAPHS, TITLE, make_docx, make_page, make_pdf, make_scan

from analysis import CorpusError, read_corpus
from analysis.__main__ import main
from analysis.commands import add as add_module
from analysis.commands.add import add_files
from analysis.ingest.manifest import COLUMNS, read_manifest

SPEECH = f"{TITLE}\n（2025年3月5日）\n" + "\n".join(PARAGRAPHS)
REPORT = "河南省信阳市平桥区2024年法治政府建设年度报告\n\n一、主要情况\n全区办理行政复议案件1119件。"


@pytest.fixture
def desk(tmp_path):
    """A folder with a speech in GBK and a report in UTF-8 with a byte order mark."""
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "讲话（定稿）.txt").write_bytes(SPEECH.encode("gbk"))
    (folder / "平桥区 报告.TXT").write_bytes(REPORT.encode("utf-8-sig"))
    return folder


@pytest.fixture
def corpus(tmp_path):
    return tmp_path / "corpus"


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_folder_becomes_a_corpus_byte_for_byte(desk, corpus):
    added = add_files(desk, corpus=corpus)
    assert added["id"].tolist() == ["平桥区-报告", "讲话-定稿"]
    assert added["encoding"].tolist() == ["utf-8-sig", "gb18030"]
    assert added["certainty"].tolist() == ["certain", "likely"]
    assert (corpus / "raw" / "讲话-定稿.txt").read_bytes() == SPEECH.encode("gbk")
    read = read_corpus(corpus)
    assert read["讲话-定稿"] == SPEECH
    assert read["平桥区-报告"] == REPORT, "the byte order mark is no part of the text"
    pd.testing.assert_frame_equal(added[list(COLUMNS)], read_manifest(corpus)[list(COLUMNS)], check_dtype=False)


def test_what_is_guessed_is_marked_as_inferred(desk, corpus):
    report, speech = (row for _, row in add_files(desk, corpus=corpus).iterrows())
    assert report["title"] == "河南省信阳市平桥区2024年法治政府建设年度报告"
    assert [report[name] for name in ("type", "level", "place", "year", "date")] == [
        "报告",
        "区",
        "河南省信阳市平桥区",
        2024,
        "",
    ]
    assert report["inferred"] == "title type level place year"
    assert [speech[name] for name in ("title", "type", "level", "year", "date")] == [
        TITLE,
        "讲话",
        "区",
        2025,
        "2025-03-05",
    ]
    assert speech["place"] == speech["speaker"] == speech["rights"] == "", "what is unknown stays empty"


def test_labels_are_short_and_unique_and_the_english_one_is_the_id(desk, corpus):
    for number in range(12):
        (desk / f"报告{number}.txt").write_text(f"{REPORT}\n{number}", encoding="utf-8")
    added = add_files(desk, corpus=corpus)
    assert added["label"].is_unique
    assert (added["label"].str.len() <= 20).all()
    assert added["label"].iloc[0] == "平桥区年度报告2024"
    assert added["label_en"].tolist() == added["id"].tolist()


def test_documents_of_every_kind_are_kept_as_they_came_and_read_again(desk, corpus):
    (desk / "甲.docx").write_bytes(make_docx(title="模板"))
    (desk / "乙.pdf").write_bytes(make_pdf([[TITLE, *PARAGRAPHS]], info="Microsoft Word - 1.doc"))
    (desk / "丙.html").write_bytes(make_page(charset="gb2312").encode("gbk"))
    added = add_files(desk, corpus=corpus).set_index("id")
    read = read_corpus(corpus)
    for name, kind in (("甲", "docx"), ("乙", "pdf"), ("丙", "html")):
        assert added.loc[name, "encoding"] == kind
        assert (corpus / "raw" / f"{name}.{kind}").read_bytes() == (desk / f"{name}.{kind}").read_bytes()
        assert PARAGRAPHS[0] in read[name]
        assert added.loc[name, "title"] == TITLE
    assert "title" in added.loc["甲", "inferred"].split()
    assert "title" not in added.loc["丙", "inferred"].split(), "a page states its title"
    assert added.loc["丙", "source"].startswith("http://www.pingqiao.gov.cn")


def test_a_second_call_adds_to_what_is_there_and_changes_nothing_else(desk, corpus):
    add_files(desk / "平桥区 报告.TXT", corpus=corpus)
    before = (corpus / "manifest.csv").read_text(encoding="utf-8")
    added = add_files([desk / "讲话（定稿）.txt"], corpus=str(corpus))
    assert len(added) == 1
    assert (corpus / "manifest.csv").read_text(encoding="utf-8").startswith(before)
    assert len(read_corpus(corpus)) == 2


def test_columns_and_marks_of_the_manifest_are_kept(desk, corpus):
    add_files(desk / "平桥区 报告.TXT", corpus=corpus)
    table = pd.read_csv(corpus / "manifest.csv", dtype=str, keep_default_na=False)
    table["人口"] = "12"
    table.to_csv(corpus / "manifest.csv", index=False, encoding="utf-8-sig")
    add_files(desk / "讲话（定稿）.txt", corpus=corpus)
    assert (corpus / "manifest.csv").read_bytes().startswith(b"\xef\xbb\xbf"), (
        "Excel needs the mark that it wrote"
    )
    assert read_corpus(corpus).docvars["人口"].tolist() == ["12", ""]


def test_a_table_of_metadata_states_what_is_known(desk, corpus):
    table = "file,title,year,level,place,url,chars,sha256\n平桥区 报告.TXT,年度报告,2023,区县,平桥,http://a.cn/1,27,\n讲话（定稿）.txt,,,,,,99,\n"
    (desk / "metadata.csv").write_bytes(table.encode("gbk"))  # as Excel saves it
    report, speech = (row for _, row in add_files(desk, corpus=corpus).iterrows())
    assert [report[name] for name in ("title", "year", "level", "place")] == ["年度报告", 2023, "区县", "平桥"]
    assert report["source"] == report["url"] == "http://a.cn/1"
    assert report["inferred"] == "type"
    assert speech["title"] == TITLE, "what the table leaves empty is guessed"
    assert read_corpus(corpus).docvars["chars"].tolist() == ["27", "99"], "other columns can be grouped by"


def test_metadata_may_declare_an_encoding_which_is_obeyed(desk, corpus):
    (desk / "metadata.csv").write_text("file,encoding\n讲话（定稿）.txt,utf-8\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="byte 0xd4 is not utf-8"):
        add_files(desk, corpus=corpus)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name,year\na,2020\n", "no column 'file'"),
        ("file,year\n平桥区 报告.TXT,二〇二〇\n", "year is '二〇二〇'"),
        ("file,year\n平桥区 报告.TXT,2020\n平桥区 报告.TXT,2021\n", "occurs twice"),
        ("file,year\n平桥区 报告.TXT,2020,甲\n", "3 values for 2 columns"),
        ("file,start\n平桥区 报告.TXT,1\n", "a name that the library uses itself"),
        ("file,year\n平桥区报告.TXT,2020\n", "did you mean 平桥区 报告.TXT?"),
        ("file,id\n平桥区 报告.TXT,甲\n讲话（定稿）.txt,甲\n", "id '甲' is taken"),
        ("file,id\n平桥区 报告.TXT,a#b\n", "id 'a#b'"),
    ],
)
def test_metadata_that_is_not_in_order_is_refused(desk, corpus, table, said):
    (desk / "metadata.csv").write_text(table, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        add_files(desk, corpus=corpus)
    assert said in str(caught.value)
    assert not corpus.exists()


def test_one_bad_file_stops_all_and_every_bad_file_is_named(desk, corpus):
    add_files(desk / "讲话（定稿）.txt", corpus=corpus)
    before = snapshot(corpus)
    (desk / "空.txt").write_bytes(b"")
    (desk / "扫描.pdf").write_bytes(make_scan())
    (desk / "表.xlsx").write_bytes(b"PK\x03\x04xl/")
    (desk / "乱.txt").write_bytes(bytes(range(256)) * 9)
    with pytest.raises(CorpusError) as caught:
        add_files(desk, corpus=corpus)
    message = str(caught.value)
    assert message.startswith("nothing was added: 5 problems")
    for said in (
        "空.txt is empty",
        "it is a scan",
        "表.xlsx is a spreadsheet",
        "乱.txt",
        "讲话（定稿）.txt is a duplicate",
        "讲话-定稿",
    ):
        assert said in message
    assert snapshot(corpus) == before


def test_the_same_file_twice_in_one_call_is_a_duplicate(desk, corpus):
    (desk / "副本.txt").write_bytes(SPEECH.encode("gbk"))
    with pytest.raises(CorpusError, match="is a duplicate"):
        add_files(desk, corpus=corpus)
    assert not corpus.exists()


@pytest.mark.parametrize("given", [[], "无.txt", "空夹"])
def test_nothing_to_add_is_an_error_and_makes_nothing(tmp_path, corpus, given):
    (tmp_path / "空夹").mkdir()
    with pytest.raises(CorpusError, match="there is no file"):
        add_files(given if isinstance(given, list) else tmp_path / given, corpus=corpus)
    assert not corpus.exists()


def test_a_corpus_that_is_not_in_order_is_not_added_to(desk, corpus):
    add_files(desk / "平桥区 报告.TXT", corpus=corpus)
    (corpus / "raw" / "平桥区-报告.txt").write_bytes("改过".encode())
    before = snapshot(corpus)
    with pytest.raises(CorpusError, match="is not the file that the manifest describes"):
        add_files(desk / "讲话（定稿）.txt", corpus=corpus)
    assert snapshot(corpus) == before


def test_a_file_in_raw_without_a_row_gets_its_row_where_it_is(desk, corpus):
    add_files(desk / "平桥区 报告.TXT", corpus=corpus)
    shutil.copy(desk / "讲话（定稿）.txt", corpus / "raw" / "讲话.txt")
    with pytest.raises(CorpusError, match="is in raw/, but not in the manifest"):
        read_corpus(corpus)
    (desk / "另.txt").write_text(PARAGRAPHS[1], encoding="utf-8")
    with pytest.raises(CorpusError, match="讲话.txt in raw/ without a row"):
        add_files(desk / "另.txt", corpus=corpus)
    added = add_files(corpus / "raw" / "讲话.txt", corpus=corpus)
    assert added["file"].tolist() == ["讲话.txt"]
    assert read_corpus(corpus).unit_ids == ("平桥区-报告", "讲话")
    (corpus / "raw" / "2025").mkdir()
    shutil.move(desk / "另.txt", corpus / "raw" / "2025" / "另.txt")
    with pytest.raises(CorpusError, match=r"另.txt is in raw/, but not in the manifest"):
        read_corpus(corpus)
    assert add_files(corpus / "raw" / "2025", corpus=corpus)["file"].tolist() == ["2025/另.txt"]
    assert read_corpus(corpus).unit_ids[-1] == "另"


def test_names_that_are_alike_are_told_apart_by_folder_then_by_number(tmp_path, corpus):
    for folder in ("2023", "2024", "x/2024"):
        (tmp_path / "报告" / folder).mkdir(parents=True)
        (tmp_path / "报告" / folder / "报告.txt").write_text(f"{folder}年法治报告", encoding="utf-8")
    (tmp_path / "报告" / "x" / "a.txt").write_text("法治一", encoding="utf-8")
    (tmp_path / "报告" / "x" / "A.txt").write_text("法治二", encoding="utf-8")
    added = add_files(tmp_path / "报告", corpus=corpus)
    assert added["id"].tolist() == ["报告", "2024-报告", "A", "x-a", "报告-2"]
    assert added["file"].str.casefold().is_unique


@pytest.mark.parametrize(
    "name", ["con.txt", "..txt", "a#b,c.txt", "　 .txt", "é" * 80 + ".txt", "甲\n乙.txt", "无后缀"]
)
def test_any_name_gives_an_id_that_every_file_system_and_the_manifest_take(tmp_path, corpus, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text("推进法治建设", encoding="utf-8")
    added = add_files(tmp_path / "in" / name, corpus=corpus)
    (doc_id,) = added["id"]
    assert doc_id
    assert not set(doc_id) & set('#,/\\:*?"<>|\n ')
    assert len(doc_id.encode()) <= 200
    assert doc_id.casefold() != "con"
    assert read_corpus(corpus)[doc_id] == "推进法治建设"


def test_hidden_files_and_those_of_the_system_are_passed_over(desk, corpus):
    for name in (".DS_Store", "~$讲话.docx", "Thumbs.db", ".hidden.txt"):
        (desk / name).write_bytes(b"\0\1")
    (desk / "__MACOSX").mkdir()
    (desk / "__MACOSX" / "a.txt").write_bytes(b"\0")
    assert len(add_files(desk, corpus=corpus)) == 2


class Stop(BaseException):
    """Stands for Ctrl-C, or for a full disk."""


@pytest.mark.parametrize("fails", ["copyfile", "replace"])
@pytest.mark.parametrize("corpus_exists", [False, True])
def test_an_interrupted_run_leaves_everything_as_it_was(desk, corpus, monkeypatch, fails, corpus_exists):
    if corpus_exists:
        add_files(desk / "平桥区 报告.TXT", corpus=corpus)
        (desk / "平桥区 报告.TXT").write_text("另一份法治报告", encoding="utf-8")
    before = snapshot(corpus)
    calls = []

    def interrupt(*given):
        calls.append(given)
        if len(calls) == 2:
            raise Stop
        return original(*given)

    if fails == "copyfile":
        original = shutil.copyfile
        monkeypatch.setattr(add_module.shutil, "copyfile", interrupt)
    else:
        original = os.replace
        monkeypatch.setattr(Path, "replace", interrupt)
        original = lambda path, target: os.replace(path, target)  # noqa: E731
    with pytest.raises(Stop):
        add_files(desk, corpus=corpus)
    monkeypatch.undo()
    assert snapshot(corpus) == before
    assert corpus.exists() == corpus_exists
    assert len(add_files(desk, corpus=corpus)) == 2


def test_a_run_that_was_killed_leaves_the_corpus_readable_and_can_be_repeated(desk, corpus, monkeypatch):
    """What is on the disk after a kill: files copied, the manifest's next version beside the old one."""
    add_files(desk / "平桥区 报告.TXT", corpus=corpus)
    (desk / "三.txt").write_text("第三份法治报告", encoding="utf-8")
    later = shutil.copytree(corpus, corpus.with_name("later"))
    add_files([desk / "讲话（定稿）.txt", desk / "三.txt"], corpus=later)
    shutil.copy(later / "manifest.csv", corpus / "manifest.csv.part")
    shutil.copy(later / "raw" / "讲话-定稿.txt", corpus / "raw")
    (corpus / "raw" / "三.txt.part").write_bytes(b"half")
    assert read_corpus(corpus).unit_ids == ("平桥区-报告",)
    added = add_files([desk / "讲话（定稿）.txt", desk / "三.txt"], corpus=corpus)
    assert added["file"].tolist() == ["讲话-定稿.txt", "三.txt"]
    assert dict(read_corpus(corpus)) == dict(read_corpus(later))


def test_a_manifest_that_someone_changes_meanwhile_is_not_overwritten(desk, corpus, monkeypatch):
    add_files(desk / "平桥区 报告.TXT", corpus=corpus)
    copy = shutil.copyfile

    def meddle(*given):
        with (corpus / "manifest.csv").open("a", encoding="utf-8") as file:
            file.write("\n")
        return copy(*given)

    monkeypatch.setattr(add_module.shutil, "copyfile", meddle)
    with pytest.raises(CorpusError, match="the manifest changed while files were added"):
        add_files(desk / "讲话（定稿）.txt", corpus=corpus)
    assert len(read_corpus(corpus)) == 1


def test_damaged_files_are_added_with_a_note_and_read_again(tmp_path, corpus):
    path = tmp_path / "残.txt"
    path.write_bytes(SPEECH.encode("gbk")[1:])
    added = add_files(path, corpus=corpus)
    assert added[["encoding", "certainty"]].iloc[0].tolist() == ["gb18030:replace", "damaged"]
    assert "line 1, offset 0" in added["notes"].iloc[0]
    assert read_corpus(corpus)["残"] == "\ufffd" + SPEECH[1:]


def test_two_hundred_files_are_added_in_a_moment(tmp_path, corpus):
    for number in range(200):
        (tmp_path / f"{number:03}.txt").write_text(f"{number}号文件\n{REPORT * 20}", encoding="utf-8")
    assert len(add_files(sorted(tmp_path.glob("*.txt")), corpus=corpus)) == 200
    assert len(read_corpus(corpus)) == 200


def test_the_command_says_what_was_added_and_what_it_noticed(desk, corpus, capsys):
    assert main(["add", str(desk), "--corpus", str(corpus)]) == 0
    out = capsys.readouterr()
    assert out.out.splitlines()[1].split("\t")[:2] == ["讲话-定稿", TITLE]
    assert "2 added to" in out.err
    assert main(["add", str(desk), "--corpus", str(corpus)]) == 2
    assert "is a duplicate" in capsys.readouterr().err
