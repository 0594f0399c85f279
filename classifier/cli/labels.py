"""`classify labels`: what can be done with a folder of labels."""

import typer

from classifier.cli.labels_export import HELP as EXPORT_HELP
from classifier.cli.labels_export import export
from classifier.cli.labels_import import HELP as IMPORT_HELP
from classifier.cli.labels_import import import_
from classifier.cli.labels_import import undo

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Import, export and take back labels: a folder of them grows."
)
app.command("import", help=IMPORT_HELP)(import_)
app.command("export", help=EXPORT_HELP)(export)
app.command("undo")(undo)
