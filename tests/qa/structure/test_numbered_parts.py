"""Numbered parts are asked for and found in all writings of their numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.structure.numbered_parts import (
    LAST,
    asked_parts,
    chosen_part,
    number_of,
    paragraph_of,
    parts_of,
)

HAN = "一 二 三 四 五 六 七 八 九 十 十一 十二".split()
KINDS = st.sampled_from("条 章 节 编 步".split())


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("章程第七条是什么?", [("条", 7)]),
        ("章程第 12 条怎么写?", [("条", 12)]),
        ("《水法》第三十八条第二款第(三)项", [("条", 38), ("款", 2), ("项", 3)]),
        ("章程第七条第二款规定了什么", [("条", 7), ("款", 2)]),
        ("第3章讲什么?", [("章", 3)]),
        ("第二步做什么?", [("步", 2)]),
        ("步骤三是什么", [("步骤", 3)]),
        ("附件二有哪些内容", [("附件", 2)]),
        ("最后一步是什么?", [("步", LAST)]),
        ("第三個步驟是什麼?", [("步骤", 3)]),
        ("What does Article 5 say?", [("article", 5)]),
        ("What is the third step?", [("step", 3)]),
        ("What is the last step?", [("step", LAST)]),
        ("第三条地铁线何时开通?", []),
        ("第二项目部在哪里?", []),
        ("第三届有几人?", []),
        ("全书有几章?", []),
    ],
)
def test_a_question_names_a_part(question: str, parts: list[tuple[str, int]]) -> None:
    found = asked_parts(FoldedText.of(question))
    assert [(part.kind, part.number) for part in found] == parts


@given(st.integers(1, 12), KINDS, st.booleans(), st.sampled_from(["\n", "\n\n", "\n　　"]))
def test_each_part_reaches_to_the_next(count: int, kind: str, han: bool, gap: str) -> None:
    written = [HAN[at] if han else str(at + 1) for at in range(count)]
    bodies = [f"第{n}{kind} 内容{at}，参见别处的第一{kind}。" for at, n in enumerate(written)]
    text = f"总则{gap}" + gap.join(bodies)
    parts = parts_of(text, kind)
    assert [number for number, _ in parts] == list(range(1, count + 1))
    assert [span.of(text) for _, span in parts] == bodies


@pytest.mark.parametrize(
    ("text", "kind", "number", "part"),
    [
        ("第一章 总则\n第一条 甲。\n第二章 罚则\n第二条 乙。", "条", 1, "第一条 甲。"),
        ("第一章 总则\n第一条 甲。\n第二章 罚则\n第二条 乙。", "章", 2, "第二章 罚则\n第二条 乙。"),
        ("第一条 甲。第二条 依照第一条办理。第三条 丙。", "条", 2, "第二条 依照第一条办理。"),
        ("先第一步，洗手；第二步，擦干。", "步", 2, "第二步，擦干。"),
        ("步骤1：洗手\n步骤2：擦干", "步骤", 2, "步骤2：擦干"),
        ("Step 1: wash.\nStep 2: dry.", "step", 2, "Step 2: dry."),
        ("Article 1 Aim.\nArticle 2 Scope.", "article", 2, "Article 2 Scope."),
        ("附件1 名单\n甲\n附件2 路线\n乙", "附件", 2, "附件2 路线\n乙"),
        ("第十二条 甲。\n第十二条之一 乙。\n第十三条 丙。", "条", 12, "第十二条 甲。"),
        ("目录\n第一章 总则\n第二章 罚则\n第一章 总则\n正文很长。\n第二章 罚则\n也长。", "章", 1,
         "第一章 总则\n正文很长。"),
        ("第一条 甲。\n第二条 乙。", "条", 3, None),
        ("第一条 甲。\n第二条 乙。", "条", LAST, "第二条 乙。"),
    ],
)  # fmt: skip
def test_a_part_is_found_by_its_number(text: str, kind: str, number: int, part: str | None) -> None:
    found = chosen_part(parts_of(text, kind), number)
    assert (found.of(text) if found else None) == part


def test_paragraphs_of_an_article_are_its_lines() -> None:
    text = "第四条 甲。\n　　乙。\n（一）丙；\n　　丁。"
    whole = Span(0, len(text))
    told = [paragraph_of(text, whole, number) for number in (1, 2, 3, 4, LAST)]
    assert [span.of(text) if span else None for span in told] == [
        "第四条 甲。", "乙。", "丁。", None, "丁。",
    ]  # fmt: skip


@given(st.integers(1, 99))
def test_numbers_are_read_in_all_writings(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    written = (
        (digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones] * bool(ones)
    )
    assert number_of(written) == number_of(str(number)) == number
