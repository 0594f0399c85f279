"""Charts: every named time can be read whole, and times that nothing is known of keep their place."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from lxml import etree

from classifier.report import charts
from classifier.report.build import Settings, report_page
from classifier.report.periods import with_gaps
from tests.report.making import item, looks

_WIDTH = {False: 6.5, True: 12.5}  # of a character, in the chart's units


def named(svg: str, axis: str = "x") -> list[tuple[str, float, float]]:
    """Return the texts of an axis, each with where it begins and ends in the chart."""
    root = etree.fromstring(svg.encode())
    found = []
    for text in root.xpath(f".//*[contains(@class, 'axis') and contains(@class, ' {axis}')]//*[local-name()='text']"):
        shift = sum(
            float(re.findall(r"[-\d.]+", parent.get("transform"))[0])
            for parent in text.iterancestors()
            if parent.get("transform")
        )
        middle, size = float(text.get("x")) + shift, sum(_WIDTH[ord(one) > 0x2E7F] for one in text.text)
        found.append((text.text, middle - size / 2, middle + size / 2))
    return sorted(found, key=lambda one: one[1])


YEARS = [str(year) for year in range(1990, 2026)]
DAYS = [f"2023-05-{day:02d}" for day in range(1, 32)]


@pytest.mark.parametrize(
    "names", [YEARS, YEARS[:5], YEARS[:13], DAYS, DAYS[:3], DAYS[:13], [day[:7] for day in DAYS[:1]]]
)
def test_times_are_named_whole_side_by_side(names: Sequence[str]) -> None:
    """In the large chart and in the small ones: none cut short, none over another one or beyond the edge."""
    series = [("农业", [0.1] * len(names)), ("文旅", [0.2] * len(names))]
    points = [charts.Point(0.1)] * len(names)
    for svg, width in ((charts.lines(names, series, ""), 720), (charts.panel(names, points, 0.2, 0, ""), 220)):
        found = named(svg)
        assert {text for text, _, _ in found} <= set(names)
        assert names[0] in {text for text, _, _ in found}
        assert all(left >= 0 and right <= width for _, left, right in found), found
        assert all(first[2] <= second[1] for first, second in pairwise(found)), found


def test_times_between_are_named_though_nothing_is_of_them() -> None:
    assert with_gaps(["2019", "2021", "2022"], "year", 36) == ["2019", "2020", "2021", "2022"]
    assert with_gaps(["2022-11", "2023-02"], "month", 36) == ["2022-11", "2022-12", "2023-01", "2023-02"]
    assert with_gaps(["2024-02-28", "2024-03-01"], "day", 36) == ["2024-02-28", "2024-02-29", "2024-03-01"]
    assert with_gaps(["1949", "2024"], "year", 36) == ["1949", "2024"]  # too many to be drawn
    assert with_gaps([], "year", 36) == []


def test_a_year_without_documents_keeps_its_place_in_the_charts() -> None:
    """Else the line from 2021 to 2024 is as steep as one from 2020 to 2021."""
    rows = [item(f"{place}{year}.txt", str(year), {"place": place}) for place in "甲乙" for year in (2020, 2021, 2024)]
    page = report_page(rows, looks(), Settings())
    for svg in re.findall(r"<svg[^>]*>.*?</svg>", page, re.DOTALL):
        if ">2020<" in svg:
            assert ">2022<" in svg or ">2023<" in svg
            assert svg.count("2022") == svg.count(">2022<")  # named, but there is no point to be pointed at


def test_a_share_of_nothing_is_seen_and_a_year_without_documents_is_empty() -> None:
    svg = charts.panel(["2020", "2021", "2022"], [charts.Point(0.0), charts.Point(None), charts.Point(0.1)], 0.2, 0, "")
    bars = [
        rect for rect in etree.fromstring(svg.encode()).iter("{*}rect") if "rect" in (rect.get("class") or "").split()
    ]
    assert [float(bar.get("height")) > 1 for bar in bars] == [True, True]
    floor = [float(bar.get("y")) + float(bar.get("height")) for bar in bars]
    assert floor[0] == pytest.approx(floor[1], abs=0.1)
