"""Names of people that look like words: 馆长为何晚舟, where 为何 is no question word.

They are found by what stands before them and by their surname, where a tagger cuts them wrong.
"""

import re
from collections.abc import Callable, Iterator

from index.article import Span

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤"
    "花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝"
    "明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯"
    "管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀甄曲家封芮靳松井段富巫焦巴弓牧山谷车侯全班"
    "仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印白怀蒲从索赖卓蔺屠蒙池乔苍闻党翟谭劳申扶冉桑桂牛寿通边燕冀郏浦"
    "尚农温庄晏柴瞿阎连习容向古易慎戈廖庾终步都耿满弘匡文寇广东欧沃利蔚越师巩聂晁敖冷辛阚那简饶曾沙鞠丰关蒯查荆游竺"
    "权盖益桓岳覃佟肖于涂代苟商原佘侴"
)
_DOUBLE = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|端木|南宫|独孤|申屠"
)
_POST = r"(?:[长官师员席裁授总监人]|主任|[经助总]理|总督|代表|院士|书记|主编|冠军|得主|先生|女士)"
_HAN = "[\u4e00-\u9fff]"
_NAME = rf"(?P<name>(?:{_DOUBLE}){_HAN}{{1,2}}|[{_SURNAMES}]{_HAN}{{1,2}})"
_END = (
    r"(?=$|[\s，。、；：,;.!！（(）)《“”\"]|担任|出任|兼任|兼|接任|任|负责|主持|等|先生|女士|同志|教授|"
    r"和|与|及|设计|创办|创立|创建|率|承担|带队|作|发表|介绍|说|表示|当选|获|分管|牵头|主讲|编|著|完成|执导|演)"
)
_AFTER_CUE = re.compile(rf"(?:[为是由叫：:]|名叫|系){_NAME}{_END}")
_AFTER_POST = re.compile(rf"{_POST}{_NAME}{_END}")
_NO_NAME = re.compile("[的了在]")
_ANY = frozenset({"nr", "nrt", "nrfg"})

Tagger = Callable[[str], Iterator[tuple[str, str, Span]]]


def people(text: str, tagged: Tagger) -> list[Span]:
    """Return the names of people that follow 为, 是, 由 or a post in a simplified text.

    A single word of the tagger's dictionary (为方便) is no name, unless it is tagged as one.
    """
    spans: list[Span] = []
    for pattern in (_AFTER_CUE, _AFTER_POST):
        for match in pattern.finditer(text):
            span = Span(*match.span("name"))
            if not any(map(span.overlaps, spans)) and _is_name(match["name"], tagged):
                spans.append(span)
    return sorted(spans, key=lambda span: span.start)


def _is_name(name: str, tagged: Tagger) -> bool:
    if _NO_NAME.search(name):
        return False
    words = list(tagged(name))
    return len(words) > 1 or words[0][1] in _ANY
