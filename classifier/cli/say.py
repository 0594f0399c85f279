"""Messages to the person at the terminal, on standard error: standard output is for results."""

import typer


def say(message: str) -> None:
    """Say something on standard error."""
    typer.echo(f"classify: {message}", err=True)
