"""Amounts, dates and numbers as they are written, and text that only looks like them."""

import pytest

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.amount_forms import whole_amount_form
from qa.entities.amounts import candidates
from qa.language import Language

FOUND = [
    (AnswerType.NUMBER, "多少米?", "大坝全长1850米。", ["1850米"]),
    (AnswerType.NUMBER, "水深几米?", "池子水深9米，容量3万立方米。", ["9米"]),
    (AnswerType.NUMBER, "多少人?", "会场有2000人。", ["2000人"]),
    (AnswerType.NUMBER, "种了多少?", "种了3万余棵树。", ["3万余棵"]),
    (AnswerType.NUMBER, "How many people?", "The stadium holds 1800 people.", ["1800"]),
    (AnswerType.NUMBER, "有多少人口?", "北城有人口6.8万，南城有9.1万。", ["6.8万", "9.1万"]),
    (AnswerType.NUMBER, "发了多少电?", "全年发电1000亿千瓦时。", ["1000亿千瓦时"]),
    (AnswerType.NUMBER, "有多少公里?", "全长55千米。", ["55千米"]),
    (AnswerType.NUMBER, "建城多少周年?", "正值建城450周年之际，活动持续3周。", ["450周年"]),
    (AnswerType.NUMBER, "下降了多少?", "失业率下降了3.5个百分点。", ["3.5个百分点"]),
    (AnswerType.NUMBER, "有多少个国家?", "三个国家参加。", ["三个"]),
    (AnswerType.NUMBER, "多少個城市?", "公布98個城市。", ["98個"]),
    (AnswerType.NUMBER, "How many countries joined?", "Then twelve countries joined.", ["twelve"]),
    (AnswerType.MONEY, "", "票价十元，补贴300亿新台币。", ["十元", "300亿新台币"]),
    (AnswerType.MONEY, "", "另有30万人民币。", ["30万人民币"]),
    (AnswerType.MONEY, "", "投资1000萬圓。", ["1000萬圓"]),
    (AnswerType.MONEY, "", "先付€20万，再付$3.5亿。", ["€20万", "$3.5亿"]),
    (AnswerType.MONEY, "", "It cost RMB 300 million.", ["RMB 300 million"]),
    (AnswerType.MONEY, "", "It cost 50 billion won.", ["50 billion won"]),
    (AnswerType.MONEY, "", "It cost US$3.5 million and €20.", ["US$3.5 million", "€20"]),
    (AnswerType.MONEY, "", "3亿英镑，2万法郎。", ["3亿英镑", "2万法郎"]),
    (AnswerType.MONEY, "", "12个元首，2016年元旦，3公里元宵，100元件，30多元化。", []),
    (AnswerType.MONEY, "", "净利润为-3.2亿元，上年负5亿元。", ["-3.2亿元", "负5亿元"]),
    (AnswerType.MONEY, "", "借10万元-15万元，背负3亿元。", ["10万元", "15万元", "3亿元"]),
    (AnswerType.MONEY, "", "It lost -$3.2 million, or $2-3m.", ["-$3.2 million", "$2-3m"]),
    (AnswerType.NUMBER, "", "最低-5℃，山上零下5摄氏度。", ["-5℃", "零下5摄氏度"]),
    (AnswerType.NUMBER, "", "水温5℃-8℃，3胜2负。", ["5℃", "8℃", "3胜", "2负"]),
    (AnswerType.NUMBER, "", "飞鸟-12型有3架。", ["12型", "3架"]),
    (AnswerType.NUMBER, "How many people?", "It drew 2-3 million people.", ["2-3 million"]),
    (AnswerType.PERCENT, "", "增速为-5.2%，明年3%-5%。", ["-5.2%", "3%", "5%"]),
    (AnswerType.MONEY, "", "In 1998 won the cup, weighing 200 pounds.", []),
    (AnswerType.MONEY, "", "It cost 200 pounds.", ["200 pounds"]),
    (AnswerType.MONEY, "How much did he get?", "He got 200 pounds.", ["200 pounds"]),
    (AnswerType.MONEY, "多少万美元?", "投资3亿元，合4200万美元。", ["4200万美元"]),
    (AnswerType.MONEY, "多少元?", "投资3亿元，合4200万美元。", ["3亿元"]),
    (AnswerType.MONEY, "多少欧元?", "投资3亿元，合4200万美元。", ["3亿元", "4200万美元"]),
    (AnswerType.PERCENT, "", "占四分之三，另有两成，还有一半。", ["四分之三", "两成", "一半"]),
    (AnswerType.PERCENT, "", "涨了20%，又降3‰。", ["20%", "3‰"]),
    (AnswerType.PERCENT, "", "Half of them, two thirds of us.", ["Half", "two thirds"]),
    (AnswerType.PERCENT, "", "一成不变，三成员国。", []),
    (AnswerType.DATE, "", "二〇一六年九月三十日", ["二〇一六年九月三十日"]),
    (AnswerType.DATE, "", "今年9月开工，10月竣工。", ["今年9月", "10月"]),
    (AnswerType.DATE, "", "公元前221年统一。", ["公元前221年"]),
    (AnswerType.DATE, "", "ISO 2001 and GB 1800 apply.", []),
    (AnswerType.DATE, "", "It opened in 2016 (begun 2009).", ["2016"]),
    (AnswerType.DATE, "", "2016到2019年间", ["2016到2019年"]),
    (AnswerType.DATE, "", "二○一六年", ["二○一六年"]),
    (AnswerType.DATE, "", "王朝在316年灭亡。", ["316年"]),
    (AnswerType.DATE, "", "2016年修好，用了120年。", ["2016年"]),
    (AnswerType.DATE, "", "The mill burned down in the 1520s.", ["1520s"]),
    (AnswerType.DATE, "", "去年底开工，2018年春竣工。", ["去年底", "2018年春"]),
    (AnswerType.DATE, "", "2016-05-03开工，2017/6验收。", ["2016-05-03", "2017/6"]),
    (AnswerType.DATE, "", "On 3 May 2018, then at 8:30.", ["3 May 2018", "8:30"]),
    (
        AnswerType.PERIOD,
        "",
        "晚了三年半，历时两个半小时，保修120天。",
        ["三年半", "两个半小时", "120天"],
    ),
    (AnswerType.PERIOD, "", "半年后，两个世纪，一个季度。", ["半年", "两个世纪", "一个季度"]),
    (AnswerType.PERIOD, "", "自2016年起的5年内，5月3日到二〇一九年，三年级，第三天", ["5年"]),
    (AnswerType.PERIOD, "", "It took ten years and 3 days in 2016.", ["ten years", "3 days"]),
]  # fmt: skip


@pytest.mark.parametrize(("answer_type", "question", "text", "spans"), FOUND)
def test_spans_are_found_as_written(
    answer_type: AnswerType, question: str, text: str, spans: list[str]
) -> None:
    found = candidates(answer_type, text, FoldedText.of(question))
    assert [span.of(text) for span in found] == spans


def test_part_of_a_mixed_chinese_number_gets_no_form() -> None:
    for text in ("投资3亿零5万元。", "约占12万分之8.4亿。", "面积8点4亿平方米。"):
        for end in range(4, len(text)):
            assert whole_amount_form(text, Span(2, end), Language.ENGLISH) is None
