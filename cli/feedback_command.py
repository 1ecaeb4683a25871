"""The command `feedback`: what readers said, and the questions that need their owner."""

from pathlib import Path

import click

from cli.options import STORE, load_settings, plain_errors
from cli.output import printable


@click.command()
@click.option("--jsonl", is_flag=True, help="Print question lines: of those whose answer is known.")
@click.option("--all", "everything", is_flag=True, help="Leave none out of what is kept.")
@STORE
@plain_errors
def feedback(jsonl: bool, everything: bool, store: Path | None) -> None:
    """List the questions that found no sure answer, and what readers said of answers."""
    from cli.formats.feedback import question_lines, question_list
    from index.store.store import Store
    from qa.feedback.feedback_store import FeedbackStore

    place = Store(load_settings(store).store)
    kept = FeedbackStore.of(place).everything()
    if not kept:
        place.current()  # a store that is not there is told
    if jsonl:
        for line in question_lines(kept, guessed=everything):
            click.echo(line)
    else:
        click.echo(printable(question_list(kept, resolved=everything)))
