"""Dates in cells, names and texts."""

from datetime import date, datetime

import pytest

from classifier.report.dates import in_cell, of_document, of_folders
from classifier.report.document_facts import facts_of
from classifier.report.moments import moments


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-05-03", "2023-05-03"),
        ("2023/5/3", "2023-05-03"),
        ("2023.5.3", "2023-05-03"),
        ("2023年5月3日", "2023-05-03"),
        ("2023 年 5 月 3 日", "2023-05-03"),
        ("二〇二三年五月三日", "2023-05-03"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("2023-05-03T12:30:00+08:00", "2023-05-03"),
        ("20230503", "2023-05-03"),
        (20230503, "2023-05-03"),
        (date(2023, 5, 3), "2023-05-03"),
        (datetime(2023, 5, 3, 8), "2023-05-03"),
        ("2023-05", "2023-05"),
        ("2023年5月", "2023-05"),
        (2023, "2023"),
        (2023.0, "2023"),
        ("2023年", "2023"),
        ("2023-13-45", "2023"),
        ("2023-02-30", "2023-02"),
        ("", None),
        (None, None),
        (True, None),
        ("5月3日", None),
        ("120230", None),
        (float("nan"), None),
        ("２０２４年１月１７日", "2024-01-17"),
        ("２０２４－０１－１７", "2024-01-17"),
        ("202401", "2024-01"),
        (202401, "2024-01"),
        ("202413", None),
        ("二零二四年", "2024"),
        ("一九九八年", "1998"),
        ("二〇二四年十月", "2024-10"),
        ("24-3-6", "2024-03-06"),
        ("98.12.31", "1998-12-31"),
        ("24年3月6日", "2024-03-06"),
        ("24/3/6", "2024-03-06"),
        ("03/06/24", None),
        ("24-13-6", None),
        (2024.1, "2024"),
        ("2024.1", "2024"),
        (2024.2, "2024-02"),
        ("2024.01", "2024-01"),
        ("2024年2月30日", "2024-02"),
        (45303, None),
        ("去年底", None),
        ("2024-01-05 09:00-10:00", "2024-01-05"),
    ],
)
def test_a_cell(value: object, expected: str | None) -> None:
    assert in_cell(value) == expected


@pytest.mark.parametrize(
    ("name", "paragraphs", "expected"),
    [
        ("讲话2021-03-05", ["标题", "2020年1月1日"], "2021-03-05"),
        ("20210305讲话", [], "2021-03-05"),
        ("讲话", ["在大会上的讲话", "（2021年3月5日）", "同志们："], "2021-03-05"),
        ("讲话", ["标题", "发布时间：2021-03-05 09:00"], "2021-03-05"),
        ("通知", ["标题", "正文" * 50, "某县人民政府办公室", "2022年1月9日"], "2022-01-09"),
        ("报道", ["本报讯（2023年5月3日）" + "长" * 100], "2023-05-03"),
        ("报告2019", ["政府工作报告", "（2019年2月1日）"], "2019-02-01"),
        ("报告", ["2019年政府工作报告", "正文"], "2019"),
        ("简报2019年6月", ["标题"], "2019-06"),
        ("讲话", ["标题", "到2035年基本实现现代化，" + "长" * 60], None),
        ("2021年工作总结", ["工作总结", "正文" * 50, "某县人民政府办公室", "2022年1月9日"], "2021"),
        ("2022年政府工作报告", ["政府工作报告", "（2021年12月28日）"], "2022"),
        ("2022年政府工作报告", ["政府工作报告", "（2022年1月8日）"], "2022-01-08"),
        ("2035年远景目标纲要", ["纲要", "（2021年3月5日）"], "2021-03-05"),
        ("讲话", ["标题"], None),
        ("", [], None),
        ("关于第2012号提案的答复", ["答复", "正文" * 50, "某县人民政府办公室", "2022年5月9日"], "2022-05-09"),
        ("关于第2021号建议的答复", ["答复", "正文" * 50, "某县人民政府办公室", "2022年5月9日"], "2022-05-09"),
        ("答复", ["对市人大第2023号建议的答复"], None),
        ("第 2021 号文件", [], None),
        ("对1985号提案的答复", [], None),
        ("甲政办〔2021〕2023号", [], "2021"),
        ("甲政发2021第24号", [], "2021"),
        ("简报", ["新修农村公路2012公里", "培训2020人次"], None),
        ("简报", ["培训学员2023名", "走访2024 户群众", "新增个体户2023多家", "解决2024个问题"], None),
        ("慰问2023名老人", ["发放慰问信2024封"], None),
        ("2021元旦讲话", [], "2021"),
        ("2021 年报告", [], "2021"),
    ],
)
def test_a_document(name: str, paragraphs: list[str], expected: str | None) -> None:
    """The surest sign first: a whole date in the name, in a short line at either end, in the first words."""
    assert of_document(name, paragraphs) == expected


@pytest.mark.parametrize(
    "span",
    [
        "2024年1-4月",
        "2024年1—4月",
        "2024年1至4月",
        "2024年1月-4月",
        "2024年1月到11月",
        "2024年1、2月",
        "2024.1-4",
        "2024.1-4月",
        "2024-1-4月",
        "2024/1-4月",
    ],
)
def test_a_span_of_months_is_known_to_the_year(span: str) -> None:
    """1-4月 is January to April, neither the 4th of January nor January."""
    assert in_cell(span) == "2024"
    assert of_document(f"{span}工作总结.docx", ["全市工作稳步推进。"]) == "2024"


