"""An OpenDocument text comes back with its lists, tables and notes, and loses no word unsaid."""

import pytest

from index.errors import ArticleError
from index.ingest.formats.odt.read_odt import read_odt
from tests.support.documents import archive
from tests.support.tables.tilings import drawn

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = {name: name for name in "office text style table meta".split()} | {"draw": "drawing"}
SPACES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" ' + " ".join(
    f'xmlns:{prefix}="{_NS}{name}:1.0"' for prefix, name in _NAMES.items()
)
PROSE = "灯塔每晚七点点亮，早晨六点熄灭，由看塔人照管。"


def odt(body: str, styles: str = "", master: str = "", metadata: str = "") -> bytes:
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {SPACES}>{master}</office:document-styles>",
            "meta.xml": f"<office:document-meta {SPACES}><office:meta>{metadata}</office:meta>"
            "</office:document-meta>",
        }
    )


def paragraph(inner: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def test_title_headings_words_and_metadata_come_back() -> None:
    metadata = "<dc:title>别的题目</dc:title><meta:initial-creator>林小满</meta:initial-creator>"
    body = (
        paragraph("灯塔守则", "Title")
        + '<text:h text:outline-level="1">值守</text:h>'
        + paragraph(
            "灯塔<text:s/>每晚<text:span>七点</text:span>点亮，<text:line-break/>早晨熄灭。"
        )
    )
    article = read_odt("a.odt", odt(body, metadata=metadata))
    assert article.text == "灯塔守则\n\n值守\n\n灯塔 每晚七点点亮，\n早晨熄灭。"
    assert (article.title, article.author) == ("灯塔守则", "林小满")
    assert [section.title for section in article.sections] == ["值守"]


def test_lists_are_numbered_as_their_style_says() -> None:
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
        'style:num-prefix="第" style:num-suffix="条"/>'
        '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/>'
    )
    styles = (
        f'<text:list-style style:name="L">{levels}</text:list-style><text:list-style '
        'style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    )

    def items(*inner: str) -> str:
        return "".join(f"<text:list-item>{text}</text:list-item>" for text in inner)

    inner = f"<text:list>{items(paragraph('丙'), paragraph('丁'))}</text:list>"
    body = (
        '<text:list text:style-name="L">'
        f"{items(paragraph('甲'), paragraph('乙') + inner)}</text:list>"
        + paragraph(PROSE)
        + f'<text:list text:style-name="L" text:continue-numbering="true">{items(paragraph("戊"))}'
        "</text:list>"
        + f'<text:list text:style-name="L">{items(paragraph("己"))}</text:list>'
        + f'<text:list text:style-name="B">{items(paragraph("庚"))}</text:list>'
    )
    assert [line for line in read_odt("a.odt", odt(body, styles)).text.split("\n") if line] == [
        "第一条 甲", "第二条 乙", "1. 丙", "2. 丁", PROSE, "第三条 戊", "第一条 己", "- 庚",
    ]  # fmt: skip


def test_cells_that_span_rows_and_columns_name_theirs() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}>{paragraph(text)}</table:table-cell>"

    covered = "<table:covered-table-cell/>"
    rows = [
        cell("塔", 'table:number-rows-spanned="2"')
        + cell("高度", 'table:number-columns-spanned="2"') + covered,
        covered + cell("塔身") + cell("灯室"),
        cell("东塔") + cell("21米") + cell("3米"),
        cell("西塔") + '<table:table-cell table:number-columns-repeated="2">'
        f"{paragraph('4米')}</table:table-cell>",
    ]  # fmt: skip
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    article = read_odt("a.odt", odt(f"<table:table>{table}</table:table>"))
    assert (
        article.text
        == "塔: 东塔, 高度 塔身: 21米, 高度 灯室: 3米\n塔: 西塔, 高度 塔身: 4米, 高度 灯室: 4米"
    )
    assert drawn(article) == [
        [
            ["[塔]2x1", "[高度]1x2"], ["[塔身]", "[灯室]"],
            ["东塔", "21米", "3米"], ["西塔", "4米", "4米"],
        ]
    ]  # fmt: skip


def test_a_table_in_an_item_of_a_list_begins_behind_its_number() -> None:
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    )
    styles = f'<text:list-style style:name="L">{levels}</text:list-style>'
    cells = ("塔", "高", "东塔", "21米")
    one, two, three, four = (
        f"<table:table-cell>{paragraph(text)}</table:table-cell>" for text in cells
    )
    rows = (
        f"<table:table-row>{one}{two}</table:table-row><table:table-row>{three}{four}"
        "</table:table-row>"
    )
    item = f"<text:list-item><table:table>{rows}</table:table></text:list-item>"
    body = f'<text:list text:style-name="L">{item}</text:list>{paragraph(PROSE)}'
    article = read_odt("a.odt", odt(body, styles))
    assert article.text == f"1. 塔: 高\n东塔: 21米\n\n{PROSE}"
    assert drawn(article) == [[["[塔]", "高"], ["[东塔]", "21米"]]]
    assert (article.tables[0].start, article.tables[0].end) == (3, 15)


def test_every_word_is_in_the_text_in_what_was_removed_or_counted() -> None:
    position = '<style:text-properties style:text-position="super 58%"/>'
    raise_ = f'<style:style style:name="up">{position}</style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{paragraph('删去词')}</text:deletion></text:changed-region></text:tracked-changes>"
        + paragraph(
            "灯塔有注<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            f"{paragraph('注里词')}</text:note-body></text:note>的一段。"
        )
        + paragraph(f"<draw:frame><draw:text-box>{paragraph('框里词')}</draw:text-box>"
                    "</draw:frame>")
        + paragraph("<draw:frame><draw:image/></draw:frame><draw:frame><draw:object/>"
                    "<draw:image/></draw:frame>")
        + paragraph(f"有批<office:annotation>{paragraph('批注词')}</office:annotation>的话")
        + paragraph('照程为3×10<text:span text:style-name="up">4</text:span>米')
        + f"<text:section>{paragraph('节里词')}</text:section>"
        + f"<text:table-of-content><text:index-body>{paragraph('目录词')}</text:index-body>"
        "</text:table-of-content>"
    )  # fmt: skip
    master = (
        f"<style:header>{paragraph('页眉词')}</style:header>"
        f"<style:footer>{paragraph('页脚词')}</style:footer>"
    )
    article = read_odt("a.odt", odt(body, raise_, master))
    assert article.text.split("\n\n") == [
        "灯塔有注的一段。", "注里词", "框里词", "有批的话", "照程为3×10^4米", "节里词",
    ]  # fmt: skip
    assert [part.text for part in article.removed] == ["目录词\n页眉词\n页脚词"]
    assert [str(unread) for unread in article.unread] == [
        "1 comment", "1 deleted passage", "1 embedded document", "1 picture",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK", "is damaged or no .odt document; open it and save it anew as .odt."),
        (archive({"content.xml": "<a/>"}), "is damaged or no .odt document"),
        (odt(""), "is empty: the document holds no text."),
        (archive({"META-INF/manifest.xml": "<x:encryption-data/>"}), "needs a password"),
    ],
)
def test_what_can_not_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read_odt("a.odt", data)
    assert str(refused.value).startswith(reason)
