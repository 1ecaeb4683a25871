"""A label of several rows is told with each of them, whether it stands first or in their middle."""

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reportlab.lib import colors

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import pdf, styled_table

SEASONS = ["春季", "夏季", "秋季", "冬季"]
BOATS = ["舢板", "皮艇", "帆船"]


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(1, 3), min_size=2, max_size=4), ruled=st.booleans())
@pytest.mark.parametrize("place", ["TOP", "MIDDLE"])
def test_every_row_has_the_label_of_its_group(place: str, sizes: list[int], *, ruled: bool) -> None:
    # A label in the middle of one row, the first, may be that of the rows below it, too.
    assume(place == "TOP" or sizes[0] > 1 or ruled)
    rows, spans, lines = [["季节", "船型", "时价", "日价"]], [], []
    for season, size in zip(SEASONS, sizes, strict=False):
        first = len(rows)
        spans.append(("SPAN", (0, first), (0, first + size - 1)))
        for number, boat in enumerate(BOATS[:size]):
            prices = [f"{first}{number}.5", f"{first}{number}0.5"]
            rows.append([season if not number else "", boat, *prices])
            lines.append(f"季节: {season}, 船型: {boat}, 时价: {prices[0]}, 日价: {prices[1]}")
    rule = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)

    def page(canvas: Any) -> None:  # noqa: ANN401
        styled_table(
            canvas, rows, ("VALIGN", (0, 0), (-1, -1), place), *spans, *([rule] if ruled else [])
        )

    assert read_pdf("a.pdf", pdf(page)).text.split("\n") == lines
