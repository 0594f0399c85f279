"""Options that several commands have."""

from typing import Annotated

import typer

Precision = Annotated[
    float | None,
    typer.Option(
        min=0.5,
        max=0.99,
        help="Give labels only where such answers were right that often on unseen documents.",
        show_default="where precision and recall balance",
    ),
]
