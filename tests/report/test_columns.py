"""What is compared by: columns of a table, folders, places, years."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.report.columns import OWN_PLACE, PARENT, Values, asked_columns, cell_of
from classifier.report.folders import first_below_all, parent_of
from classifier.report.table_columns import place_in


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        (["材料/甲县", "材料/乙县/2021", "材料"], ["甲县", "乙县", ""]),
        (["甲县", "乙县"], ["甲县", "乙县"]),
        (["/home/x/甲县", "/home/x/乙县"], ["甲县", "乙县"]),
        (["材料/甲县", "材料/甲县"], [""]),
        (["材料/甲县", "材料/甲县西"], ["甲县", "甲县西"]),
        ([""], [""]),
        ([], []),
    ],
)
def test_the_first_folder_below_the_one_that_holds_all(parents: list[str], expected: list[str]) -> None:
    assert list(first_below_all(parents).values()) == expected


@given(st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=4).map("/".join), max_size=6))
def test_folders_below_one_more_folder_are_told_apart_as_before(parents: list[str]) -> None:
    """It does not matter from where a folder was named."""
    deeper = {one: f"材料/{one}" if one else "材料" for one in parents}
    found = first_below_all(deeper.values())
    assert {one: found[deeper[one]] for one in deeper} == first_below_all(parents)


def test_the_folders_of_a_path() -> None:
    assert [parent_of(one) for one in ("材料/甲县/a.txt", "a.txt", r"C:\材料\甲县\a.txt", "/a.txt")] == [
        "材料/甲县", "", "C:/材料/甲县", "",
    ]  # fmt: skip


def test_columns_are_known_by_both_names_and_once() -> None:
    assert asked_columns(["文件夹", "folder", "年份"], (), documents=True) == ("folder", "year")
    assert asked_columns(["来源", "地区"], ["来源", "text"], documents=True) == ("来源", "place")
    assert asked_columns(["地区"], ["地区"], documents=True) == ("地区",)
    assert asked_columns(["县", "月", "日", "目录"], (), documents=True) == ("place", "month", "day", "folder")
    assert asked_columns(["地方"], ["text", "county"], documents=False) == ("county",)
    assert asked_columns(["年"], ["text"], documents=False, dated=True) == ("year",)


@pytest.mark.parametrize(
    ("by", "there", "documents", "listed"),
    [
        ("镇长", (), True, "folder/文件夹, place/地方, year/年, month/月, day/日$"),
        ("folder", ["text", "来源"], False, "text, 来源$"),
    ],
)
def test_one_that_is_not_there_is_an_error_with_those_that_are(
    by: str, there: list[str], documents: bool, listed: str
) -> None:
    with pytest.raises(InputError, match=f"there is no column {by}; the columns are: {listed}"):
        asked_columns([by], there, documents)


def test_a_table_s_own_column_counts_before_what_the_document_tells() -> None:
    told = {PARENT: "材料/甲县", OWN_PLACE: "甲县"}
    cells = [cell_of("2021-03", told), cell_of(None, {PARENT: "材料/乙县", "place": "丙县"})]
    values = Values(cells)
    assert [[values.of(cell, name) for name in ("folder", "place", "year", "来源")] for cell in cells] == [
        ["甲县", "甲县", "2021", ""],
        ["乙县", "丙县", "", ""],
    ]


def test_of_several_columns_of_places_the_first_that_says_something_counts() -> None:
    """CSV has cells that JSON Lines leaves out: a blank one is no place."""
    assert place_in({"place": "", "县": " ", "乡镇": "李集镇"}) == place_in({"乡镇": "李集镇"}) == "李集镇"
    assert place_in({"place": None, "县": ""}) == ""
