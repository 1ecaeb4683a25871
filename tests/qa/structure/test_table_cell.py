"""Of a table the cell is taken whose row and column the question names, and no other."""

import pytest

from index.search.searcher import Searcher
from qa.answerer import Answerer
from qa.retrieval import Request
from qa.structure.table_cell import FoundCell, find_cell
from tests.qa.conftest import Shelve

BOATS = """游船价格表

以下价格自五月起执行。

船型: 手划船, 平日价: 40元, 假日价: 60元, 限乘: 4人, 船工: 无
船型: 手划船二代, 平日价: 50元, 假日价: 70元, 限乘: 4人, 船工: 无
船型: 画舫, 平日价: 300元, 假日价: 420元, 限乘: 12人, 船工: 老韩
船型: X-5, 平日价: 80元, 假日价: 110元, 限乘: 2人, 船工: 小万
船型: X-50, 平日价: 800元, 假日价: 990元, 限乘: 20人, 船工: 老韩
"""
YIELD = """梅岭乡产量

作物: 水稻, 2021年: 3,100, 2022年: 2,950, 单位: 吨
作物: 小麦, 2021年: 1,200, 2022年: 1,310, 单位: 吨
"""
CAMERA = """K2相机参数

机身重量: 480克
屏幕尺寸: 3英寸
客服：何小姐，电话：400-3
"""
BRIDGE = """虹桥：一座桥的三十年

虹桥：一座桥的三十年讲了许多故事
虹桥修好那天来了很多人。
"""
COMPARED = """两台吊机

参数 | 甲龙 | 乙虎
载重 | 30吨 | 45吨
臂长 | 12米 | 20米
"""

PORTS = """港口表

港口: 黑礁, 出口额: 30元, 男生人数: 12人, 最低气温: 3度, 长度: 20米, 用电量: 9度, 值班人: 小万
港口: 白礁, 出口额: 40元, 男生人数: 15人, 最低气温: 4度, 长度: 30米, 用电量: 8度, 值班人: 老韩
"""
SHOPS = """铺面表

铺名: 丰和, 参加人数: 5人, 营业收入: 7万元
铺名: 永和, 参加人数: 6人, 营业收入: 8万元
"""


@pytest.fixture
def searcher(shelve: Shelve) -> Searcher:
    texts = [BOATS, YIELD, CAMERA, BRIDGE, COMPARED, PORTS, SHOPS]
    return shelve(*({"title": text.split("\n")[0], "text": text} for text in texts))


def ask(question: str, answerer: Answerer, searcher: Searcher) -> FoundCell | None:
    retrieval = answerer.retrieve(Request(question), searcher).retrieval
    return find_cell(retrieval.question, retrieval.query.terms, retrieval.hits, searcher)


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("画舫假日价是多少?", "420元"),
        ("手划船平日价多少?", "40元"),
        ("手划船二代的平日价是多少钱?", "50元"),
        ("X-5的假日价?", "110元"),
        ("X-50限乘几人?", "20人"),
        ("画舫的船工是谁?", "老韩"),
        ("平日价80元的是哪种船型?", "X-5"),
        ("2022年梅岭乡水稻产量是多少?", "2,950"),
        ("二〇二一年小麦的产量", "1,200"),
        ("K2相机的机身重量是多少?", "480克"),
        ("K2相机屏幕多大?", "3英寸"),
        ("K2相机客服电话是多少?", "400-3"),
        ("乙虎的臂长是多少?", "20米"),
        ("甲龙载重多大?", "30吨"),
        ("黑礁的出口额是多少?", "30元"),
        ("白礁的值班人是谁?", "老韩"),
        ("永和的营业收入是多少?", "8万元"),
    ],
)
def test_a_cell_is_found_by_its_row_and_column(
    question: str, cell: str, answerer: Answerer, searcher: Searcher
) -> None:
    found = ask(question, answerer, searcher)
    assert found is not None
    assert found.cell is not None
    assert found.cell.text == cell
    assert found.cell.span.of(found.text) == cell
    assert any(row.span.contains(found.cell.span) for row in found.rows)


@pytest.mark.parametrize(
    "question",
    [
        "X-6的假日价是多少?",
        "画舫长多少米?",
        "2020年水稻产量是多少?",
        "K3相机的机身重量是多少?",
        "竹筏假日价多少钱?",
        "为什么画舫的假日价是420元?",
        "丙狮的臂长是多少?",
        "虹桥有多长?",
        "虹桥修了多少年?",
        "黑礁的进口额是多少?",
        "黑礁的女生人数是多少?",
        "黑礁的最高气温是多少?",
        "黑礁的高度是多少?",
        "黑礁的户数是多少?",
        "黑礁的用水量是多少?",
        "黑礁的负责人是谁?",
        "丰和没有参加的人数是多少?",
        "丰和的营业利润是多少?",
        "丰和去年的营业收入是多少?",
    ],
)
def test_another_rows_or_columns_cell_is_no_answer(
    question: str, answerer: Answerer, searcher: Searcher
) -> None:
    assert ask(question, answerer, searcher) is None


def test_a_key_of_several_rows_gives_them_all(answerer: Answerer, searcher: Searcher) -> None:
    found = ask("船工老韩的限乘是几人?", answerer, searcher)
    assert found is not None
    assert (len(found.rows), found.cell) == (2, None)


def test_a_row_without_a_column_gives_the_row(answerer: Answerer, searcher: Searcher) -> None:
    found = ask("画舫的价格", answerer, searcher)
    assert found is not None
    assert len(found.rows) == 1
    assert found.cell is None
