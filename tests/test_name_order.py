"""Names in the order in which people count."""

from hypothesis import given
from hypothesis import strategies as st

from classifier.name_order import by_name


def test_numbers_count_by_their_size() -> None:
    names = [
        "2023年10月.txt",
        "2023年2月.txt",
        "2023年1月.txt",
        "第10期/a.txt",
        "第9期/b.txt",
        "甲县.txt",
        "甲县 (2).txt",
    ]
    assert sorted(names, key=by_name) == [
        "2023年1月.txt", "2023年2月.txt", "2023年10月.txt", "甲县 (2).txt", "甲县.txt", "第9期/b.txt", "第10期/a.txt",
    ]  # fmt: skip


@given(st.lists(st.text("0１12年月/ab\\.", max_size=8), unique=True))
def test_any_names_have_an_order_of_their_own(names: list[str]) -> None:
    """Also those that differ in nothing but zeros: whoever lists them twice gets the same order."""
    assert sorted(names, key=by_name) == sorted(sorted(names, reverse=True), key=by_name)
