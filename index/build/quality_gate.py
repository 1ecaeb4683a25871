"""The quality gate: a new index must still retrieve known evidence."""

import hashlib
from pathlib import Path

from index.errors import QualityError
from index.eval_cases import Case, cases_in, read_lines
from index.models.encoder import Encoder
from index.progress import Progress, counted
from index.search.generation import Generation
from index.search.searcher import Searcher, SearchModels
from index.store.manifest import Manifest, Quality
from index.text.folding import FoldedText, fold_answer

MARGIN = 0.02
"""The share of the questions whose evidence a new index may lose."""

_AMONG = 5  # passages: evidence counts as retrieved if it is in one of the first five


class QualityGate:
    """Question lines whose evidence a new generation must still retrieve."""

    def __init__(self, path: Path, encoder: Encoder, progress: Progress) -> None:
        """Read the lines; those without evidence, or with a history, don't count.

        Raises:
            UsageError: the file does not consist of question lines.
        """
        data = read_lines(path)
        self._cases = [
            case
            for case, _ in cases_in(data, path)
            if case.answerable and case.evidence and not case.history
        ]
        self._id = hashlib.sha256(data).hexdigest()
        self._encoder = encoder
        self._progress = progress

    def judge(
        self, new: Generation, before: Manifest | None, former: Generation | None, *, force: bool
    ) -> Quality:
        """Return the recall of the new generation, checked against the one before it.

        The earlier recall is that in its manifest, if the same questions were asked, else it is
        measured now if the `former` generation can be opened.

        Raises:
            QualityError: the new recall is lower by more than the margin, and `force` is off.
        """
        missed, recall = self._measured(new)
        quality = Quality(questions=self._id, asked=len(self._cases), recall=recall)
        earlier = self._earlier(before, former)
        if earlier is None or recall >= earlier - MARGIN:
            return quality
        if not force:
            first = ", ".join(missed[:3])
            raise QualityError(
                f"The new index retrieves the evidence of {recall:.1%} of {len(self._cases)} "
                f"questions, the current one of {earlier:.1%}; more than {MARGIN:.0%} may not be "
                f"lost, so nothing was changed. Not found: {first}. Mend the articles or the "
                "questions, or pass --force."
            )
        return quality.model_copy(update={"forced": True})

    def recorded(self, before: Manifest | None) -> float | None:
        """Return the recall in a manifest, or None if other questions were asked."""
        if before and before.quality and before.quality.questions == self._id:
            return before.quality.recall
        return None

    def _earlier(self, before: Manifest | None, former: Generation | None) -> float | None:
        recorded = self.recorded(before)
        return self._measured(former)[1] if recorded is None and former else recorded

    def _measured(self, generation: Generation) -> tuple[list[str], float]:
        """Return the ids of the questions whose evidence is missed, and the recall."""
        searcher = Searcher(generation, SearchModels.of(self._encoder))
        asked = counted(self._cases, len(self._cases), "checking", self._progress)
        missed = [case.id for case in asked if not _retrieves(searcher, case)]
        return missed, 1 - len(missed) / max(1, len(self._cases))


def _retrieves(searcher: Searcher, case: Case) -> bool:
    evidence = fold_answer(case.evidence or "")
    hits = searcher.search(searcher.query(FoldedText.of(case.question)), _AMONG)
    return any(evidence in fold_answer(hit.passage.text) for hit in hits)


def gate_of(
    given: Path | None, stored: Path, encoder: Encoder, progress: Progress
) -> QualityGate | None:
    """Return the gate of the `given` question lines, else of the store's, if any."""
    path = given or (stored if stored.is_file() else None)
    return QualityGate(path, encoder, progress) if path else None
