"""The charts of a report, as inline SVG without scripts or external resources.

The only module that imports pygal.
"""

from collections.abc import Mapping, Sequence
from math import floor, log10

import pygal
from lxml.etree import _Comment, _Element
from pygal.style import Style

from qa.evaluation.metrics import CalibrationBin, RiskCoverage
from qa.evaluation.render import thinned
from qa.evaluation.scores import CUTS, EvaluationScores

_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    font_family="system-ui, sans-serif",
    colors=("#1f6feb", "#d9480f", "#2b8a3e", "#862e9c"),
    guide_stroke_color="#dddddd",
    major_guide_stroke_color="#bbbbbb",
    guide_stroke_dasharray="0",
    major_guide_stroke_dasharray="0",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
    title_font_size=16,
)
_COMMON = {
    "style": _STYLE,
    "js": [],
    "width": 600,
    "height": 360,
    "legend_at_bottom": True,
    "truncate_label": -1,
}


def recall_chart(scores: EvaluationScores) -> str:
    """Draw recall at each cut-off, one line per ranking."""
    lowest = min(row[f"recall@{CUTS[0]}"] for row in scores.retrieval.values())
    chart = pygal.Line(
        title="The right article among the first k",
        range=(floor(min(lowest, 0.9) * 10) / 10, 1),
        **_COMMON,
    )
    chart.x_labels = [f"k = {cut}" for cut in CUTS]
    for ranking, row in scores.retrieval.items():
        chart.add(ranking.replace("_", " "), [row[f"recall@{cut}"] for cut in CUTS])
    return _svg(chart)


def risk_chart(curve: Sequence[RiskCoverage]) -> str:
    """Draw the risk-coverage curve: share of wrong answers over share answered."""
    chart = pygal.XY(
        title="Risk and coverage",
        x_title="share of all asks answered",
        y_title="share of these wrong",
        xrange=(0, 1),
        range=(0, 1),
        show_dots=False,
        **_COMMON,
    )
    chart.add("risk", [(point.coverage, point.risk) for point in thinned(list(curve))])
    return _svg(chart)


def reliability_chart(bins: Sequence[CalibrationBin]) -> str:
    """Draw the reliability diagram: share right over confidence, beside perfect calibration."""
    chart = pygal.XY(
        title="Calibration",
        x_title="confidence",
        y_title="share right",
        xrange=(0, 1),
        range=(0, 1),
        **_COMMON,
    )
    chart.add("answers", [(part.confidence, part.right) for part in bins])
    chart.add("perfect", [(0, 0), (1, 1)], show_dots=False)
    return _svg(chart)


def latency_chart(milliseconds: Sequence[float], bars: int = 20) -> str:
    """Draw a histogram of latencies; the slowest hundredth shares the last bar."""
    ordered = sorted(milliseconds)
    width = max(ordered[int(0.99 * (len(ordered) - 1))], 0.001) / bars
    counts = [0] * (bars + 1)
    for value in ordered:
        counts[min(int(value / width), bars)] += 1
    chart = pygal.Bar(
        title="Latency of a whole ask",
        x_title="milliseconds",
        y_title="asks",
        show_legend=False,
        x_labels_major_every=5,
        show_minor_x_labels=False,
        **_COMMON,
    )
    chart.x_labels = [f"{at * width:.1f}" for at in range(bars)] + [f"{bars * width:.1f}+"]
    chart.add("asks", counts)
    return _svg(chart)


def growth_chart(steps: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Draw the milliseconds of steps over the number of passages, both as powers of ten."""
    chart = pygal.XY(
        title="Finding, by the number of passages",
        x_title="passages, as a power of ten",
        y_title="milliseconds",
        logarithmic=True,
        **_COMMON,
    )
    for step, points in steps.items():
        chart.add(step, [(log10(passages), time) for passages, time in points])
    return _svg(chart)


def _svg(chart: pygal.graph.base.BaseGraph) -> str:
    chart.add_xml_filter(_without_script)
    return str(chart.render(is_unicode=True, disable_xml_declaration=True))


def _without_script(root: _Element) -> _Element:
    """Remove pygal's settings, which are a script, and its comments, which contain URLs."""
    for element in list(root.iter()):
        if isinstance(element, _Comment) or str(element.tag).endswith("script"):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    return root
