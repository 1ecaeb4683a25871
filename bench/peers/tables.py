"""The figures as tables in Markdown, as they stand in docs/performance.md."""

from collections.abc import Iterator, Sequence
from statistics import median

from bench.peers.collections_of_passages import Asked, Question
from bench.peers.figures import Spread, ahead, rank_of_first, ratios
from bench.peers.turns import Measurement
from qa.evaluation.metrics import Rank, ndcg, percentiles, recall

_AHEAD_AT = 5  # the rank up to which it is counted who finds what the other doesn't


def costs_of_index(measurements: Sequence[Measurement]) -> Iterator[str]:
    """Yield what each index took; the first system is the one that others are compared with."""
    ours = [build.cost.spent for build in measurements[0].builds]
    yield from _head("", "index, s", "times ours", "peak memory, MB", "of it before the index")
    for measurement in measurements:
        theirs = [build.cost.spent for build in measurement.builds]
        yield _row(
            measurement.system.name,
            f"{median(theirs):.2f}",
            str(ratios(theirs, ours)),
            f"{measurement.peak:.0f}",
            f"{measurement.builds[-1].before:.0f}",
        )


def finding(
    asked: Asked, questions: Sequence[Question], measurements: Sequence[Measurement]
) -> Iterator[str]:
    """Yield what each system found of a set, and what that took."""
    ours = measurements[0]
    our_ranks = ranks(ours, asked.name, questions)
    yield from _head(
        f"{asked.title}, {len(questions)} questions",
        "R@1", "R@5", "nDCG@10", f"R@{_AHEAD_AT}: only it, only Yiju",
        "ms p50", "p95", "times ours",
    )  # fmt: skip
    for measurement in measurements:
        their_ranks = ranks(measurement, asked.name, questions)
        cuts = percentiles(measurement.milliseconds(asked.name))
        yield _row(
            measurement.system.name,
            f"{recall(their_ranks, 1):.3f}",
            f"{recall(their_ranks, 5):.3f}",
            f"{ndcg(their_ranks):.3f}",
            "{}, {}".format(*ahead(their_ranks, our_ranks, _AHEAD_AT)),
            f"{cuts['p50']:.1f}",
            f"{cuts['p95']:.1f}",
            str(_ratio_of_medians(measurement, ours, asked.name)),
        )


def ranks(measurement: Measurement, name: str, questions: Sequence[Question]) -> list[Rank]:
    """Return the rank of the first right passage for each question of a set."""
    return [
        rank_of_first(passages, question.right)
        for passages, question in zip(measurement.passages(name), questions, strict=True)
    ]


def _ratio_of_medians(theirs: Measurement, ours: Measurement, name: str) -> Spread:
    return ratios(list(map(median, theirs.by_turn(name))), list(map(median, ours.by_turn(name))))


def _head(*columns: str) -> Iterator[str]:
    yield _row(*columns)
    yield _row(*("---" for _ in columns))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
