"""Text is decoded correctly in every encoding that is common for Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.ingest.sources.encoding import decode

SIMPLIFIED = [
    "近年来,美国、欧盟、新加坡等国家围绕智慧城市展开新一轮的政策筹划和部署。",
    "会议在北京召开",
    "瑞幸咖啡",
    "目录",
    "他说：“我们要努力。”",
    "全年产值达到1.6亿元,同比增长12.5%。\n这是第二行。",
    "贵州茅台酒股份有限公司",
]
TRADITIONAL = [
    "近年來，美國、歐盟、新加坡等國家圍繞智慧城市展開新一輪的政策籌劃和部署。",
    "會議在臺北召開",
    "台積電股價創新高",
    "目錄",
    "他說：「我們要努力。」",
    "全年產值達到1.6億元，同比增長12.5%。\n這是第二行。",
    "香港電車",
]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]

simplified = st.text("的一是了不在有大中国和为上个地年来我会以到时要出生学说道，。0A", min_size=8)
traditional = st.text("的一是了不在有大中國和為上個地年來我會以到時要出生學說道，。0A", min_size=8)


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_sentences_come_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", [*UNICODE, "big5", "cp950", "big5hkscs"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_sentences_come_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(text=simplified, encoding=st.sampled_from(UNICODE))
def test_any_text_of_common_characters_comes_back(text: str, encoding: str) -> None:
    text = "近年来，各国投入很大。" + text  # 上上上 alone is also ASCII, in UTF-16 without a mark
    assert decode(text.encode(encoding)) == text


@given(text=traditional, encoding=st.sampled_from([*UNICODE, "big5"]))
def test_any_traditional_text_of_common_characters_comes_back(text: str, encoding: str) -> None:
    text = "近年來，各國投入很大。" + text
    assert decode(text.encode(encoding)) == text


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf8_with_a_mark_comes_back_with_any_characters(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text


@given(data=st.binary(max_size=300), declared=st.sampled_from([None, "gbk", "big5", "nonsense"]))
def test_bytes_are_text_without_nul_or_are_refused(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except ArticleError:
        return
    assert "\0" not in text
    assert "\r" not in text


def test_line_ends_become_newlines() -> None:
    assert decode("一行\r\n二行\r三行\n".encode()) == "一行\n二行\n三行\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10",
        b"PK\x03\x04\x14\0\0\0\x08\0",
        "有一个\0字符".encode(),
        bytes(range(256)) * 4,
    ],
)
def test_binary_data_is_refused_in_a_plain_sentence(data: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(data)
    assert str(caught.value) == ("is not text (it looks like binary data); save it as UTF-8 text.")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет, как дела?", "utf-8"),
        ("naïve", "utf-8"),
        ("“It’s fine,” he said — at a café.", "cp1252"),
        ("Plain ASCII.", "ascii"),
        ("Hello world", "utf-16-le"),
        ("", "utf-8"),
    ],
)
def test_other_scripts_are_not_taken_for_chinese(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_declaration_decides_where_bytes_are_ambiguous() -> None:
    rare = "囧"
    with pytest.raises(ArticleError):
        decode(rare.encode("gb18030"))
    assert decode(rare.encode("gb18030"), "GBK") == rare


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "big5"])
def test_utf8_is_believed_before_a_wrong_declaration(declared: str) -> None:
    assert decode("智慧城市的国际合作".encode(), declared) == "智慧城市的国际合作"


def test_a_file_cut_within_a_character_is_read_all_the_same() -> None:
    text = "智慧城市的国际合作正在展开。" * 30
    assert decode(text.encode()[:-1]) == text[:-1] + "\ufffd"
