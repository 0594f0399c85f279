"""Plain data → one HTML page that needs nothing from outside and may run nothing but its own script.

Style and script stand in the page; a content security policy names them by their hashes, so that nothing else runs
even if it got into the page. Needs the extra `web` (jinja2).
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from classifier.report.words import Language, words

_SPACED = "{:,}".format


def render(
    template: str, data: Mapping[str, object], language: Language = "en", said: Mapping[str, str] | None = None
) -> str:
    """Return a page: a template of this package filled with data. All texts in the data are escaped.

    `said`: what the page says, where that is not `words(language)`.
    """
    style, script = (asset(f"shared.{kind}") + asset(f"report.{kind}") for kind in ("css", "js"))
    policy = (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template(template).render(
        **data, t=said or words(language), lang="zh-Hans" if language == "zh" else "en", policy=policy,
        style=Markup(style), script=Markup(script),  # noqa: S704 - files of this package
    )  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    """Return the templates, ready to be filled: whatever is put into one is escaped, and a name it lacks raises."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("classifier.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["spaced"] = _SPACED
    return found


@cache
def asset(name: str) -> str:
    """Return a style sheet or a script of this package."""
    return (resources.files("classifier.report") / "static" / name).read_text(encoding="utf-8")


def hashed(text: str) -> str:
    """Return how a content security policy names a style or a script by its content."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
