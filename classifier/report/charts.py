"""Charts as SVG to stand in a page: pygal draws them, the page's style sheet gives them colours and patterns.

They carry no style, no script and no address, so they follow light and dark and need no permission from a content
security policy. Series k has the class serie-k, as its label has the class c{k} elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygal
from markupsafe import Markup

from classifier.documents.xml_element import Element

Series = Sequence[tuple[str, Sequence[float | None]]]
_WIDTH = 720
_LETTER = 12.5  # room for a Chinese character of an axis, in the chart's units; pygal reckons with Latin letters
_LATIN = 6.5
_FONT = 13
_PANEL, _PANEL_NAMED = 220, 4  # width of a small chart, and its named points where there are more
_NAMED = 14  # points of an axis that are named at most
_LEAST = 1.5  # height of a bar: a time with a share of 0 is not one that nothing is known of
_BESIDE, _APART = 60, 12  # what the names of an axis leave free beside a chart, and between one another


def lines(names: Sequence[str], series: Series, about: str) -> Markup:
    """Return a line a series over named points; values are shares, 0 to 1, None for a gap. `about`: what it shows."""
    most = _step_up(max((value for _, row in series for value in row if value is not None), default=0))
    chart = pygal.Line(
        **_common(),
        **_named_points(names, _WIDTH, _NAMED),
        height=280,
        margin=4,
        margin_right=max(18, _half(names) + 4),
        range=(0, most),
        dots_size=3.5,
        allow_interruptions=True,
    )
    chart.y_labels = _ticks(most)
    return _drawn(chart, names, series, about)


def bars(names: Sequence[str], series: Series, about: str) -> Markup:
    """Return lying bars, a group a name with a bar a series; values are shares, 0 to 1. `about`: what it shows."""
    most = _step_up(max((value for _, row in series for value in row if value is not None), default=0))
    widest = max((_width(name) for name in names), default=0)
    chart = pygal.HorizontalBar(
        **_common(),
        height=40 + len(names) * (14 * len(series) + 12),
        margin=4,
        margin_left=max(4, widest - 0.6 * _FONT * max(map(len, names), default=0) + 10),
        margin_right=18,
        range=(0, most),
    )
    chart.y_labels = _ticks(most)
    return _drawn(chart, list(reversed(names)), [(name, list(reversed(values))) for name, values in series], about)


@dataclass(frozen=True)
class Point:
    """A share at a time, 0 to 1, None for a gap; `low`, `high`: its interval, None for none."""

    share: float | None
    low: float | None = None
    high: float | None = None


def panel(names: Sequence[str], points: Sequence[Point], most: float, colour: int, about: str) -> Markup:
    """Return a small chart: a bar a named time, with its interval. `most`: the end of its axis, see `axis_end`.

    `colour`: the number of the series' class. `about`: what it shows.
    """
    chart = pygal.Bar(
        **_common() | {"width": _PANEL},
        **_named_points(names, _PANEL, _PANEL_NAMED),
        height=124,
        margin=2,
        margin_top=9,
        margin_left=8,
        margin_right=max(6, _half(names) - 75 / max(1, len(names))),  # the bar itself gives room
        spacing=4,
        range=(0, most),
    )
    chart.y_labels = [0, most]
    chart.add_xml_filter(lambda root: _coloured(root, colour))
    values = [
        None
        if point.share is None
        else {"value": point.share, "label": _with_interval(point)}
        | ({"ci": {"low": point.low, "high": point.high}} if point.low is not None else {})
        for point in points
    ]
    return _finished(chart, names, [("", values)], about)


def axis_end(points: Iterable[Point]) -> float:
    """Return the end of an axis that holds points and their intervals."""
    return _step_up(max((point.high or point.share or 0 for point in points), default=0))


def _named_points(names: Sequence[str], width: int, most: int) -> dict[str, object]:
    """Return the settings that name points of an axis, whole and as far apart as they need: `most` at most."""
    room = int((width - _BESIDE) / (2 * _half(names) + _APART))
    step = -(-len(names) // max(1, min(most, room)))
    return {
        "truncate_label": -1,  # pygal would shorten all names to the room of one point
        "x_labels_major": list(names[:: max(1, step)]),
        "show_minor_x_labels": False,
    }


def _half(names: Sequence[str]) -> float:
    return max((_width(name) for name in names), default=0) / 2


def _with_interval(point: Point) -> str:
    return "" if point.low is None or point.high is None else f"{point.low:.0%}–{point.high:.0%}"


def _coloured(root: Element, colour: int) -> Element:
    """Give the only series of a chart the class of another one, and with it its colour; and each bar some height."""
    for node in root.iter():
        if "serie-0" in (names := str(node.get("class") or "").split()):
            node.set("class", " ".join(f"serie-{colour}" if name == "serie-0" else name for name in names))
        if "rect" in names and float(node.get("height") or 0) < _LEAST:
            node.set("y", f"{float(node.get('y') or 0) + float(node.get('height') or 0) - _LEAST:.3f}")
            node.set("height", str(_LEAST))
    return root


def _common() -> dict[str, object]:
    return {
        "width": _WIDTH,
        "title": None,
        "show_legend": False,
        "js": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "explicit_size": False,
        "value_formatter": lambda value: f"{value:.0%}",
        "style": pygal.style.Style(label_font_size=_FONT, major_label_font_size=_FONT),
    }


def _drawn(chart: pygal.graph.graph.Graph, names: Sequence[str], series: Series, about: str) -> Markup:
    marked = [
        (name, [{"value": value, "label": name} if value is not None else None for value in values])
        for name, values in series
    ]
    return _finished(chart, names, marked, about)


def _finished(
    chart: pygal.graph.graph.Graph, names: Sequence[str], series: Sequence[tuple[str, Sequence[object]]], about: str
) -> Markup:
    chart.add_xml_filter(lambda root: _cleaned(root, about))
    chart.x_labels = list(names)
    for name, values in series:
        chart.add(name, values)
    return Markup(chart.render(is_unicode=True))  # noqa: S704 - pygal builds it as a tree: texts are escaped


def _cleaned(root: Element, about: str) -> Element:
    """Leave only what draws; say by title, where the mouse rests, what pygal's script would have shown."""
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or _tag(child) in {"style", "script", "defs"} or _is_tooltip(child):
                parent.remove(child)
        _describe(parent)
        parent.attrib.pop("style", None)
    root.attrib.pop("id", None)
    root.set("role", "img")
    root.set("class", "chart")
    title = next(child for child in root if _tag(child) == "title")
    title.text = about
    return root


def _describe(mark: Element) -> None:
    """Turn the descriptions inside a mark (label, value, x_label) into its title."""
    said = {child.get("class"): child for child in list(mark) if _tag(child) == "desc"}
    if not said:
        return
    for child in said.values():
        mark.remove(child)
    parts = [said[key].text for key in ("label", "x_label", "value") if key in said and said[key].text]
    title = mark.makeelement(mark.tag.rpartition("}")[0] + ("}" if "}" in mark.tag else "") + "title", {})
    title.text = " · ".join(parts)
    mark.insert(0, title)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_tooltip(element: Element) -> bool:
    return "tooltip-overlay" in (element.get("class") or "")


def _step_up(value: float) -> float:
    """Return the end of an axis for a greatest value: 0.1, 0.2, 0.4, 0.6, 0.8 or 1."""
    return next((end for end in (0.1, 0.2, 0.4, 0.6, 0.8) if value <= end), 1.0)


def _ticks(most: float) -> list[float]:
    parts = 5 if most in {0.1, 1.0} else 4
    return [most * part / parts for part in range(parts + 1)]


def _width(text: str) -> float:
    return sum(_LETTER if ord(letter) > 0x2E7F else _LATIN for letter in text)
