"""The command `evaluate`: ask questions whose answers are known, and judge the answers."""

from pathlib import Path

import click

from cli import output
from cli.options import JSON, PATH, STORE, load_settings, plain_errors


@click.command("evaluate")
@click.argument("files", nargs=-1, required=True, type=PATH)
@click.option("--questions", type=PATH, help="SQuAD-style file whose questions are asked, by id.")
@click.option("--left-out", is_flag=True, help="Ask every question without its article, too.")
@click.option("--among", multiple=True, type=PATH, help="Articles to hide the right ones in.")
@click.option("--llm", is_flag=True, help="Have the model that is set write beside the answers.")
@click.option("--report", type=PATH, help="Write an HTML report to this file.")
@STORE
@JSON
@plain_errors
def evaluate_command(  # noqa: PLR0913, PLR0917 - one argument an option
    files: tuple[Path, ...],
    questions: Path | None,
    left_out: bool,
    among: tuple[Path, ...],
    llm: bool,
    report: Path | None,
    store: Path | None,
    json: bool,
) -> None:
    """Ask the questions of FILES and judge the answers.

    Question lines (.jsonl) are asked over the store, those of SQuAD-style files over their own.
    """
    from cli.formats.evaluations import evaluation_json, evaluation_table
    from python_api.parts import AskingParts
    from python_api.writing_parts import required_writer
    from qa.evaluation.html_report import check_place, write_report
    from qa.evaluation.judge_cases import evaluate
    from qa.evaluation.suite import Suite
    from qa.evaluation.written_scores import WrittenTally

    suite = Suite.of(files, questions, left_out=left_out, among=among)
    if report:
        check_place(report)
    settings = load_settings(store)
    parts = AskingParts.of(settings)
    tally = (
        WrittenTally(required_writer(settings, parts.analyzer, parts.models.sentence_encoder))
        if llm
        else None
    )
    results, written = [], None
    with output.progress_bar() as progress:
        if suite.cases:
            searcher = parts.live.searcher()
            results = evaluate(suite.cases, parts.answerer, searcher, progress, tally)
            written = tally.scores() if tally else None
        sets = suite.ask_sets(
            parts.models.encoder,
            parts.analyzer,
            parts.answerer,
            settings.threshold,
            progress,
            tally=tally,
        )
    if report:
        write_report(report, results, sets)
    output.print_result(
        evaluation_json(results, sets, written),
        evaluation_table(results, sets, written),
        json,
    )
