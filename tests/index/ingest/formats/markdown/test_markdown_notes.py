"""A note stands below the block that calls it first, and none is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ingest.formats.markdown.markdown_blocks import lines_of_markdown

NOTES = "\n\n[^甲]: 注一。\n[^乙]: 注二，见[^丙]。\n\n[^丙]: 注三。\n\n[^丁]: 无人引用。\n"


def text_of(page: str) -> str:
    return "\n".join(line.text for line in lines_of_markdown(page)).strip()


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("堤长[^甲]九里。\n\n闸两座。", "堤长九里。\n\n注一。\n\n闸两座。"),
        ("# 堤[^甲]\n\n闸两座[^甲]。", "堤\n\n注一。\n\n闸两座。"),
        ("- 堤[^甲]\n- 闸", "- 堤\n  注一。\n- 闸"),
        ("1. 堤\n   - 土堤[^甲]\n2. 闸", "1. 堤\n  - 土堤\n    注一。\n2. 闸"),
        ("> 堤长[^甲]九里。\n\n闸。", "堤长九里。\n\n注一。\n\n闸。"),
        (
            "| 堤 | 长 |\n|---|---|\n| 东[^甲] | 9 |\n\n闸。",
            "堤: 东, 长: 9\n\n注一。\n\n闸。",
        ),
        ("堤长[^乙]九里。\n\n闸。", "堤长九里。\n\n注二，见。\n\n注三。\n\n闸。"),
    ],
    ids=["paragraph", "heading", "item", "inner item", "quotation", "table", "a note's note"],
)
def test_a_note_stands_below_what_calls_it(page: str, text: str) -> None:
    told = text_of(page + NOTES)
    assert told.startswith(text)
    assert [told.count(note) for note in ("注一。", "注二", "注三。", "无人引用。")] == [1] * 4


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=4))
def test_no_note_is_lost_or_told_twice(calls: list[str], defined: list[str]) -> None:
    labels = list(dict.fromkeys(defined))
    blocks = [f"第{number}段[^{label}]。" for number, label in enumerate(calls)]
    notes = [
        f"[^{label}]: 注{label}，见[^{after}]。"
        for label, after in zip(labels, "bcda", strict=False)
    ]
    told = text_of("\n\n".join([*blocks, *notes]))
    assert all(told.count(f"注{label}，") == 1 for label in labels)
