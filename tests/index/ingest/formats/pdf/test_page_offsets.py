"""Pages keep their places through all that is cut from the text and put before it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.article import page_of
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.pdf.page_offsets import page_offsets

LINES = st.sampled_from(
    [
        "首页 > 新闻",
        "智慧城市",
        "2016-09-30 来源：新华社",
        "",
        "近年来，各国投入很大，成果很多。",
        "版权所有",
        "背景",
    ]
)


def test_pages_are_found_below_a_title_and_a_byline_of_our_own() -> None:
    texts = ["眉", "近年来，各国投入很大，成果很多。", "", "脚", "第二页的话也说完了，不再多说。"]
    lines = tuple(DraftLine(text, cut=text in ("眉", "脚")) for text in texts)
    draft = Draft("a", lines, title="智慧城市", published="2016-09-30", authoritative=True)
    article = article_of_draft(draft)
    pages = page_offsets(texts, [(0, 0), (1, 8), (4, 2), (5, 0)], article)
    assert [article.text[at:][:4] for at in pages] == ["智慧城市", "很大，成", "页的话也", ""]


def test_a_title_that_moves_to_the_front_misleads_nobody() -> None:
    texts = ["通知公告栏目", "智慧城市", "近年来，各国投入很大，成果很多。", "智慧城市", "第二页。"]
    lines = tuple(DraftLine(text, cut=number == 3) for number, text in enumerate(texts))
    article = article_of_draft(Draft("a", lines, title="智慧城市"))
    assert article.text.startswith("智慧城市\n\n通知公告栏目")
    pages = page_offsets(texts, [(0, 0), (3, 0), (4, 0)], article)
    assert article.text[pages[2] :] == "第二页。"


@given(texts=st.lists(LINES, min_size=1, max_size=20), data=st.data())
def test_pages_are_in_order_and_within_the_text(texts: list[str], data: st.DataObject) -> None:
    place = st.tuples(st.integers(0, len(texts)), st.integers(0, 5))
    marks = sorted(data.draw(st.lists(place, min_size=1, max_size=5)))
    cut = data.draw(st.sets(st.sampled_from(texts)))
    title = data.draw(st.sampled_from(["", "智慧城市", "别的题目"]))
    article = article_of_draft(
        Draft("a", tuple(DraftLine(text, cut=text in cut) for text in texts), title=title)
    )
    pages = page_offsets(texts, marks, article)
    assert len(pages) == len(marks)
    assert pages[0] == 0
    assert all(page <= following for page, following in pairwise(pages))
    assert pages[-1] <= len(article.text)


@given(
    steps=st.lists(st.integers(0, 50), max_size=20),
    offsets=st.lists(st.integers(0, 900), max_size=9),
)
def test_the_page_of_an_offset_grows_with_it_and_begins_before_it(
    steps: list[int], offsets: list[int]
) -> None:
    pages = [sum(steps[:number]) for number in range(1, len(steps) + 1)]
    pages = [0, *pages]
    numbers = [page_of(pages, offset) for offset in sorted(offsets)]
    for offset, page in zip(sorted(offsets), numbers, strict=True):
        assert page is not None
        assert pages[page - 1] <= offset
        assert page == len(pages) or offset < pages[page]
    assert page_of((), 5) is None
