"""The quality gate: a new index must still retrieve the evidence of questions that are known."""

import hashlib
from pathlib import Path

from index.errors import QualityError
from index.eval_cases import Case, read_cases
from index.models.encoder import Encoder
from index.progress import Progress, counted
from index.search.generation import Generation
from index.search.searcher import Searcher, SearchModels
from index.store.manifest import Manifest, Quality
from index.text.folding import FoldedText, fold_answer

MARGIN = 0.02
"""How much of the evidence, as a share of the questions, a new index may lose."""

_AMONG = 5  # passages: evidence counts as retrieved where one of the first five holds it


class QualityGate:
    """Question lines whose evidence is retrieved from one generation and from the next."""

    def __init__(self, path: Path, encoder: Encoder, progress: Progress) -> None:
        """Reads the lines; those without evidence, or that lean on a history, don't count.

        Raises:
            UsageError: the file is no question lines.
        """
        cases = list(read_cases(path))
        self._cases = [one for one in cases if one.answerable and one.evidence and not one.history]
        self._id = hashlib.sha256(path.read_bytes()).hexdigest()
        self._encoder = encoder
        self._progress = progress

    def judge(
        self, new: Generation, before: Manifest | None, former: Generation | None, *, force: bool
    ) -> Quality:
        """How much evidence the new generation retrieves, compared with the one before it.

        What the former's manifest says counts where it was asked the same; else the former itself
        is asked, where it can be opened.

        Raises:
            QualityError: it retrieves less, by more than the margin, and `force` is off.
        """
        missed, recall = self._asked(new)
        quality = Quality(questions=self._id, asked=len(self._cases), recall=recall)
        wanted = self._wanted(before, former)
        if wanted is None or recall >= wanted - MARGIN:
            return quality
        if not force:
            first = ", ".join(missed[:3])
            raise QualityError(
                f"The new index retrieves the evidence of {recall:.1%} of {len(self._cases)} "
                f"questions, the current one of {wanted:.1%}; more than {MARGIN:.0%} may not be "
                f"lost, so nothing was changed. Not found: {first}. Mend the articles or the "
                "questions, or pass --force."
            )
        return quality.model_copy(update={"forced": True})

    def recorded(self, before: Manifest | None) -> float | None:
        """What a manifest says of the share of evidence retrieved, if it was asked the same."""
        if before and before.quality and before.quality.questions == self._id:
            return before.quality.recall
        return None

    def _wanted(self, before: Manifest | None, former: Generation | None) -> float | None:
        recorded = self.recorded(before)
        return self._asked(former)[1] if recorded is None and former else recorded

    def _asked(self, generation: Generation) -> tuple[list[str], float]:
        """The ids of the questions whose evidence is missed, and the share of the others."""
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
    """The gate for the question lines that were given, else for those in the store, if any."""
    path = given or (stored if stored.is_file() else None)
    return QualityGate(path, encoder, progress) if path else None
