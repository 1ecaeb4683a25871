"""Units of measure: their names in Chinese and Latin letters, and what each is in a basic unit."""

import re
from fractions import Fraction

_TENTHS = Fraction(1, 10)
# A basic unit with each of its multiples: the factor and the names.
_GROUPS: dict[str, tuple[tuple[Fraction | int, str], ...]] = {
    "米": (
        (1, "米 公尺 m"), (1000, "公里 千米 km"), (_TENTHS**2, "厘米 公分 cm"),
        (_TENTHS**3, "毫米 mm"), (_TENTHS**6, "微米 μm um"), (_TENTHS**9, "纳米 nm"),
    ),
    "克": (
        (1, "克 g"), (1000, "公斤 千克 kg"), (_TENTHS**3, "毫克 mg"), (_TENTHS**6, "微克 μg ug"),
        (500, "斤"), (10**6, "吨 公吨 t"),
    ),
    "平方米": (
        (1, "平方米 平米 m2"), (10**6, "平方公里 平方千米 km2"), (10**4, "公顷 ha"),
        (_TENTHS**4, "平方厘米 cm2"), (_TENTHS**6, "平方毫米 mm2"),
    ),
    "立方米": (
        (1, "立方米 m3"), (_TENTHS**3, "升 公升 l L"), (_TENTHS**6, "毫升 ml mL 立方厘米 cm3"),
    ),
    "秒": (
        (1, "秒 秒钟 s"), (60, "分钟 min"), (3600, "小时 个小时 钟头 个钟头 h"), (86400, "天 日 d"),
        (604800, "周 星期 个星期"), (_TENTHS**3, "毫秒 ms"), (_TENTHS**6, "微秒 μs us"),
        (_TENTHS**9, "纳秒 ns"),
    ),
    "个月": ((1, "个月 月"), (3, "个季度 季度"), (12, "年"), (1200, "个世纪 世纪")),
    "瓦": (
        (1, "瓦 W"), (1000, "千瓦 kW"), (10**6, "兆瓦 MW"), (10**9, "吉瓦 GW"),
        (_TENTHS**3, "毫瓦 mW"),
    ),
    "千瓦时": ((1, "千瓦时 kWh"), (1000, "兆瓦时 MWh"), (10**6, "吉瓦时 GWh")),
    "赫": (
        (1, "赫 赫兹 Hz"), (1000, "千赫 千赫兹 kHz"), (10**6, "兆赫 兆赫兹 MHz"),
        (10**9, "吉赫 吉赫兹 GHz"),
    ),
    "伏": ((1, "伏 伏特 V"), (1000, "千伏 kV"), (_TENTHS**3, "毫伏 mV")),
    "安": ((1, "安 安培 A"), (1000, "千安 kA"), (_TENTHS**3, "毫安 mA")),
    "安时": ((1, "安时 Ah"), (_TENTHS**3, "毫安时 mAh")),
    "帕": ((1, "帕 帕斯卡 Pa"), (1000, "千帕 kPa"), (10**6, "兆帕 MPa")),
    "焦": ((1, "焦 焦耳 J"), (1000, "千焦 kJ"), (10**6, "兆焦 MJ")),
    "卡": ((1, "卡 卡路里 cal"), (1000, "千卡 大卡 kcal")),
    "牛": ((1, "牛 牛顿 N"), (1000, "千牛 kN")),
    "欧": ((1, "欧 欧姆 Ω"), (1000, "千欧 kΩ"), (10**6, "兆欧 MΩ")),
    "摄氏度": ((1, "摄氏度 °C"),),
    "华氏度": ((1, "华氏度 °F"),),
    "分贝": ((1, "分贝 dB"),),
    "分贝(A)": ((1, "分贝(A) dB(A) dBA"),),
    "摩尔": ((1, "摩尔 mol"), (_TENTHS**3, "毫摩尔 mmol"), (_TENTHS**6, "微摩尔 μmol umol")),
    "海里": ((1, "海里 nmi"),),
    "英里": ((1, "英里 mile miles"),),
    "英尺": ((1, "英尺 ft feet"),),
    "英寸": ((1, "英寸 吋 inch inches"),),
    "个": ((1, "个 家 座 台 架 辆 部 艘 只 头 匹 件 套 栋 幢 棵 株 所 间 枚 口 册 本"),),
    "人": ((1, "人 名 位 个人 people"),),
    "人次": ((1, "人次"),), "倍": ((1, "倍 times"),), "岁": ((1, "岁 周岁"),),
    "周年": ((1, "周年"),), "车次": ((1, "车次"),), "架次": ((1, "架次"),), "班次": ((1, "班次"),),
    "次": ((1, "次 回"),), "标准箱": ((1, "标准箱 TEU"),), "转": ((1, "转 r"),),
    "个百分点": ((1, "个百分点 百分点"),),
}  # fmt: skip
UNITS: dict[str, tuple[str, Fraction]] = {
    name: (basic, Fraction(factor))
    for basic, multiples in _GROUPS.items()
    for factor, names in multiples
    for name in names.split()
}
"""The basic unit and the factor of every name."""

_LONGEST = max(map(len, UNITS))
_PER = re.compile("[/每]")
_PER_ONE = {"分": "分钟", "时": "小时", "a": "年"}


def unit_at_start(text: str) -> tuple[str, Fraction, str]:
    """Return the basic unit at the start of a text, its factor, and what follows it.

    An unknown unit is the whole text. A share (米/秒) keeps the unit it is a share of.

    >>> unit_at_start("公里长")
    ('米', Fraction(1000, 1), '长')
    >>> unit_at_start("m3/h")
    ('立方米/小时', Fraction(1, 1), '')
    """
    for length in range(min(_LONGEST, len(text)), 0, -1):
        name = text[:length]
        if name not in UNITS or (name.isascii() and text[length : length + 1].isalpha()):
            continue
        basic, factor = UNITS[name]
        rest = text[length:]
        if not _PER.match(rest):
            return basic, factor, rest
        return f"{basic}/{per_unit(rest[1:])}", factor, ""
    return text, Fraction(1), ""


def per_unit(written: str) -> str:
    """Return one name for the unit that something is a share of: 小时 for h.

    >>> per_unit("h"), per_unit("分"), per_unit("人")
    ('小时', '分钟', '人')
    """
    name = _PER_ONE.get(written, written)
    known = UNITS.get(name)
    if known is None:
        return name
    return next(other for other, measure in UNITS.items() if measure == known)
