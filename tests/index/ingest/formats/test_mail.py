"""A mail comes back with its head, its text and the files attached to it."""

from email.message import EmailMessage

import pytest

from index.errors import ArticleError
from index.ingest.formats.mail import read_mail
from index.ingest.read import read_file
from tests.support.documents import lines_pdf
from tests.support.tables.tilings import drawn

TEXT = "各位好：\n\n东塔的灯芯已经换好，今晚七点照常点亮。\n\n林小满\n"


def mail(text: str = TEXT, page: str = "") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "关于灯塔换灯芯"
    message["From"] = "林小满 <lin@tower.example>"
    message["To"] = "看塔人 <keeper@tower.example>, office@tower.example"
    message["Date"] = "Fri, 06 May 2011 09:30:00 +0800"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message


def test_head_and_text_come_back_and_the_sender_is_the_author() -> None:
    article, attached = read_mail("a.eml", mail().as_bytes())
    assert (article.title, article.author, article.published) == (
        "关于灯塔换灯芯", "林小满", "2011-05-06",
    )  # fmt: skip
    for line in (
        "From: 林小满 <lin@tower.example>",
        "To: 看塔人 <keeper@tower.example>, office@tower.example",
        "东塔的灯芯已经换好，今晚七点照常点亮。",
        "林小满",
    ):
        assert line in article.text.split("\n")
    assert (attached, article.unread) == ((), ())


def test_a_page_is_read_where_it_has_a_table_or_is_all_there_is() -> None:
    table = "<table><tr><th>塔</th><th>高</th></tr><tr><td>东塔</td><td>21米</td></tr></table>"
    article = read_mail("a.eml", mail("见表", table).as_bytes())[0]
    assert "塔: 东塔, 高: 21米" in article.text
    assert drawn(article) == [[["[塔]", "[高]"], ["东塔", "21米"]]]
    plain = read_mail("a.eml", mail(TEXT, "<p>另一种说法。</p>").as_bytes())[0].text
    assert "照常点亮" in plain
    assert "另一种说法" not in plain
    only = mail()
    only.set_content("<p>灯塔<b>照常</b>点亮。</p>", subtype="html")
    assert "灯塔照常点亮。" in read_mail("a.eml", only.as_bytes())[0].text


def test_attached_files_are_articles_of_their_own_and_others_are_counted() -> None:
    message = mail()
    pdf = lines_pdf("灯塔守则", "灯塔每晚七点点亮，早晨六点熄灭，由看塔人照管。")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename="守则.pdf")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="塔.png")
    message.add_attachment("塔,高\n东塔,21\n".encode(), maintype="text", subtype="csv",
                           filename="../塔高.csv")  # fmt: skip
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="坏.pdf")
    message.add_attachment(mail())
    articles, failed = read_file("信/a.eml", message.as_bytes())
    assert [article.id for article in articles] == [
        "信/a.eml",
        "信/a.eml/守则.pdf",
        "信/a.eml/塔高.csv",
    ]
    assert "塔: 东塔, 高: 21" in articles[2].text
    assert [failure.where for failure in failed] == ["信/a.eml/坏.pdf"]
    assert [str(unread) for unread in articles[0].unread] == ["1 attached mail", "1 picture"]


def test_other_charsets_are_decoded() -> None:
    raw = (
        b"From: a@b.example\nSubject: =?gb2312?B?tcbL/g==?=\n"
        b"Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
    ) + "东塔的灯芯已经换好。\n".encode("gb2312")
    article, _ = read_mail("a.eml", raw)
    assert article.title == "灯塔"
    assert "东塔的灯芯已经换好。" in article.text


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\x01\x02"])
def test_what_is_no_mail_is_told(data: bytes) -> None:
    with pytest.raises(ArticleError, match="is no mail"):
        read_mail("a.eml", data)
