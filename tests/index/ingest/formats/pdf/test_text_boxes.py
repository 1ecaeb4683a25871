"""What stands in a box beside other text is read by itself."""

from typing import Any

import pytest

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, write, write_lines

TEXT = "河堤步道于周末开放全长三点二公里沿线设有六处休息亭市民可由南门或北门进入"
CARD = ["开放时间", "周一至周五 6:00", "周末 5:30"]


@pytest.mark.parametrize("filled", [True, False])
def test_a_sidebar_comes_after_the_text_beside_it(*, filled: bool) -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write_lines(canvas, [TEXT[number : number + 22] for number in range(5)])
        canvas.setFillGray(0.9)
        canvas.rect(LEFT + 290, TOP - 80, 140, 96, stroke=not filled, fill=filled)
        canvas.setFillGray(0)
        for number, line in enumerate(CARD):
            write(canvas, line, LEFT + 300, TOP - 4 - 25 * number)
        write_lines(canvas, ["步道由园林所养护。"], TOP - 130)

    paragraphs = read_pdf("a.pdf", pdf(page)).text.split("\n\n")
    assert paragraphs == ["".join(TEXT[n : n + 22] for n in range(5)), *CARD, "步道由园林所养护。"]


def test_a_frame_around_all_text_changes_nothing() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        canvas.rect(50, 50, 495, 742)
        write_lines(canvas, ["　　第一段。", "　　第二段。"])

    assert read_pdf("a.pdf", pdf(page)).text == "第一段。\n\n第二段。"
