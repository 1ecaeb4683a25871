"""Boxes of one kind are found beside each other, and posts are known by what they are called."""

import pytest

from index.ingest.boilerplate.page_parts import PageParts
from index.ingest.pages.html_blocks import blocks_of, parse_page


def beside(*boxes: str, kept: int) -> list[tuple[list[str], bool]]:
    """Return the words of boxes that are alike the first ones, which are kept."""
    root = parse_page(f"<html><body>{''.join(boxes)}</body></html>")
    assert root is not None
    parts = PageParts(blocks_of(root))
    alike = parts.alike(range(kept))
    return [([parts.blocks[i].line for i in numbers], posted) for numbers, posted in alike]


@pytest.mark.parametrize(
    ("box", "name"),
    [
        ("<div class='post odd'>{}</div>", True),
        ("<li class='answer-item'>{}</li>", True),
        ("<div id='post-{}'>{}</div>", True),
        ("<div id='p{}'>{}</div>", True),
        ("<div class='floor'>{}</div>", True),
        ("<div class='poster'>{}</div>", False),
        ("<div class='box'>{}</div>", False),
        ("<div id='box{}'>{}</div>", False),
        ("<div>{}</div>", False),
    ],
)
def test_one_post_tells_the_others(box: str, name: bool) -> None:
    boxes = [box.replace("{}", number) for number in "123"]
    assert beside(*boxes, kept=1) == ([(["2"], True), (["3"], True)] if name else [])


@pytest.mark.parametrize(
    ("box", "alike"),
    [
        ("<section>{}</section>", True),
        ("<div class='box'>{}</div>", True),
        ("<div id='box{}'>{}</div>", True),
        ("<div><h3>{}</h3></div>", True),
        ("<div class='a{}'>{}</div>", False),
        ("<p class='a'>{}</p>", False),
        ("<div class='side box'>{}</div>", False),
    ],
)
def test_several_boxes_tell_others_of_their_kind(box: str, alike: bool) -> None:
    boxes = [box.replace("{}", number) for number in "123"]
    assert beside(*boxes, kept=2) == ([(["3"], False)] if alike else [])


def test_boxes_elsewhere_are_not_beside() -> None:
    boxes = ("<section>1</section>", "<section>2</section>", "<div><section>3</section></div>")
    assert beside(*boxes, kept=2) == []
