"""Two counties, three years, names that repeat: compared by place and time through the command itself."""

import csv
import re
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_label import classify
from tests.other_programs import SOFFICE, needs_libreoffice

STYLE = "要坚决整治慵懒散漫、推诿扯皮，开展明查暗访，对不担当不作为的干部严肃问责。"
RECRUITING = "全年签约亿元以上项目三十个，组建五支小分队外出招商，推动重大项目早开工、早投产。"
LIVELIHOOD = "新建两所小学，改造老旧小区十二个，城镇新增就业六千人，提高城乡低保标准。"
SAID = {"甲县": (STYLE, LIVELIHOOD), "乙县": (RECRUITING, LIVELIHOOD)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Yearly reports that are called the same in both counties, one that is empty and one that is damaged."""
    for county, (first, second) in SAID.items():
        for year in (2021, 2022, 2023):
            path = tmp_path / "材料" / county / f"{year}年政府工作报告.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            body = [first] * 3 * (year - 2020) + [second]
            lines = [f"{county}政府工作报告", f"（{year}年1月12日）", "一、过去一年的工作", *body]
            path.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "材料" / "乙县" / "空.txt").write_bytes(b"")
    (tmp_path / "材料" / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def section(page: str, id_: str) -> str:
    """Return a section of a page as its texts, a cell a line."""
    inside = page.partition(f'id="{id_}"')[2].partition('<section class="part"')[0]
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"<[^>]+>", "\n", inside))


def table(page: str, id_: str) -> list[list[str]]:
    """Return the rows of the table of a section; a cell is its text."""
    inside = page.partition(f'id="{id_}"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", inside, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows
    ]


def test_places_are_crossed_with_years(folder: Path) -> None:
    """Small charts and a table in the page, the same figures as a workbook; yearly reports go by year."""
    ran = classify(
        "report", "材料", "--by", "folder", "--time", "year", "-o", "r.html", "--table", "t.xlsx", "--language", "zh"
    )
    assert ran.returncode == 2  # two of the documents cannot be read
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert "文件夹×年" in page
    assert page.count('<section class="multiple">') == 2
    assert page.count("<figure>") == 2 * 4
    rows = table(page, "cross-0")
    assert [row[:4] for row in rows] == [
        [county, str(year), "1", str(3 * (year - 2020) + 4)]
        for county in ("乙县", "甲县")
        for year in (2021, 2022, 2023)
    ]
    share = {(row[0], row[1]): row for row in rows}
    assert all(share["甲县", year][6] == "0%" != share["乙县", year][6] for year in ("2021", "2022", "2023"))
    assert all(share["乙县", year][4] == "0%" != share["甲县", year][4] for year in ("2021", "2022", "2023"))
    book = load_workbook(folder / "t.xlsx")
    assert book.sheetnames == ["文件夹×时间", "全部数字", "词语", "文稿", "未读取"]
    wide = list(book["文件夹×时间"].values)
    assert wide[0] == ("文件夹", "主题", "2021", "2022", "2023")
    by_topic = {row[:2]: row[2:] for row in wide[1:]}
    assert by_topic["甲县", "项目招引"] == (0, 0, 0)
    assert 0 < by_topic["乙县", "项目招引"][0] < by_topic["乙县", "项目招引"][1] < by_topic["乙县", "项目招引"][2]
    assert [f"{one:.0%}" for one in by_topic["乙县", "项目招引"]] == [
        share["乙县", y][6] for y in ("2021", "2022", "2023")
    ]


def test_names_that_repeat_stand_with_their_folders(folder: Path) -> None:
    classify("report", "材料", "-o", "r.html", "--language", "zh")
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert [row[0] for row in table(page, "documents")] == [
        f"{county}/{year}年政府工作报告.txt" for county in ("乙县", "甲县") for year in (2021, 2022, 2023)
    ]
    assert not re.search(r">\s*2021年政府工作报告\.txt", page)


def test_what_could_not_be_read_stands_in_the_report_with_the_reason(folder: Path) -> None:
    for language, said in (("zh", "2篇文稿未能读取"), ("en", "2 documents could not be read")):
        classify("report", "材料", "-o", "r.html", "--language", language)
        unread = section((folder / "r.html").read_text(encoding="utf-8"), "unread").partition("随时间")[0]
        assert said in unread
        assert "材料/乙县/空.txt" in unread
        assert ("文件是空的" if language == "zh" else "the file is empty") in unread
        assert "材料/坏.docx" in unread
    classify("report", "材料", "-o", "t.xlsx", "--language", "zh")
    rows = list(load_workbook(folder / "t.xlsx")["未读取"].values)
    assert [row[0] for row in rows[1:]] == ["材料/乙县/空.txt", "材料/坏.docx"]
    assert all(rows[1:])


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet", "xlsx"])
def test_a_report_on_what_score_wrote_keeps_time_and_comparison(kind: str, folder: Path) -> None:
    """Places, years, names and what was not read are the same as of the documents themselves."""
    assert classify("score", "材料", f"scored.{kind}").returncode == 2
    pages = []
    for source in ("材料", f"scored.{kind}"):
        ran = classify("report", source, "--by", "文件夹", "--time", "year", "-o", "r.html", "--language", "zh")
        assert ran.returncode == 2, ran.stderr.decode()
        pages.append((folder / "r.html").read_text(encoding="utf-8"))
    for part in ("cross-0", "documents"):
        read, scored = (table(page, part) for page in pages)
        plain = 4 if part == "cross-0" else 3  # then shares, by sentence in one and by paragraph in the other
        assert [row[:plain] for row in scored] == [row[:plain] for row in read] != []
    assert section(pages[1], "unread").partition("随时间")[0] == section(pages[0], "unread").partition("随时间")[0]
    assert "本组次数" in section(pages[1], "words-0")


def test_a_row_a_sentence_counts_each_sentence_once(folder: Path) -> None:
    """The text of a paragraph with three sentences stands in three rows; its characters count once."""
    (folder / "一篇").mkdir()
    (folder / "一篇" / "讲话2021.txt").write_text(STYLE + RECRUITING + LIVELIHOOD, encoding="utf-8")
    totals = []
    for unit in ("paragraph", "sentence"):
        assert classify("score", "一篇", f"{unit}.csv", "--unit", unit).returncode == 0
        assert classify("report", f"{unit}.csv", "-o", "t.csv", "--language", "en").returncode == 0
        with (folder / "t.csv").open(encoding="utf-8-sig") as stream:
            totals.append(next(csv.DictReader(stream)))
    assert [one["characters"] for one in totals] == [str(len(STYLE + RECRUITING + LIVELIHOOD))] * 2
    assert [totals[0]["paragraphs"], totals[1]["sentences"]] == ["1", "3"]
    assert float(totals[1]["project recruitment"]) == pytest.approx(
        len(RECRUITING) / int(totals[1]["characters"]), abs=1e-3
    )
    classify("report", "sentence.csv", "-o", "r.html", "--language", "en")
    assert "3</b> sentences" in (folder / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["材料", "--by", "镇长"],
            "there is no column 镇长; the columns are: folder/文件夹, place/地方, year/年, month/月, day/日",
        ),
        (["材料", "--date", "日期"], "is for tables: documents have no columns"),
        (["材料", "--table", "t.docx"], ".docx is not written; end the name in .xlsx or .csv"),
        (["材料", "-o", "t.csv", "--table", "t.xlsx"], "goes with a page"),
        (["材料/*.wps"], "no file fits this pattern"),
    ],
)
def test_what_cannot_be_done_is_said(args: list[str], message: str, folder: Path) -> None:
    ran = classify("report", *(args if "-o" in args else [*args, "-o", "r.html"]))
    assert ran.returncode != 0
    assert message in " ".join(ran.stderr.decode().replace("│", " ").split())
    assert not (folder / "r.html").exists()


def test_a_column_in_which_nothing_differs_is_said_in_the_page(folder: Path) -> None:
    classify("report", "材料/甲县", "--by", "folder", "--by", "place", "-o", "r.html", "--language", "zh")
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert "未按“文件夹”对比：没有文稿带有此项。" in page
    assert "未按“地方”对比：只有一个值（甲县）。" in page


def test_folders_are_told_whatever_was_named(folder: Path) -> None:
    """The folder above, both folders, a pattern: the counties are compared, as they are."""
    pages = []
    for names in (["材料"], ["材料/甲县", "材料/乙县"], ["材料/**/*年政府工作报告.txt"]):
        classify("report", *names, "--by", "folder", "-o", "t.csv", "--language", "zh")
        with (folder / "t.csv").open(encoding="utf-8-sig") as stream:
            pages.append({tuple(row.items()) for row in csv.DictReader(stream)})
    assert pages[0] == pages[1] == pages[2]
    assert {dict(row)["值"] for row in pages[0]} == {"合计", "", "甲县", "乙县"}


def test_a_folder_with_a_table_beside_documents_gives_both(folder: Path) -> None:
    """A list that is not scored is read as a document; a scored table as such, and what it holds is not read twice."""
    (folder / "材料" / "名单.csv").write_text("序号,内容\n1," + LIVELIHOOD + "\n", encoding="utf-8")
    ran = classify("report", "材料", "-o", "t.xlsx", "--language", "zh")
    names = [row[0] for row in list(load_workbook(folder / "t.xlsx")["文稿"].values)[1:]]
    assert (len(names), "名单.csv" in names) == (7, True), ran.stderr.decode()
    assert classify("score", "材料/甲县", "甲县.csv").returncode == 0
    (folder / "甲县.csv").rename(folder / "材料" / "名单.csv")
    ran = classify("report", "材料", "-o", "t.xlsx", "--language", "zh")
    rows = list(load_workbook(folder / "t.xlsx")["文稿"].values)[1:]
    assert len({row[0] for row in rows}) == len(rows) == 6
    assert "not read again, being in a table already: 材料/甲县/2021年政府工作报告.txt" in ran.stderr.decode()
    ran = classify("extract", "材料", "--only", "民生", "--format", "jsonl")
    assert {"材料/甲县/2021年政府工作报告.txt", "材料/乙县/2021年政府工作报告.txt"} <= set(
        re.findall(r'"file":"([^"]+)"', ran.stdout.decode())
    )


@needs_libreoffice
def test_libreoffice_opens_the_figures(folder: Path) -> None:
    classify("report", "材料", "--by", "place", "--time", "year", "-o", "t.xlsx", "--language", "zh")
    office = [str(SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run(
        [*office, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, folder / "t.xlsx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    with (folder / "t.csv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["地方", "主题", "2021", "2022", "2023"]
    assert ["甲县", "项目招引", "0%", "0%", "0%"] in rows


def figures(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_figures_of_a_table_add_up(folder: Path) -> None:
    """What has no date or no place has rows of its own, in the comparison and where it is crossed with time."""
    (folder / "材料" / "散记.txt").write_text(f"见闻\n{STYLE}\n{LIVELIHOOD}\n", encoding="utf-8")
    (folder / "材料" / "甲县" / "随笔.txt").write_text(f"甲县随笔\n{RECRUITING}\n", encoding="utf-8")
    (folder / "材料" / "2022年见闻.txt").write_text(f"见闻\n{RECRUITING}\n", encoding="utf-8")
    classify("report", "材料", "--by", "地方", "--time", "年", "-o", "t.csv", "--language", "zh")
    rows = figures(folder / "t.csv")
    (whole,) = [row for row in rows if row["值"] == "合计"]
    times = [row for row in rows if row["时间"] and not row["对比项"]]
    values = [row for row in rows if row["对比项"] and not row["时间"]]
    crossed = [row for row in rows if row["对比项"] and row["时间"]]
    assert [row["时间"] for row in times] == ["2021", "2022", "2023", "（未注明）"]
    assert [row["值"] for row in values] == ["乙县", "甲县", "（未注明）"]
    assert (crossed[-1]["值"], crossed[-1]["时间"]) == ("（未注明）", "（未注明）")
    for some in (times, values, crossed):
        for column in ("篇数", "段数", "字数"):
            assert sum(int(row[column]) for row in some) == int(whole[column])
    classify("report", "材料", "--by", "地方", "--time", "年", "-o", "t.xlsx", "--language", "en")
    wide = list(load_workbook(folder / "t.xlsx")["place×Time"].values)
    assert wide[0][2:] == ("2021", "2022", "2023", "(not given)")
    assert {row[0] for row in wide[1:]} == {"乙县", "甲县", "(not given)"}


def test_a_report_on_rows_of_sentences_says_so_and_finds_the_text(folder: Path) -> None:
    """A text beside its sentences is no second column to choose from, and the figures are called sentences."""
    lines = ["编号,内容", f'1,"{STYLE}{LIVELIHOOD}"']
    (folder / "帖.csv").write_text("\n".join(lines), encoding="utf-8")
    assert classify("score", "帖.csv", "句.csv", "--unit", "sentence").returncode == 0
    assert classify("report", "句.csv", "-o", "t.csv", "--language", "zh").returncode == 0
    (row,) = figures(folder / "t.csv")
    assert (row["句数"], row["字数"]) == ("2", str(len(STYLE + LIVELIHOOD)))
