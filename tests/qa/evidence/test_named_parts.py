"""A thing is told from its parts, and a place from what is called by its name."""

import pytest

from qa.evidence.named_parts import names_a_part, names_itself


@pytest.mark.parametrize(
    ("question", "text", "part"),
    [
        ("白石银行何时成立", "白石银行青坡分行于1993年成立", True),
        ("白石银行何时成立", "白石银行于1951年成立,青坡分行于1993年成立", False),
        ("白石银行的青坡分行何时成立", "白石银行青坡分行于1993年成立", False),
        ("白石银行哪家分行最大", "白石银行青坡分行最大", False),
        ("白石地铁何时开通", "白石地铁运营十二条线", False),
        ("青江有多长", "青江大桥长900米", True),
        ("青江有多长", "青江大桥跨过青江,青江长80公里", False),
        ("青江大桥有多长", "青江大桥长900米", False),
        ("白石有多少大学", "白石大学有学生三千人", False),
        ("白石的面积", "白石大学面积两平方公里", True),
    ],
)  # fmt: skip
def test_what_is_only_a_part(question: str, text: str, *, part: bool) -> None:
    assert names_a_part(question, text) is part


def test_only_a_text_with_the_name_names_the_thing_itself() -> None:
    asked, part = "白石银行何时成立", "白石银行青坡分行于1993年成立"
    assert names_itself(asked, part, "白石银行于1951年成立")
    assert not names_itself(asked, part, "学校于1951年成立")
    assert not names_itself(asked, part, "白石银行南坡支行于1951年成立")
