"""The words by which scraped pages' furniture is known, line by line.

Every pattern covers a whole line or is anchored at its start, so that the same words inside
running prose mean nothing. Which marked lines are really cut is `boilerplate`'s decision.
"""

import re
from enum import Enum, auto

from index.ingest.structure.line_shapes import is_prose, width


class Mark(Enum):
    """What a line looks like."""

    NONE = auto()
    CRUMB = auto()  # 当前位置: 首页 » 新闻
    LINKS = auto()  # 关于我们 | 联系我们
    NAV = auto()  # 首页
    AD = auto()  # 新闻纠错: among the prose of the body, too, no words of an article
    UI = auto()  # 扫描二维码关注我们: outside the body
    WEAK_UI = auto()  # 打印: a title or heading may be this word too
    FOOTER = auto()  # 版权所有, 责任编辑:…, 免责声明:…
    RELATED = auto()  # 相关阅读
    HEADLINES = auto()  # 行业热点: an article may have such a heading too
    TEASER = auto()  # …[详细]
    CAPTION = auto()  # 某网微信: the words under a QR code


_HOME = r"(?:网站|返回)?(?:首页|首頁|主页|主頁)|Home(?:page)?"
_CRUMB = re.compile(
    r"^\s*(?:(?:您|你)?(?:当前|目前|现在|所在|當前|現在)?(?:的|所在的?)?(?:位置|页面)"
    r"\s*(?:[:：]|是[:：]?)"
    r"|You are here\b\s*:?)"
    rf"|^\s*(?:{_HOME})\s*(?:>{{1,2}}|»|›|→|＞|::|/(?=.*/)|-(?=.* - ))\s*\S"
    r"|^\S.{0,30}(?:>{1,2}|»|›|＞)\s*(?:正文|Article)\s*$",
    re.IGNORECASE,
)
_NAV = re.compile(
    rf"^(?:{_HOME}|新闻|要闻|国内|国际|时政|社会|财经|经济|股票|体育|娱乐|科技|军事|教育|文化"
    rf"|健康|房产|汽车"
    r"|旅游|视频|图片|论坛|博客|专题|评论|登录|注册|登陆|退出|搜索|导航|手机版|设为首页|加入收藏"
    r"|收藏本站|无障碍|简体|繁体"
    r"|繁體|English|News|World|Business|Politics|Sports?|Opinion|Technology|Tech|Science|Health"
    r"|Culture"
    r"|Arts|Video|Menu|Search|Log ?in|Sign (?:in|up)|Register|Subscribe|About(?: us)?"
    r"|Contact(?: us)?"
    r"|Skip to (?:main )?content)$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^(?:关于(?:我们|本站|本网)|關於我們|联系(?:我们|方式)|聯絡我們|广告(?:服务|合作|刊登|投放)"
    r"|会员服务|隐私\S{0,4}|隱私\S{0,4}|友情链接|法律\S{0,4}|网站(?:地图|声明|导航|首页|律师)"
    r"|版权\S{0,4}|免责\S{0,4}|招聘\S{0,4}"
    r"|诚聘英才|人才招聘|加入我们|服务条款|使用条款|管理制度|意见反馈|帮助中心|站点地图|设为首页"
    r"|加入收藏|手机版|首页"
    r"|合作伙伴|商务合作|投稿\S{0,4}|About(?: us)?|Contact(?: us)?|Privacy(?: policy)?"
    r"|Terms\b.{0,15}"
    r"|Cookies?(?: \w+)?|Careers|Jobs|Advertis\w+(?: with us)?|Site ?map|Help|FAQ|Home|Subscribe"
    r"|RSS|Press"
    r"|Accessibility|Newsletters?)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[|｜┊│┆丨]\s*|\s+[·•–-]\s+|\s{2,}|\t|\u3000+")