@pytest.mark.parametrize("dash", [*"-－‐‑−﹣–—‒―─~～〜∼", "——", "－－"])
def test_a_span_is_one_whatever_dash_stands_in_it(dash: str) -> None:
    """Word's hyphen that does not break (‑), a drawn line (─) and what input methods write for 到 (〜) among them."""
    assert in_cell(f"2024年1{dash}4月") == "2024"
    assert in_cell(f"2024年1月5日{dash}9日") == "2024-01"
    assert in_cell(f"2021{dash}2025年") is None


@pytest.mark.parametrize("zero", "〇零○◯OoＯｏ0０ΟО")
def test_a_year_in_words_is_one_whatever_was_typed_for_its_zero(zero: str) -> None:
    """Few keyboards have 〇: letters (Latin, Greek, Cyrillic), digits and circles stand for it."""
    assert in_cell(f"二{zero}二三年五月三日") == "2023-05-03"
    assert of_document("通知", ["通知", "正文" * 50, f"二{zero}一{zero}年十二月三十日"]) == "2010-12-30"
    assert of_document(f"二{zero}二{zero}年工作总结", []) == "2020"


@pytest.mark.parametrize("hyphen", "-－‐‑−﹣")
def test_a_date_is_one_whatever_hyphen_stands_in_it(hyphen: str) -> None:
    assert in_cell(f"2024{hyphen}5{hyphen}8") == "2024-05-08"
    assert in_cell(f"24{hyphen}5{hyphen}8") == "2024-05-08"
    assert of_document("通知", ["通知", f"2024{hyphen}05{hyphen}08"]) == "2024-05-08"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("2023年12月至2024年1月", None),
        ("2023年12月至1月", None),
        ("2023-2024年", None),
        ("2021—2025年", None),
        ("2023.12-2024.1", None),
        ("20231205-20240103", None),
        ("2024年1月5日—2月3日", "2024"),
        ("2024.1.5-2.3", "2024"),
        ("2024-01-05至2024-02-03", "2024"),
        ("2024-01-05 09:00至2024-02-03 10:00", "2024"),
        ("2024年1月5日至2024年1月9日", "2024-01"),
        ("2024年1月4-6日", "2024-01"),
        ("2024年1月4日、5日", "2024-01"),
        ("2024.1.4-6", "2024-01"),
        ("2024-1-4~6", "2024-01"),
        ("2024年1月至2024年1月", "2024-01"),
        ("二〇二四年一月至三月", "2024"),
        ("2024年1.4", "2024-01-04"),
        ("2024-1-4", "2024-01-04"),
    ],
)
def test_a_span_is_known_as_far_as_one_unit_holds_all_of_it(span: str, expected: str | None) -> None:
    assert in_cell(span) == expected
    assert of_document(f"{span}工作情况", ["全市工作稳步推进。"]) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(45303, "2024-01-12"), ("45303", "2024-01-12"), (45303.5, "2024-01-12"), (12345, None)]
)
def test_a_day_as_excel_numbers_it_counts_in_a_column_of_dates(value: object, expected: str | None) -> None:
    assert in_cell(value, days=True) == expected
    assert in_cell(value) is None


def test_a_name_with_a_month_in_six_digits() -> None:
    assert of_document("202401工作简报", ["简报"]) == "2024-01"
    assert of_document("简报", ["邮编：200012"]) is None


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        (["材料", "2021", "甲县"], "2021"),
        (["材料", "2021年度"], "2021"),
        (["2020年", "2021年3月"], "2021-03"),
        (["二〇二一年"], "2021"),
        (["2021年材料汇编", "甲县"], None),
        (["2021-2022"], None),
        (["D:", "20210999"], None),
        ([], None),
    ],
)
def test_a_document_is_of_the_date_that_it_is_filed_under(folders: list[str], expected: str | None) -> None:
    """Where neither name nor text tells; a folder that is called by more than a date tells something else."""
    assert of_folders(folders) == expected
    assert facts_of("/".join([*folders, "报告.txt"]), ["body"], ["抓好落实。"]).date == expected
    assert facts_of("/".join([*folders, "2019年报告.txt"]), ["body"], ["抓好落实。"]).date == "2019"


COUNTED = (
    "名学员 个 户群众 家企业 人参加 项任务 件实事 条意见 所学校 处隐患 台设备 辆车 套住房 张床位 份问卷 间教室 栋楼 "
    "座桥 位老人 头牛 只羊 株树 批项目 次检查 场活动 封信 册图书 宗土地 例病例 支队伍 天 小时 口井 公顷 多名党员 万元 余户 多亩 倍 册 余万元 元"
)
CALLED = (
    "名单 名录 个人所得税汇算 个体工商户 户籍改革 家庭教育 家风建设 人大工作 人社工作要点 人居环境整治 人才工作 人口普查 项目建设 条例 所得税 处级干部 台账 座谈会 份额 "
    "头条 批次 次年 场馆 宗教工作 例会 支部 天然气 年 版 款 届毕业生 级新生 学年 春节 部门预算 本科招生 期货 多元化 "
    "万州区政府工作报告 余姚市总结 元氏县总结 台山市总结 名山区总结 天元区总结 张店区总结 册亨县总结 封丘县总结 个转企工作 处非宣传月 处突演练 "
    "台商座谈会 家访活动 家博会 名特优新农产品 倍增计划 栋梁计划 人形机器人大会 亩均论英雄改革 万达广场"
)


@pytest.mark.parametrize("counted", COUNTED.split())
def test_a_number_of_something_is_no_year(counted: str) -> None:
    assert list(moments(f"共2023{counted}")) == []


@pytest.mark.parametrize("called", CALLED.split())
def test_a_year_before_a_word_that_begins_like_a_counter_is_one(called: str) -> None:
    assert list(moments(f"关于2023{called}")) == ["2023"]
