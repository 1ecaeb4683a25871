"""What a form was filled in with is read beside its label; what is not read is counted."""

from typing import Any

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import pdf, write, write_lines

PROSE = "本人保证以上所填各项属实，船况良好，可以出航。"


def form(canvas: Any) -> None:  # noqa: ANN401
    fields = canvas.acroForm
    write(canvas, "渡船登记表", 72, 780, 16)
    write(canvas, "船名：", 72, 740)
    fields.textfield(name="a", value="Heron IV", x=120, y=735, width=200, height=18, fontSize=11)
    write(canvas, "船主：", 72, 710)
    fields.textfield(name="e", value="", x=120, y=705, width=200, height=18)
    write(canvas, "夜航", 72, 680)
    fields.checkbox(name="b", checked=True, x=110, y=677, size=14)
    write(canvas, "载货", 150, 680)
    fields.checkbox(name="c", checked=False, x=190, y=677, size=14)
    write(canvas, "码头：", 72, 650)
    fields.choice(
        name="d", value="East", options=["West", "East"], x=120, y=645, width=90, height=18
    )
    write(canvas, "Remarks:", 72, 620, font="Helvetica")
    fields.textfield(
        name="m", value="The hull is old.\nIt leaks.", x=72, y=560, width=300, height=50,
        fieldFlags="multiline", fontSize=10,
    )  # fmt: skip
    write(canvas, PROSE, 72, 520)


def test_values_stand_beside_their_labels() -> None:
    article = read_pdf("a.pdf", pdf(form))
    assert article.title == "渡船登记表"
    lines = [" ".join(line.split()) for line in article.text.split("\n") if line]
    assert lines == [
        "渡船登记表", "船名： Heron IV", "船主：", "夜航 ☑ 载货 ☐", "码头： East", "Remarks:",
        "The hull is old.", "It leaks.", PROSE,
    ]  # fmt: skip
    assert article.unread == ()


def test_what_is_written_on_top_is_read_and_comments_are_counted() -> None:
    def annotated(canvas: Any) -> None:  # noqa: ANN401
        write_lines(canvas, [PROSE])
        canvas.freeTextAnnotation("Deck repaired", "/Helv 11 Tf 0 g", Rect=[72, 600, 200, 616])
        canvas.textAnnotation("looks fine", Rect=[400, 700, 420, 720])

    article = read_pdf("a.pdf", pdf(annotated))
    assert article.text.split("\n\n") == [PROSE, "Deck repaired"]
    assert [str(unread) for unread in article.unread] == ["1 comment"]
