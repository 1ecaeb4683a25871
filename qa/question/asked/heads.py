"""The nouns that tell what kind of thing is asked for: `批发价` an amount of money.

A question of key words has no question word; its answer type is that of the last of its words that
is such a noun. The nouns are endings: `价` is that of `批发价`, `票价` and `房价`.
"""

import re

from qa.answer_types import AnswerType

_MONEY = (
    "价 价格 价钱 票价 费 费用 金额 总额 差额 余额 债额 投资额 销售额 营业额 成交额 交易额 贸易额 "
    "进出口额 出口额 进口额 限额 款 钱 资金 "
    "奖金 押金 租金 罚金 佣金 定金 订金 本金 违约金 保证金 赔偿金 补偿金 抚恤金 退休金 养老金 "
    "公积金 补贴 补助 津贴 补偿 赔偿 薪 薪资 "
    "薪水 月薪 年薪 工资 收入 营收 利润 净利 净利润 亏损 成本 预算 决算 造价 投资 总投资 票房 "
    "产值 市值 估值 货值 总值 身价 负债 债务 "
    "门票 车票 机票 船票 "
    "资产 资本 注册资本 报价 报酬 稿酬 片酬 收费 收费标准 花费 支出 开支 经费 消费 善款 税额 "
    "税款 gdp"
)
_NO_MONEY = "条款 存款率 消费者 免费 付款"
_PERCENT = "率 占比 比例 比重 百分比 份额 市占 涨幅 跌幅 增幅 降幅 增速 同比 环比 同比增长 环比增长"
_NO_PERCENT = "频率 功率 心率 速率 汇率 倍率 分辨率 采样率 转换率 曲率"
_DATE = (
    "时间 日期 日 年份 年月 生日 时刻 年代 生卒年 出生年月 忌日 诞辰 截止 几时 开学 放假时间 日程 "
    "纪念日 周年纪念日"
)
_PERIOD = (
    "时长 用时 耗时 历时 工期 期限 保质期 有效期 任期 寿命 刑期 学制 周期 年限 时限 质保 质保期 "
    "保修期 保修 续航时间 假期 产假 "
    "婚假 年假 工龄 试用期 潜伏期 保存期 租期 账期 还款期 冷静期 公示期 宽限期 待机时间 持续时间 "
    "通行时间 行程时间 等待时间 服务时间 "
    "学习时间 睡眠时间 驾驶时间 所需时间 停留时间 用餐时间"
)
_NUMBER = (
    "数 数量 人口 面积 长度 高度 宽度 深度 厚度 海拔 重量 体积 容量 库容 容积 距离 里程 速度 时速 "
    "温度 气温 湿度 浓度 含量 "
    "比分 得分 成绩 分数 量 号码 电话 编号 工号 邮编 车牌 频率 功率 转速 扬程 轴距 车长 "
    "车宽 口径 直径 半径 周长 全长 总长 身高 "
    "体重 年龄 岁数 规模 带宽 时延 延迟 分辨率 像素 马力 扭矩 油耗 续航 座位 床位 层数 评分 震级 "
    "烈度 水位 坡度 亩产 指数 伤亡 伤亡情况 "
    "库存 储量 算力 产能 运力 生产能力 处理能力 载重 吨位 班次 门牌号 房号 学号 证号 代码 传真 "
    "热线 心率 速率 汇率 倍率 尺寸 人次 总分 时差 净重 毛重 "
    "高程 车高 跨度 纬度 经度 落差 流速"
)
_NO_NUMBER = "少数 多数 力量 计量 胆量 尽量 大量 算数 质量"
_PLACE = (
    "地址 地点 位置 所在地 产地 籍贯 出生地 发源地 举办地 注册地 目的地 故乡 家乡 总部 首都 省会 "
    "首府 车站 站点 终点 终点站 起点 起点站 "
    "会场 场地 住址 国籍 国家 城市 机场 港口 码头 的州 的省 的市 的县 的国 的村 的镇 校址 地方"
)
_PERSON = (
    "校长 院长 局长 部长 厅长 处长 科长 所长 站长 队长 班长 组长 会长 市长 县长 省长 镇长 乡长 "
    "村长 州长 区长 行长 社长 团长 店长 馆长 厂长 "
    "场长 舰长 船长 机长 列车长 秘书长 首长 董事长 议长 连长 营长 军长 师长 台长 司长 院士 经理 "
    "总监 主管 书记 主席 总裁 主任 总理 总统 "
    "部长 大使 司令 教练 教授 老师 班主任 负责人 创始人 发起人 发明人 法人 法定代表人 联系人 "
    "主持人 发言人 代言人 继承人 接班人 实际控制人 "
    "持有人 传承人 当事人 作者 导演 编剧 主演 演员 主角 男主角 女主角 歌手 作家 作曲 作词 画家 "
    "设计者 设计师 工程师 发明者 创办者 创建者 "
    "发现者 得主 获得者 获奖者 遇难者 死者 首富 队员 官员 研究员 飞行员 航天员 运动员 "
    "选手 驾驶员 司机 船员 姓名 ceo cto cfo "
    "候选人 掌门人 班主任 校友 嘉宾 皇帝 国王 女王 妻子 丈夫 父亲 母亲 儿子 女儿 哥哥 弟弟 姐姐 "
    "妹妹"
)
_WHO = (
    "冠军 亚军 季军 第一名 榜首 销量第一 排名第一 金牌 胜者 赢家 优胜者 主办 承办 中标 "
    "中标人 卖家 买家 主人"
)
_ORG = (
    "公司 单位 机构 部门 厂家 厂商 供应商 开发商 制造商 运营商 承包商 经销商 代理商 发行商 生产商 "
    "主办方 承办方 投资方 合作方 出品方 "
    "控股方 收购方 法院 检察院 母校 毕业院校 院校 出版社 母公司 子公司 股东 大股东 赞助商 "
    "主管部门 机关 品牌方 建设方 施工方"
)
_LIST = (
    "县市 名单 列表 清单 成员 要点 条件 材料 要求 种类 分类 特点 优点 缺点 原则 组成 构成 内容 "
    "变化 措施 名录 目录 阵容"
)
_REASON = "原因 理由 缘由 起因 成因"
_MANNER = "方法 方式 途径 步骤 流程 做法 用法 办理流程 手续"
_DEFINITION = "定义 含义 意思 简介 概念 介绍"
_OTHER = (
    "排名 名次 位次 "
    "名称 名字 全称 简称 别名 书名 片名 歌名 型号 品牌 代表作 主题 口号 颜色 案例 车次 航班 日常 "
    "周日 节日 今日 昨日 次日 生产日"
)

