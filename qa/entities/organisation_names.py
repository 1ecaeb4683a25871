"""Names of organisations by what stands before them and how they end: 由云帆公司布置."""

import re

from index.article import Span

_END = (
    "公司|集团|银行|研究院|研究所|大学|学院|医院|委员会|协会|基金会|出版社|电视台|中心|合作社|事务所|"
    "工厂|[钢水电药酒纸纱糖]厂|商行|剧团|乐团|俱乐部|设计院|工程局"
)
# Characters that a name may have only where the tagger knows it.
_APART = "由为為给給向与與归歸让讓是的了在之"
_CUED = re.compile(
    rf"(?:[由为給给向与與和、：:归交让是，,]|委托|聘请|^)(?P<name>(?:(?![{_APART}])[\u4e00-\u9fffA-Za-z]){{2,12}}?(?:{_END}))"
    rf"(?!{_END}|[\u4e00-\u9fff]?(?:长|员|公司))"
)
_NO_NAME = re.compile(
    "[的了在之有该本这那哪各每某其由为给向从]|一家|多家|几家|两家|全国|所有|相关|有关|上述|另外"
)


def organisations(text: str) -> list[Span]:
    """Return the names of organisations that follow 由, 给 and the like in a simplified text.

    >>> text = "灯光由云帆公司布置"
    >>> [span.of(text) for span in organisations(text)]
    ['云帆公司']
    """
    return [
        Span(*match.span("name"))
        for match in _CUED.finditer(text)
        if not _NO_NAME.search(match["name"])
    ]
