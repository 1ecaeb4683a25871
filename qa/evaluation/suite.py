"""The suite of `yiju evaluate`: its files, checked before any question."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError
from index.eval_cases import Case, read_cases
from index.models.encoder import Encoder
from index.progress import Progress
from index.text.analyzer import Analyzer
from qa.answerer import Answerer
from qa.evaluation.scores import Evaluation, evaluate_set
from qa.evaluation.squad import ReadingSet, is_reading_set, read_set
from qa.evaluation.temporary_store import TemporaryStore
from qa.evaluation.written_scores import WrittenTally


@dataclass(frozen=True, slots=True)
class Suite:
    """Question lines and reading sets, with the options for the sets."""

    cases: list[Case]
    sets: list[ReadingSet]
    left_out: bool
    among: tuple[Path, ...]

    @classmethod
    def of(
        cls, files: Sequence[Path], questions: Path | None, *, left_out: bool, among: Sequence[Path]
    ) -> "Suite":
        """Read files of both formats; the options are for reading sets only.

        Raises:
            UsageError: a file is damaged or of neither format, there is no question, or an option
                does not apply.
        """
        lines = [path for path in files if not is_reading_set(path)]
        sets = [read_set(path, questions) for path in files if is_reading_set(path)]
        cases = [case for path in lines for case in read_cases(path)]
        if not sets and (questions or left_out or among):
            raise UsageError(
                "--questions, --left-out and --among are for SQuAD-style files (.json, .json.gz)."
            )
        if not sets and not cases:
            raise UsageError(f"There is no question in {', '.join(map(str, files))}.")
        return cls(cases, sets, left_out, tuple(among))

    def ask_sets(  # noqa: PLR0913 - the last one has a default that fits
        self,
        encoder: Encoder,
        analyzer: Analyzer,
        answerer: Answerer,
        threshold: float,
        progress: Progress,
        *,
        tally: WrittenTally | None = None,
    ) -> list[Evaluation]:
        """Ask every reading set in turn over a temporary store of its contexts.

        `tally`, if any, has a model write beside the answers.

        Raises:
            UsageError: the contexts, or the articles put among them, can't be indexed.
        """
        if not self.sets:
            return []
        analyzer.load()
        # tantivy may still be merging segments when the folder is removed; leftovers do no harm.
        with tempfile.TemporaryDirectory(prefix="yiju-", ignore_cleanup_errors=True) as folder:
            store = TemporaryStore(Path(folder), encoder, analyzer, self.among, progress)
            return [
                evaluate_set(
                    reading_set, store, answerer, threshold, left_out=self.left_out, tally=tally
                )
                for reading_set in self.sets
            ]