_KINDS: tuple[tuple[AnswerType, str], ...] = (
    (AnswerType.OTHER, _OTHER),
    (AnswerType.OTHER, f"{_NO_MONEY} {_NO_NUMBER}"),
    (AnswerType.NUMBER, _NO_PERCENT),
    (AnswerType.MONEY, _MONEY),
    (AnswerType.PERCENT, _PERCENT),
    (AnswerType.PERIOD, _PERIOD),
    (AnswerType.DATE, _DATE),
    (AnswerType.NUMBER, _NUMBER),
    (AnswerType.PLACE, _PLACE),
    (AnswerType.PERSON, _PERSON),
    (AnswerType.WHO, _WHO),
    (AnswerType.ORG, _ORG),
    (AnswerType.LIST, _LIST),
    (AnswerType.REASON, _REASON),
    (AnswerType.MANNER, _MANNER),
    (AnswerType.DEFINITION, _DEFINITION),
)
_TYPES: dict[str, AnswerType] = {}
for _kind, _words in _KINDS:
    for _word in _words.split():
        _TYPES.setdefault(_word, _kind)
_LONGEST = max(map(len, _TYPES))
_SEVERAL = re.compile(
    r"(?:[二两三四五六七八九十几]|(?<!\d)[2-9]|1\d)(?:[个支家位名所座项款种部条本]|大)[^\s]{0,8}$|"
    r"上榜.{1,6}$|分别$"
)
_OF_DURATION = re.compile(
    r"(?:持续|通行|行程|等待|停留|续航|待机|服务|睡眠|劳动|学习|驾驶|用餐|过坝|所需|飞行|运行|"
    r"治疗|恢复|充电|加热|停车)时间$"
)
_LIMIT = re.compile("(?:上限|下限|限制|以上|至少|情况)$")
_ENGLISH: tuple[tuple[AnswerType, str], ...] = (
    (
        AnswerType.MONEY,
        "price cost salary revenue budget fee turnover income profit fare rent fine tax wage toll",
    ),
    (AnswerType.PERCENT, "rate share percentage proportion"),
    (
        AnswerType.NUMBER,
        "population height length area distance number speed score ranking rank weight size depth "
        "width temperature capacity altitude elevation age magnitude phone telephone",
    ),
    (AnswerType.DATE, "date year deadline birthday hours"),
    (AnswerType.PERIOD, "duration lifespan lifetime tenure guarantee warranty"),
    (AnswerType.PLACE, "address location headquarters capital birthplace venue"),
    (
        AnswerType.PERSON,
        "ceo founder president director author chairman chair mayor inventor head leader writer",
    ),
    (AnswerType.ORG, "manufacturer publisher developer supplier owner operator company organiser"),
    (AnswerType.REASON, "reason cause"),
    (AnswerType.OTHER, "name title"),
)
_TYPES_EN = {word: kind for kind, words in _ENGLISH for word in words.split()}
_PHRASE_EN = re.compile(
    r"(?:what (?:is|was|are|were) )?(?:the )?(?P<head>[\w' -]+?)(?: (?:of|for|in|at|on|by) .*)?$"
)


def head_type(words: str) -> AnswerType | None:
    """Return the type of the last of some folded words that tells one; None if none does.

    >>> head_type("云岭大桥 通车时间"), head_type("云岭大桥")
    (<AnswerType.DATE: 'date'>, None)
    """
    if words.isascii():
        phrase = _PHRASE_EN.match(words)
        return _TYPES_EN.get(phrase["head"].split(" ")[-1]) if phrase else None
    types = map(_of_token, reversed(words.split()))
    return next((kind for kind in types if kind is not None), None)


def _of_token(token: str) -> AnswerType | None:
    limit = _LIMIT.search(token)
    stem = token[: limit.start()] if limit and limit.start() else token
    if _OF_DURATION.search(stem):
        return AnswerType.PERIOD
    endings = (stem[-length:] for length in range(min(_LONGEST, len(stem)), 0, -1))
    found = next((_TYPES[ending] for ending in endings if ending in _TYPES), None)
    return AnswerType.LIST if found and _SEVERAL.search(stem) else found
