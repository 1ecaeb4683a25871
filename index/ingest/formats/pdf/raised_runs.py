"""Join raised and lowered characters to what they stand beside: `m` and a raised `2` are `m²`.

A run is raised if it is smaller than the one beside it, touches it, and has a higher baseline. How
it is told, and that the mark of a note is left out, is decided by `structure.raised`.
"""

from collections.abc import Sequence
from dataclasses import replace

from index.ingest.formats.pdf.page_content import TextRun, bounding_box
from index.ingest.structure.raised import lowered, raised

# Type size of a raised character, as a multiple of the one beside it, at most.
_MAX_SIZE = 0.95
# In em of the larger: how near it stands, and how far its baseline is shifted.
_NEAR = 0.3
_MIN_SHIFT = 0.08
_MAX_SHIFT = 0.75
_TOUCHING = 0.15
_MAX_LENGTH = 12
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_raised(runs: Sequence[TextRun]) -> list[TextRun]:
    """Return the runs of a page, in the file's order, with raised characters joined to others."""
    joined: list[TextRun] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before is None or (run.size == before.size and before.text[-1] not in _RAISED):
            joined.append(run)
        elif _stands_behind(run, before) and (shift := _shift(run, before)):
            tell = raised if shift > 0 else lowered
            joined[-1] = replace(
                before,
                text=before.text + tell(run.text, before.text),
                box=replace(before.box, right=max(before.box.right, run.box.right)),
            )
        elif _stands_behind(before, run, first=True) and _shift(before, run):
            # The mark of a note, before the note itself: it stays, on the note's line.
            joined[-1] = _on_line_of(before, run)
            joined.append(replace(run, spaced=True))
        else:
            joined.append(_closing(run, before))
    return joined


def _closing(run: TextRun, before: TextRun) -> TextRun:
    """Return a run without a space before it, if it is a stop that follows a raised character."""
    touching = run.box.left - before.box.right < _TOUCHING * run.size
    closes = touching and run.text[0] in ".,;:)/·" and before.text[-1] in _RAISED
    return replace(run, spaced=False) if closes else run


def _stands_behind(small: TextRun, large: TextRun, *, first: bool = False) -> bool:
    """Return whether a small run touches a larger one; `first` if it stands before it."""
    if small.size > _MAX_SIZE * large.size or len(small.text) > _MAX_LENGTH:
        return False
    gap = large.box.left - small.box.right if first else small.box.left - large.box.right
    return abs(gap) <= _NEAR * large.size


def _shift(small: TextRun, large: TextRun) -> float:
    """Return how far a run is raised, in em; below 0 if it is lowered, 0 if it is neither."""
    baseline = small.box.bottom - 0.2 * small.size
    shift = (large.box.bottom - 0.2 * large.size - baseline) / max(large.size, 1)
    return shift if _MIN_SHIFT <= abs(shift) <= _MAX_SHIFT else 0.0


def _on_line_of(mark: TextRun, run: TextRun) -> TextRun:
    box = bounding_box([mark.box, run.box])
    return replace(mark, box=replace(mark.box, top=box.top, bottom=run.box.bottom), size=run.size)
