"""What stands on a page side by side is read one after the other, heads apart from columns."""

from typing import Any

from index.ingest.formats.pdf.read_pdf import read_pdf
from tests.support.documents import LEFT, TOP, pdf, styled_table, write, write_lines

TEXT = "林场今年完成补植七百二十亩其中针叶树种占六成阔叶树种占四成成活率比上年提高"
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")


def test_tables_side_by_side_have_their_own_captions() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        for number, (caption, name) in enumerate([("表1 甲班", "林一"), ("表2 乙班", "高三")]):
            x = LEFT + 200 * number
            write(canvas, caption, x, TOP)
            rows = [["姓名", "分数"], [name, "91"], [f"{name}二", "85"]]
            styled_table(canvas, rows, GRID, x=x, top=TOP - 10)

    assert read_pdf("a.pdf", pdf(page)).text.split("\n\n") == [
        "表1 甲班",
        "姓名: 林一, 分数: 91\n姓名: 林一二, 分数: 85",
        "表2 乙班",
        "姓名: 高三, 分数: 91\n姓名: 高三二, 分数: 85",
    ]


def test_a_title_beside_small_print_is_a_line_of_its_own() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "收据", LEFT, TOP, 24)
        write(canvas, "东街瓷砖行", LEFT + 300, TOP, 9)
        write_lines(canvas, ["　　感谢惠顾。"], TOP - 60)

    article = read_pdf("a.pdf", pdf(page))
    assert article.title == "收据"
    assert article.text.split("\n\n") == ["收据", "东街瓷砖行", "感谢惠顾。"]


def test_notes_below_two_columns_come_after_both_and_heads_before() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "林业简讯", 40, 815, 8)
        write(canvas, "第7期", 500, 815, 8)
        for column in (0, 1):
            lines = [TEXT[number : number + 18] for number in range(column, column + 8)]
            write_lines(canvas, lines, 740, 60 + 240 * column)
        write(canvas, "1 数字由林场登记。", 60, 560, 8)

    first, second = ("".join(TEXT[n : n + 18] for n in range(at, at + 8)) for at in (0, 1))
    text = read_pdf("a.pdf", pdf(page)).text
    assert text.split("\n\n") == ["林业简讯  第7期", first + second, "1 数字由林场登记。"]


def test_words_in_a_made_up_italic_are_not_slanted() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        text = canvas.beginText()
        text.setFont("STSong-Light", 12)
        text.setTextTransform(1, 0, 0.25, 1, LEFT, TOP)
        text.textOut("斜体的话也是正文。")
        canvas.drawText(text)

    article = read_pdf("a.pdf", pdf(page))
    assert (article.text, article.removed) == ("斜体的话也是正文。", ())


def test_columns_with_a_rule_between_them_are_read_one_after_the_other() -> None:
    def page(canvas: Any) -> None:  # noqa: ANN401
        write(canvas, "林场月报", LEFT, TOP, 20)
        for column, first in enumerate("甲乙丙"):
            x = 60 + 170 * column
            write_lines(canvas, [f"{first}组补植杉木", "六十亩，全部", "成活。"], 720, x)
            canvas.line(x + 150, 740, x + 150, 660) if column < 2 else None

    texts = read_pdf("a.pdf", pdf(page)).text
    squeezed = "".join(texts.split())
    assert squeezed == "林场月报" + "".join(
        f"{first}组补植杉木六十亩，全部成活。" for first in "甲乙丙"
    )
