"""Sums, periods, comparisons, and which paragraphs are picked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.report.figures import Asked, Figures
from classifier.report.tally import Tally
from tests.report.making import item, looks, result


def figures(*items: object, most: int = 100) -> Figures:
    return Figures(looks(), most).add_all(items)  # type: ignore[arg-type]


def test_shares_count_characters_and_overlap() -> None:
    tally = Tally()
    tally.add(result("四个字啊", ("farming", "tourism")))
    tally.add(result("又四个字", (), uncertain=True))
    tally.add(result("八个字八个字八个", ("farming",)))
    assert (tally.paragraphs, tally.characters, tally.uncertain) == (3, 16, 1)
    assert [tally.share(label) for label in ("farming", "tourism", "none")] == [0.75, 0.25, 0.25]


def test_an_empty_tally_has_no_share() -> None:
    assert Tally().share("farming") == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([(), ("farming",), ("farming", "tourism")]))))
def test_documents_add_up_to_the_whole(rows: list[tuple[str, tuple[str, ...]]]) -> None:
    found = figures(*(item(name, labels=labels) for name, labels in rows))
    joined = Tally()
    for one in found.documents.values():
        joined.join(one.tally)
    assert joined == found.total


def test_beyond_the_limit_no_paragraph_is_kept_but_all_are_counted() -> None:
    found = figures(*(item(f"{n}.txt") for n in range(7)), most=6)
    assert not found.whole
    assert found.total.paragraphs == 7
    assert all(not one.items for one in found.documents.values())


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2021-03-05", "2021-03-06", "2021-03-06"], ("day", ["2021-03-05", "2021-03-06"])),
        (["2021-03-05", "2021-11-06"], ("month", ["2021-03", "2021-11"])),
        (["2001-03-05", "2021-11-06"], ("year", ["2001", "2021"])),
        (["2020", "2021-11-06"], ("year", ["2020", "2021"])),
        (["2021-03-05"], ("year", ["2021"])),
        (["2021-01-12", "2022-01-15", "2023-02-02"], ("year", ["2021", "2022", "2023"])),
        (["2021-01-12", "2021-02-03", "2022-01-15", "2022-02-02"], ("year", ["2021", "2022"])),
        (
            ["2021-11-12", "2021-12-03", "2022-01-15", "2022-02-02"],
            ("month", ["2021-11", "2021-12", "2022-01", "2022-02"]),
        ),
        ([], ("year", [])),
        ([None, "2021-03-05", "2021-05-05"], ("month", ["2021-03", "2021-05"])),
    ],
)
def test_periods_fit_the_dates(days: list[str | None], expected: tuple[str, list[str]]) -> None:
    unit, periods = figures(*(item(date=day) for day in days)).periods()
    assert (unit, list(periods)) == expected


def test_time_is_counted_by_the_unit_that_was_asked_for() -> None:
    found = Figures(looks(), 100, Asked(unit="month"))
    found.add_all(item(date=day) for day in ("2021-01-12", "2022-01-15", "2023"))
    assert found.periods()[0] == "month"
    assert list(found.periods()[1]) == ["2021-01", "2022-01"]


def test_places_and_times_add_up_to_what_has_both() -> None:
    rows = [("a", "甲县", "2021"), ("b", "甲县", "2022"), ("c", "乙县", "2021"), ("c", "乙县", None), ("d", "", "2021")]
    found = figures(*(item(name, day, {"place": place} if place else {}) for name, place, day in rows))
    crossed = found.crossed("place")
    assert {key: list(sample) for key, sample in crossed.items()} == {
        ("甲县", "2021"): ["a"], ("甲县", "2022"): ["b"], ("乙县", "2021"): ["c"],
    }  # fmt: skip
    assert sum(one.paragraphs for sample in crossed.values() for one in sample.values()) == 3
    assert found.compared()["place"]["乙县"].paragraphs == 2


def test_a_column_with_one_value_is_not_compared() -> None:
    facts = [{"place": "甲县", "source": "日报"}, {"place": "乙县", "source": "日报"}]
    found = figures(*(item(facts=one) for one in facts))
    assert {name: list(values) for name, values in found.compared().items()} == {"place": ["甲县", "乙县"]}


def test_typical_are_the_clearest_and_not_all_of_one_document() -> None:
    def one(document: str, number: int, share: float) -> object:
        text = f"春耕备耕抓得紧，化肥种子备得足，第{number}段。"
        return item(document, text=text, probabilities={"farming": share, "tourism": 0.1})

    rows = [one("a", n, 0.9 + n / 100) for n in range(5)] + [one(name, 9, 0.7) for name in "bcdef"]
    picked = figures(*rows).typical("farming")
    assert [pick.item.document for pick in picked[:2]] == ["a", "a"]
    assert [pick.item.result.probabilities["farming"] for pick in picked[:2]] == pytest.approx([0.94, 0.93])
    assert len({pick.item.result.text for pick in picked}) == len(picked)
    assert [pick.item.document for pick in picked].count("a") == 2


@pytest.mark.parametrize(("model", "expected"), [(True, ["2", "1"]), (False, ["2", "1", "4"])])
def test_uncertain_are_those_in_doubt_nearest_to_the_threshold(model: bool, expected: list[str]) -> None:
    """Without the model it is not known which label is in doubt: then whatever is neither likely nor unlikely."""
    found = Figures(looks() if model else replace(looks(), in_doubt=None), 100)
    for n, share in enumerate([0.9, 0.42, 0.55, 0.05, 0.2]):
        shares = {"farming": share, "tourism": 0}
        given = ("farming",) if share > 0.5 else ()
        text = f"农技员驻村指导春耕备耕，第{n}次。"
        found.add(item(f"{n}", text=text, labels=given, uncertain=share != 0.9, probabilities=shares))
    assert [pick.item.document for pick in found.uncertain("farming")] == expected
    assert found.uncertain("tourism") == []


def test_headings_and_scraps_are_not_picked() -> None:
    found = figures(item(kind="heading"), item(text="春耕。"))
    assert found.typical("farming") == []
