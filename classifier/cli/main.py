"""The command `classify`: its sub-commands, and files without a sub-command go to `label`."""

import errno
import gc
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from classifier import __version__
from classifier.cli.commands import Command, Group, run
from classifier.cli.compare import EPILOG as COMPARE_EPILOG
from classifier.cli.compare import HELP as COMPARE_HELP
from classifier.cli.compare import compare
from classifier.cli.extract import HELP as EXTRACT_HELP
from classifier.cli.extract import extract
from classifier.cli.label import HELP as LABEL_HELP
from classifier.cli.label import label
from classifier.cli.labels import app as labels_app
from classifier.cli.models import app as models_app
from classifier.cli.pages import PageLanguage
from classifier.cli.report import HELP as REPORT_HELP
from classifier.cli.report import report
from classifier.cli.review import HELP as REVIEW_HELP
from classifier.cli.review import review
from classifier.cli.say import say
from classifier.cli.score import HELP as SCORE_HELP
from classifier.cli.score import score
from classifier.cli.serve import HELP as SERVE_HELP
from classifier.cli.serve import serve
from classifier.cli.suggest import HELP as SUGGEST_HELP
from classifier.cli.suggest import suggest
from classifier.cli.topics import HELP as TOPICS_HELP
from classifier.cli.topics import topics
from classifier.cli.train import HELP as TRAIN_HELP
from classifier.cli.train import train
from classifier.errors import ClassifierError
from classifier.i18n.language import ask_for
from classifier.platforms import prepare_output

HELP = """Label every paragraph of Chinese local-government documents.

Topics: 作风建设 work style, 营商环境 business environment, 项目招引 project recruitment, 民生 livelihood;
or none. Each with a probability, the reasons, and its place in the text.

\b
classify FILE...              short for: classify label FILE...
classify speech.txt           a table on a terminal, JSON Lines in a pipe
classify speech.txt --explain with the words that decided
classify speech.docx -o a.html as a page to read; .docx .xlsx .csv .md … likewise
classify serve --open         label, correct and train in the browser
classify extract FOLDER --only 民生 -o 民生.docx   all that is said on a topic, with sources
classify report FOLDER        one page to read: figures, charts, the documents
classify score IN OUT         a table of millions of paragraphs
classify topics               the topics it knows

\b
From your own labels to a better model, in turns:
classify suggest FILES -n 50  which paragraphs to label next
classify review FILE          label them in the terminal
classify labels import FILE   or bring labels from elsewhere; labels export, undo, stats, audit
classify train                a new model, in use if it is not worse
classify compare A B          is one better than the other?
classify models list          versions: show, promote, rollback, remove, export, import
"""
_MADE = 50_000  # objects between two walks of the garbage collector: starting makes many, hardly any of them garbage
EPILOG = "Exit codes: 0 done, 1 stopped by an error, 2 wrong usage or some input could not be read."


class DefaultToLabel(Group):
    """`classify FILE` is short for `classify label FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `label` in front where the first word is neither a command nor an option of `classify` itself."""
        own: dict[str, Any] = {
            option: param for param in self.get_params(ctx) for option in (*param.opts, *param.secondary_opts)
        }
        first = 0  # word that is no option of ours
        while first < len(args) and (option := args[first].partition("=")[0]) in own:
            first += 1 if "=" in args[first] or own[option].is_flag else 2
        if args[first:] and args[first] not in self.commands:
            args = [*args[:first], "label", *args[first:]]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=DefaultToLabel,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: quicker, and its examples can be copied
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)


def _speak(spoken: PageLanguage | None) -> None:
    ask_for(spoken.value if spoken else None)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"classify {__version__}")
        raise typer.Exit


@app.callback(help=HELP)
def classify(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
    spoken: Annotated[
        PageLanguage | None,
        typer.Option(
            "--language",
            callback=_speak,
            is_eager=True,
            help="Language of messages and help: en or zh.",
            show_default="that of your system",
        ),
    ] = None,
) -> None:
    """Label every paragraph of Chinese local-government documents."""


app.command(cls=Command, help=LABEL_HELP, epilog=EPILOG)(label)
app.command(cls=Command, help=EXTRACT_HELP, epilog=EPILOG)(extract)
app.command(cls=Command, help=REPORT_HELP, epilog=EPILOG)(report)
app.command(cls=Command, help=SCORE_HELP, epilog=EPILOG)(score)
app.command(cls=Command, help=TRAIN_HELP, epilog=EPILOG)(train)
app.command(cls=Command, help=TOPICS_HELP, epilog=EPILOG)(topics)
app.add_typer(labels_app, name="labels", epilog=EPILOG)
app.command(cls=Command, help=SUGGEST_HELP, epilog=EPILOG)(suggest)
app.command(cls=Command, help=REVIEW_HELP, epilog=EPILOG)(review)
app.command(cls=Command, help=SERVE_HELP, epilog=EPILOG)(serve)
app.command(cls=Command, help=COMPARE_HELP, epilog=COMPARE_EPILOG)(compare)
app.add_typer(models_app, name="models", epilog=EPILOG)


def main() -> None:
    """Run the command; an error of ours is one line on standard error."""
    prepare_output()
    gc.set_threshold(_MADE)
    try:
        sys.exit(run(app, "classify"))
    except ClassifierError as error:
        sys.exit(_report(error))
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:  # a folder that is missing or not ours, a full disk
        sys.exit(_refused_by_the_disk(error))
    except Exception as error:
        if (refused := _as_of_the_disk(error)) is None:
            raise
        sys.exit(_refused_by_the_disk(refused))


def _of_the_disk(error: OSError) -> str:
    folder = Path(error.filename).parent if isinstance(error, FileNotFoundError) and error.filename else None
    if folder is not None and not folder.is_dir():
        return f"{error.filename}: there is no folder {folder}; make it first"
    place = error.filename or "cannot write"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{place}: you may not write (or read) there: take another place, or have the right given to you"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"{place}: there is no room left on the disk: make room, then try again"
    return f"{place}: {error.strerror or error}"


def _as_of_the_disk(error: Exception) -> OSError | None:
    """Return what the disk refused where lxml, which writes workbooks, tells it in its own way (IO_ENOSPC)."""
    if type(error).__name__ != "SerialisationError":
        return None
    number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(number, os.strerror(number))


def _refused_by_the_disk(error: OSError) -> int:
    """Say it once: files that are left half written meet the same disk when they are cleared away."""
    if sys.unraisablehook is sys.__unraisablehook__:  # nobody else listens there
        sys.unraisablehook = lambda _: None
    return _report(_of_the_disk(error))


def _report(error: object) -> int:
    say(str(error))
    return 1
