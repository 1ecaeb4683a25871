"""What the tests of writing share: citations, and tasks over them."""

from qa.answer import Citation
from qa.language import Language
from qa.writing.sentence_check import SentenceCheck
from qa.writing.writing_evidence import WritingTask
from tests.support import answerers, small_index

QUESTION = "港珠澳大桥的情况"
BRIDGE = "港珠澳大桥全长55公里，总投资约1269亿元，于2018年10月24日通车，未设行人通道。"
COUNCIL = "委员会没有批准张晓刚提出的三个方案，节省了不到5%的费用。"
ENGLISH = (
    "The bridge is 55 km long, cost US$160 million and was not opened before October 24, 2018."
)
RESULTS = "2023年公司营业收入增长12%，达到1200万元，净利润下降3%。"
RESULTS_EN = "In 2023 revenue rose 12% to $12 million while net profit fell 3%."
DRUG = "专家认为，该药可能对部分患者有效，预计2026年上市。"
PLAN = "Officials said the plan may save about 5% of costs if it is approved by Congress."
SALE = "李明把房子卖给了王强，价格为300万元。"
MATCH = "Arsenal beat Chelsea 2-1 at Wembley on Saturday."
OPENING_HOURS = "该馆周二至周日开放，周一闭馆，成人票价60元，学生半价，60岁以上老人免费。"
MEMBERS = "国际标准化组织成立于1947年，总部设在瑞士日内瓦，现有成员170个，中国于1978年加入。"


def cited(quote: str, title: str = "港珠澳大桥", published: str | None = "2018-10-25") -> Citation:
    """Cite a whole text."""
    return Citation("a.txt", title, None, published, None, 0, len(quote), quote, None)


def task(
    question: str,
    *quotes: str,
    language: Language = Language.SIMPLIFIED,
    foreign: tuple[int, ...] = (),
) -> WritingTask:
    """Return what to write about, the first quote being the answer's."""
    return WritingTask(question, language, [cited(quote) for quote in quotes], 1, list(foreign))


def check() -> SentenceCheck:
    """Return the check with the bundled parts."""
    return SentenceCheck(answerers.names(), small_index.bundled_encoder())


def holds(sentence: str, *quotes: str) -> bool:
    """Return whether whole articles bear a sentence out."""
    return check().holds(sentence, [cited(quote) for quote in quotes], QUESTION)
