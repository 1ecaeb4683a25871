"""Of parallel clauses the one counts that says least beside what is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Span
from index.text.folding import FoldedText
from qa.entities.parallel_clauses import value_of_clause, value_of_namesake
from tests.support.small_index import TEXTS

FEW = settings(max_examples=50)
LABELS = st.lists(
    st.sampled_from(["长度", "宽度", "高度", "深度", "库容", "坝顶高程", "造价"]), min_size=2,
    max_size=5, unique=True,
)  # fmt: skip
MARKS = st.sampled_from(["，", "；", "、"])


def chosen(question: str, quote: str, *values: str) -> str | None:
    """Return the text of the value that is chosen among those of a quote."""
    spans, end = [], 0
    for value in values:
        start = quote.index(value, end)
        end = start + len(value)
        spans.append(Span(start, end))
    span = value_of_clause(quote, spans, FoldedText.of(question))
    return span.of(quote) if span else None


@FEW
@given(LABELS, MARKS, st.data())
def test_the_value_with_the_label_asked_for_is_chosen(
    labels: list[str], mark: str, data: st.DataObject
) -> None:
    values = [f"{at + 11}个单位" for at in range(len(labels))]
    clauses = [f"{label}为{value}" for label, value in zip(labels, values, strict=True)]
    asked = data.draw(st.integers(0, len(labels) - 1))
    quote = f"新水库{mark.join(clauses)}。"
    assert chosen(f"新水库的{labels[asked]}是多少?", quote, *values) == values[asked]


@FEW
@given(TEXTS, TEXTS, st.data())
def test_what_is_chosen_is_one_of_the_values(
    quote: str, question: str, data: st.DataObject
) -> None:
    places = st.integers(0, len(quote))
    bounds = sorted(data.draw(st.lists(places, max_size=6, unique=True)))
    spans = [Span(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
    assert value_of_clause(quote, spans, FoldedText.of(question)) in {None, *spans}


LEAVE = ("病假为六天，事假为两天，探亲假为二十天。", "六天", "两天", "二十天")
DUTIES = ("会场的灯光由星河公司负责，音响由长虹公司负责。", "星河公司", "长虹公司")
HALLS = ("主厅的层高为9米，侧厅的层高为5米。", "9米", "5米")
STATIONS = (
    "甲站有烘干机七台，风机六台；乙站有烘干机五台，风机三台。", "七台", "六台", "五台", "三台",
)  # fmt: skip
TREATY = ("2031年7月，甲国与乙国签署备忘录，计划在2032年建成中心。", "2031年7月", "2032年")
HEADS = ("縣圖書館館長為何慕青，副館長為方錦程。", "何慕青", "方錦程")


@pytest.mark.parametrize(
    ("question", "sentence", "value"),
    [
        ("探亲假有几天?", LEAVE, "二十天"), ("病假几天?", LEAVE, "六天"),
        ("音响由哪家公司负责?", DUTIES, "长虹公司"), ("灯光交给了哪家公司?", DUTIES, "星河公司"),
        ("侧厅的层高是多少?", HALLS, "5米"), ("主厅的层高是多少?", HALLS, "9米"),
        ("乙站有几台风机?", STATIONS, "三台"), ("甲站有几台风机?", STATIONS, "六台"),
        ("甲站有几台烘干机?", STATIONS, "七台"), ("丙站有几台烘干机?", STATIONS, None),
        ("票价是多少?", HALLS, None), ("两国何时签署备忘录?", TREATY, "2031年7月"),
        ("館長是誰?", HEADS, "何慕青"), ("副馆长是谁?", HEADS, "方錦程"),
    ],
)  # fmt: skip
def test_parallel_clauses(question: str, sentence: tuple[str, ...], value: str | None) -> None:
    assert chosen(question, *sentence) == value


PLANTS = ("东湖电厂1号机2011年投产，西湖电厂1号机则在2014年投产。", "2011年", "2014年")
SCHOOLS = ("清溪大学1912年改名，这所大学1898年创办。", "1912年", "1898年")
TRAINS = ("ZK450列车有两列，速度为每小时450公里。", "两列", "450公里")


@pytest.mark.parametrize(
    ("question", "sentence", "read", "value"),
    [
        ("东湖电厂1号机哪年投产?", PLANTS, "2014年", "2011年"),
        ("西湖电厂1号机哪年投产?", PLANTS, "2011年", "2014年"),
        ("西湖电厂1号机哪年投产?", PLANTS, "2014年", None),
        ("1号机哪年投产?", PLANTS, "2014年", None),
        ("清溪大学哪年创办?", SCHOOLS, "1898年", None),
        ("ZK450列车的速度是多少?", TRAINS, "450公里", None),
    ],
)  # fmt: skip
def test_a_namesake_does_not_answer_for_the_thing_asked_about(
    question: str, sentence: tuple[str, ...], read: str, value: str | None
) -> None:
    quote, *values = sentence
    spans = [Span(quote.index(text), quote.index(text) + len(text)) for text in values]
    asked = FoldedText.of(question)
    span = value_of_namesake(quote, spans, asked, spans[values.index(read)])
    assert (span and span.of(quote)) == value
