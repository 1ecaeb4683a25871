"""The command `ask`: answer a question in the terminal."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from cli import output
from cli.options import JSON, STORE, load_settings, plain_errors

_NOT_ANSWERED = 3  # exit code


@click.command()
@click.argument("question")
@STORE
@JSON
@plain_errors
def ask(question: str, store: Path | None, json: bool) -> None:
    """Answer one QUESTION, with its sources.

    Ends with 3 if nothing answers it for sure; what may be the answer is shown all the same.
    """
    from cli.formats.answers import format_answer
    from python_api.open_library import Library

    settings = load_settings(store)
    with Library(settings) as library:
        output.note("Loading the model …")
        if settings.llm_base_url:
            output.note(f"{settings.llm_model} may write for up to {settings.llm_timeout:g} s …")
        answer = library.ask(question)
    output.print_result(asdict(answer), format_answer(answer), json)
    if not answer.answered:
        sys.exit(_NOT_ANSWERED)
