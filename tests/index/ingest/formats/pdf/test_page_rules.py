"""Pictures and scanned pages are counted, for their words are in no text."""

from typing import Any

from PIL import Image
from reportlab.lib.utils import ImageReader

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import pdf, write_lines

PROSE = "灯塔每晚七点点亮，早晨六点熄灭，由看塔人照管。"


def picture(canvas: Any, size: int) -> None:  # noqa: ANN401
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "gray")), 72, 300, size, size)


def test_pictures_of_an_inch_and_pages_without_text_are_counted() -> None:
    def with_text(canvas: Any) -> None:  # noqa: ANN401
        write_lines(canvas, [PROSE])
        picture(canvas, 200)
        picture(canvas, 20)

    article = read_pdf("a.pdf", pdf(with_text, lambda canvas: picture(canvas, 400)))
    assert article.text == PROSE
    assert [str(unread) for unread in article.unread] == ["1 picture", "1 scanned page"]
