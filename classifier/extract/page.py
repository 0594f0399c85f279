"""An extract as one HTML page that needs nothing from outside, opens from disk and prints."""

from functools import cache
from importlib import resources
from typing import IO, Any

from classifier.errors import MissingExtraError
from classifier.extract.passage import Extract, Passage
from classifier.extract.words import Words


def write_page(extract: Extract, words: Words, stream: IO[bytes]) -> None:
    """Write an extract as a page. Raises MissingExtraError without jinja2."""
    try:
        import jinja2  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            'pages need jinja2: pip install "local-government-classifier[web]" (or write .md)'
        ) from error
    from markupsafe import Markup  # noqa: PLC0415 - an extra

    from classifier.report.page import hashed  # noqa: PLC0415 - jinja2

    style = (resources.files("classifier.extract") / "templates" / "extract.css").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src {hashed(style)}; base-uri 'none'; form-action 'none'"
    html = (
        _templates()
        .get_template("extract.html")
        .render(
            _view(extract, words),
            w=words,
            policy=policy,
            style=Markup(style),  # noqa: S704 - a file of this package
        )
    )
    stream.write(html.encode())


def _view(extract: Extract, words: Words) -> dict[str, Any]:
    from classifier.report.shown import shown  # noqa: PLC0415

    taken, repeated = extract.by_document(), extract.repeated_in()
    documents = [
        {
            "id": f"d{number}", "name": shown(document.name), "title": shown(document.title), "place": document.place,
            "date": document.date, "notes": shown(words.notes(document.notes)), "taken": len(taken.get(number, [])),
            "repeated": repeated.get(number, 0),
            "passages": [_passage(extract, words, passage) for passage in taken.get(number, [])],
        }
        for number, document in enumerate(extract.documents)
    ]  # fmt: skip
    return {
        "lang": "zh-Hans" if words.language == "zh" else "en",
        "title": shown(words.title(extract)),
        "about": [shown(line) for line in words.about(extract)],
        "documents": documents,
        "unread": [shown(one.reason) for one in extract.unread],
        "unread_heading": words.unread(extract) if extract.unread else "",
        "over": [shown(path) for path in extract.passed_over],
    }


def _passage(extract: Extract, words: Words, passage: Passage) -> dict[str, Any]:
    from classifier.report.shown import shown  # noqa: PLC0415
    from classifier.report.text import as_html  # noqa: PLC0415 - markupsafe

    return {
        "html": as_html(passage.text),
        "before": as_html(passage.before),
        "after": as_html(passage.after),
        "uncertain": passage.uncertain,
        "source": shown(words.source(extract, passage)),
        "marks": [shown(mark) for mark in words.marks(extract, passage, topics=len(extract.topics) + extract.none > 1)],
        "again": [shown(line) for line in words.again(extract, passage)],
    }


@cache
def _templates() -> Any:
    import jinja2  # noqa: PLC0415 - an extra

    return jinja2.Environment(
        loader=jinja2.PackageLoader("classifier.extract"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