_AD = re.compile(
    r"^(?:新闻纠错|我要纠错|分享到?[:：]?(?:\s*(?:微信|微博|新浪微博|QQ空间|QQ|朋友圈|Facebook"
    r"|Twitter|X))*"
    r"|(?:请?[用打]开?)?微信[“\"「]?扫(?:一扫|码)\S{0,4}(?:(?:分享|关注|阅读|查看)\S{0,10})?"
    r"|[【\[(（]?(?:字[号體体號](?:大小)?|文字大小|字体大小)[:：\s]\s*[特超大中小\s/"
    r"|·+-]{0,16}[】\])）]?"
    r"|[【\[(（]?[大中小][\s/|·]*[大中小][\s/|·]*[大中小][】\])）]?|点击(?:查看|加载)更多"
    r"|Advertisement|Share this(?: (?:article|story|post|page|entry))?)\s*[:：>】\]]*$",
    re.IGNORECASE,
)
_UI = re.compile(
    r"^(?:一键分享|分享本文|扫一扫.{0,12}(?:关注|分享|阅读|打开|查看|下载).{0,10}|用手机看"
    r"|扫(?:描|码).{0,24}(?:二维码|关注|阅读|查看).{0,8}|长按.{0,16}(?:关注|识别).{0,8}"
    r"|(?:上|下)一(?:篇|条|頁|页)\s*[:：].{0,60}|放大\s*缩小.{0,10}"
    r"|Share (?:on|via|to) (?:Facebook|Twitter|X|LinkedIn|WhatsApp|e?-?mail)\b.{0,30}"
    r"|Share:.{0,40}|(?:Print|Email) this .{0,12}|(?:Previous|Next) (?:post|article|story)\b.{0,80}"
    r"|Back to top|Leave a (?:comment|reply)|Click (?:here )?to (?:share|print|subscribe).{0,40}"
    r"|Follow us(?: on\b.{0,50})?"
    r"|(?:Sign up|Subscribe) (?:for|to) (?:our|the) .{0,40}newsletters?.{0,20})\s*[:：>】\]]*$",
    re.IGNORECASE,
)
_WEAK_UI = re.compile(
    r"(?:打印|收藏|分享|评论|举报|关闭|点赞|赞|转发|微信|微博|新浪微博|QQ空间|QQ|朋友圈|复制链接"
    r"|返回|顶部|放大|缩小"
    r"|列印|轉寄|打印(?:本页|本文|文章|此页)"
    r"|(?:关闭|返回)(?:窗口|本页|页面|顶部|首页|列表|上页)|回到顶部|加入收藏|收藏本(?:页|文)"
    r"|点击收藏"
    r"|我要(?:评论|投稿|分享|留言)|(?:发表|查看|网友)评论|分享到\S{2,4}|Share|Print|Email|Save"
    r"|Comments?|Facebook|Twitter|X|LinkedIn|WhatsApp|Copy link|Bookmark)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"^(?:版权所有|版權所有)(?:\s|[:：©(（]|$)|^(?:Copyrights?\b\s*)?(?:©|\(c\)|（c）|&copy;)\s*\S"
    r"|^Copyrights?\s*(?:©|\(c\)|\d{4})|\bAll rights reserved\b|[©]\s*(?:19|20)\d\d"
    r"|[A-Za-z\u4e00-\u9fff]?ICP[备備证]\s*\d+|公网安备\s*\d+|网站标识码|^(?:主办|承办"
    r"|技术支持)(?:单位)?\s*[:：]"
    r"|增值电信业务经营许可证"
    r"|^(?:本网站|本站|本报|本网|以上内容)?.{0,8}未经.{0,20}(?:不得|禁止|严禁|谢绝|请勿).{0,14}"
    r"(?:转载|复制|使用|镜像|摘编).{0,20}$|^(?:如需)?转载(?:本文)?请(?:注明|联系).{0,40}$",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    r"^[\[【(（]?\s*(?:本文)?(?:责任编辑|責任編輯|责编|執行編輯|执行编辑|网络编辑|值班编辑|编辑"
    r"|审核|审校|校对|监制"
    r"|(?:Edited|Reporting|Editing) by)\s*(?:[:：]|(?<=by)\s)\s*\S.{0,50}$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^[\[【(（*※]*\s*(?:免责声明|版权声明|特别声明|法律声明|郑重声明|重要声明|声明|版权说明"
    r"|风险提示|免責聲明|版權聲明"
    r"|Disclaimer|Copyright notice|Legal notice)\s*[】\])）]*\s*(?:[:：]|$)",
    re.IGNORECASE,
)
_NOTICE_WORDS = re.compile(
    r"本(?:网站|站|网|平台|公众号|报)|转载|轉載|侵权|侵犯|版权|版權|知识产权|观点|真实性|仅供参考"
    r"|联系(?:我们|删除)|删除"
    r"|来源于(?:互联网|网络)|投资建议|this (?:web)?site|views expressed|for informational"
    r"|not constitute"
    r"|endorse|permission|liable",
    re.IGNORECASE,
)
_OURS = re.compile(r"本(?:网站|站|网|平台|公众号|报)|this (?:web)?site", re.IGNORECASE)
_CONTACT = re.compile(
    r"投稿|爆料|广告合作|商务合作|内容合作|違法|违法和?不良信息|新闻热线|报料|客服|意见反馈"
    r"|网上有害信息|举报(?:电话|邮箱)"
)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|QQ\s*(?:群|号)?\s*[:：]?\s*\d{5,}|(?:微信号?|电话|热线"
    r"|邮箱)\s*[:：]?\s*[\w(（+-]{5,}"
    r"|\b\d{3,4}-\d{7,8}\b"
)
# An invitation, not a report about one: it begins with asking.
_PROMOTION = re.compile(
    r"^(?:欢迎|敬请|请|更多.{0,12}[,，]?(?:请|敬请|欢迎)|长按|扫描|扫码|微信搜索).{0,30}"
    r"(?:关注|二维码|公众号|客户端|视频号).{0,30}$"
)
_BULLET = r"^[\[【■●▍|>\s]*"
_MORE = r"\s*[】\]:：>»…·]*\s*(?:更多|More)?\s*[>»…]*$"
_RELATED = re.compile(
    _BULLET + r"(?:(?:相关|相關)(?:阅读|閱讀|新闻|新聞|文章|链接|报道|報導|推荐|资讯|专题|稿件)"
    r"|(?:推荐|推薦|精彩|热门|熱門)(?:阅读|閱讀|新闻|新聞|文章|推荐|推薦|资讯|内容|图文)"
    r"|(?:猜你|为你|为您|编辑|今日|本站)(?:喜欢|推荐|精选)|(?:新闻|阅读|点击|热点|文章|周)(?:排行"
    r"|热榜)榜?"
    r"|24小时\S{0,6}|大家(?:都)?在看|你可能(?:还|也)\S{0,6}"
    r"|Related (?:articles?|stories|news|posts?|content|topics|links|reading)"
    r"|You (?:may|might) also (?:like|be interested in)|More (?:from|stories|news)\b.{0,30}"
    r"|Read next|Recommended(?: for you| reading)?|Most (?:read|popular|viewed)"
    r"|Popular (?:posts|stories|articles)|Trending(?: now)?|Editor[’']s picks?)" + _MORE,
    re.IGNORECASE,
)
_HEADLINES = re.compile(
    _BULLET
    + r"(?:(?:最新|热点|行业|图片|近期|今日|本站|更多|综合)(?:新闻|新聞|文章|资讯|热点|动态|要闻"
    r"|内容|图文|推荐)"
    r"|(?:Latest|Top) (?:news|stories))" + _MORE,
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:\[|【|\(|（)?(?:详细|详情|阅读全文|查看全文|全文|更多|more|read more|continue reading)"
    r"(?:\]|】|\)|）|>+|»|…)+\s*$|(?:\.{3}|…)\s*(?:详细|全文|Read more)?\s*$",
    re.IGNORECASE,
)
_QR_CAPTION = re.compile(
    r"^\S{0,12}(?:微信|微博|公众号|公眾號|二维码|客户端|手机版|APP)$", re.IGNORECASE
)


def mark_of(line: str) -> Mark:
    """What the line looks like: `新闻纠错` → AD, `版权所有者可以授权他人。` → NONE."""
    line = line.strip().strip("\ufeff\u200b")
    # Nothing of the furniture is longer but a disclaimer, known by its first words.
    if len(line) > 200:
        return Mark.FOOTER if _is_notice(line) else Mark.NONE
    return next((mark for mark, fits in _TESTS if fits(line)), Mark.NONE)


def _is_crumb(line: str) -> bool:
    return _CRUMB.search(line) is not None and width(line) <= 60 and not is_prose(line)


def _is_links(line: str) -> bool:
    parts = [part for part in _SEPARATOR.split(line) if part]
    known = sum(_LINK.match(part) is not None or _NAV.match(part) is not None for part in parts)
    return len(parts) >= 3 and known >= 2 and 3 * known >= len(parts)


def _is_weak_ui(line: str) -> bool:
    parts = [part for part in re.split(r"[\s|｜/·,，、\[\]【】()（）]+", line) if part]
    return bool(parts) and all(_WEAK_UI.fullmatch(part) or _LINK.match(part) for part in parts)


def _is_ui(line: str) -> bool:
    row = len(line.split()) >= 2 and _is_weak_ui(line)
    return row or (width(line) <= 50 and _UI.match(line) is not None)


def _is_footer(line: str) -> bool:
    if is_prose(line) and "。" in line[:-1] and not _NOTICE.match(line):
        return False
    if _is_notice(line) or _EDITOR.match(line) or _is_promotion(line):
        return True
    # 请将《意见反馈表》发至a@b.example。 is a notice's own request: furniture writes no full stop.
    told = line.rstrip().endswith("。")
    contact = not told and _CONTACT.search(line) and _ADDRESS.search(line)
    return bool(contact or _COPYRIGHT.search(line)) and width(line) <= 90


def _is_promotion(line: str) -> bool:
    """An invitation; 扫描二维码关注公众号的人多了，读文章的人少了。 is a report about one."""
    told = line.rstrip().endswith("。") and "，" in line
    return not told and _PROMOTION.match(line) is not None


def _is_notice(line: str) -> bool:
    """A disclaimer speaks of the site, of reprints and of rights: two such words at least."""
    start = _NOTICE.match(line)
    return start is not None and _notice_words(line[start.end() :]) >= 2


def is_notice_below(heading: str, line: str) -> bool:
    """Whether a line under `免责声明` is that disclaimer, and not an article's words about one."""
    start = _NOTICE.match(heading.strip())
    alone = start is not None and start.end() == len(heading.strip())
    return alone and _OURS.search(line) is not None and _notice_words(line) >= 3


def _notice_words(line: str) -> int:
    return len({word.lower() for word in _NOTICE_WORDS.findall(line)})


_TESTS = (
    (Mark.CRUMB, _is_crumb),
    (Mark.LINKS, _is_links),
    (Mark.NAV, lambda line: _NAV.match(line) is not None),
    (Mark.AD, lambda line: _AD.match(line) is not None),
    (Mark.UI, _is_ui),
    (Mark.WEAK_UI, _is_weak_ui),
    (Mark.FOOTER, _is_footer),
    (Mark.RELATED, lambda line: _RELATED.match(line) is not None),
    (Mark.HEADLINES, lambda line: _HEADLINES.match(line) is not None),
    (Mark.TEASER, lambda line: _TEASER.search(line) is not None),
    (Mark.CAPTION, lambda line: _QR_CAPTION.match(line) is not None),
)
