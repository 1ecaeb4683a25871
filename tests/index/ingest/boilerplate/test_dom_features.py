"""The features of a block are those of the boxes around it, of its links and of its words."""

import pytest

from index.ingest.boilerplate.dom_features import DomPage, dom_features
from index.ingest.pages.html_blocks import blocks_of, parse_page

PROSE = "记者从县里获悉，海岛微电网项目昨天通过验收，总投资3200万元。"


def page_of(body: str) -> DomPage:
    root = parse_page(f"<html><body>{body}</body></html>")
    assert root is not None
    blocks = blocks_of(root)
    return DomPage.of(blocks, [frozenset() for _ in blocks])


def test_the_core_is_the_smallest_box_with_most_sentences() -> None:
    page = page_of(
        f"<div><ul><li><a>海岛</a></li><li><a>渡轮</a></li></ul></div>"
        f"<div><p>{PROSE}</p><p>{PROSE}</p></div>"
    )
    island, _, first, second = dom_features(page, PROSE)
    assert (island["core"], island["linked item"], island["share 0"]) == (0.0, 1.0, 0.0)
    assert (first["core"], first["share 0"], first["accepted long"]) == (1.0, 1.0, 1.0)
    assert first == second


@pytest.mark.parametrize(
    ("name", "share"),
    [("comment-list", 0.3), ("RelatedNews", 0.3), ("site-footer", 0.3), ("content", 1.0)],
)
def test_sentences_count_less_in_boxes_that_are_named_like_boilerplate(
    name: str, share: float
) -> None:
    page = page_of(f'<div class="{name}"><p>{PROSE}</p></div><p>{PROSE}</p>')
    named, plain = page.lines
    assert named.mass == share * plain.mass


def test_a_sentence_that_is_a_link_has_no_mass() -> None:
    assert page_of(f"<p><a>{PROSE}</a></p>").lines[0].mass == 0.0


def test_a_page_without_boxes_is_its_own_core() -> None:
    [row] = dom_features(page_of(PROSE), "")
    assert (row["core"], row["share 0"], row["share 2"], row["accepted"]) == (1.0, 1.0, 1.0, 0.0)
