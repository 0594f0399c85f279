"""`classify serve`: review, train and answer other programs from one local server."""

from typing import TYPE_CHECKING, Annotated

import typer

from classifier.cli.say import say
from classifier.cli.shared import LabelsOption

if TYPE_CHECKING:
    from types import ModuleType

    from fastapi import FastAPI

    from classifier.web.settings import Settings

HELP = """Review in the browser: drop documents, correct labels, train, put models to use. No network is needed.

\b
    classify serve --open
    classify serve documents/ --by LW
    classify serve --host 0.0.0.0 --token "$(openssl rand -base64 24)" --allow-host labels.intranet
    classify serve --token … --allow-host labels.intranet --trusted-proxy 127.0.0.1 --root-path /classify

FILE: documents, folders and tables from which the next paragraphs to label are chosen, beside those opened in the
browser. Decisions go to the labels folder, each at once. What is open is open again at the next start: its text is kept
in a folder of your own, readable by you alone, until it is closed (--no-keep-open: in memory only). The same server
answers other programs (POST /api/label, /api/score, see /api) and is a machine-learning backend for Label Studio. Only
this machine can reach it unless --host says otherwise; then a token is needed. Behind a proxy (nginx, Caddy) that adds
TLS or shows the server below a path, name the proxy with --trusted-proxy and the path with --root-path; docs/proxy.md
has the proxy's lines.
"""


def serve(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE...]", help="Documents to choose from what to label next.")
    ] = None,
    host: Annotated[
        str,
        typer.Option(
            help="Address or name to listen on, such as 0.0.0.0, ::1 or :: (IPv4, too); any but this machine's own "
            "needs --token."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    open_: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    token: Annotated[
        str,
        typer.Option(envvar="CLASSIFY_TOKEN", show_default=False, help="What everybody must know who uses the server."),
    ] = "",
    allow_host: Annotated[
        list[str] | None, typer.Option(help="A further name by which the server may be called.")
    ] = None,
    root_path: Annotated[
        str, typer.Option(show_default=False, help="Path below which a proxy shows the server, such as /classify.")
    ] = "",
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(help="Address or network of a proxy whose X-Forwarded headers are believed, such as 127.0.0.1."),
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides, where the browser does not say.")] = "",
    labels: LabelsOption = None,
    keep_open: Annotated[
        bool,
        typer.Option("--keep-open/--no-keep-open", help="Keep open documents on disk until they are closed."),
    ] = True,
    upload_mb: Annotated[int, typer.Option(min=1, max=1000, help="Largest file or text taken in, in megabytes.")] = 20,
) -> None:
    """Review in the browser, train, and answer other programs."""
    from classifier.places import open_documents_folder, own_labels  # noqa: PLC0415
    from classifier.web.settings import MEGABYTE, Settings  # noqa: PLC0415

    names = tuple(name.strip().lower() for name in allow_host or [])
    settings = Settings(
        labels=labels or own_labels(), host=host, token=token.strip(), names=names, by=by, pool=tuple(files or []),
        body_limit=upload_mb * MEGABYTE, root_path=root_path, proxies=tuple(trusted_proxy or []),
        kept=open_documents_folder() if keep_open else None,
    )  # fmt: skip
    run, app = _parts(settings)
    with run.listening(settings.host, port) as (socket, here):
        say(f"labels in {settings.labels}")
        address = here.rstrip("/") + settings.root_path + "/"
        say(f"{address} (Ctrl-C stops it)")
        if open_:
            import webbrowser  # noqa: PLC0415

            webbrowser.open(address)
        run.run(app, socket)


def _parts(settings: "Settings") -> "tuple[ModuleType, FastAPI]":
    try:
        from classifier.web import server as running  # noqa: PLC0415 - an extra
        from classifier.web.app import create_app  # noqa: PLC0415
    except ImportError as error:
        from classifier.errors import MissingExtraError  # noqa: PLC0415

        raise MissingExtraError(
            f'a server needs extra packages ({error.name}): pip install "local-government-classifier[web]"'
        ) from error
    return running, create_app(settings)
