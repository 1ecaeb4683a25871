"""Patterns that recognise lines of boilerplate at the edges of an article.

Every pattern covers a whole line or is anchored at its start, so that the same words in running
prose don't match. Lines are matched unfolded: in simplified or traditional characters, full or half
width. Which matching lines are cut is left to `edge_rules`.
"""

import re
from enum import Enum, auto

from index.ingest.boilerplate import site_vocabulary as words
from index.ingest.structure.line_shapes import is_prose, width
from index.text.scripts import HAN_UNIFIED


class EdgeMark(Enum):
    """The kind of boilerplate that a line looks like."""

    NONE = auto()
    BREADCRUMB = auto()  # 当前位置: 首页 » 新闻
    LINK_ROW = auto()  # 关于我们 | 联系我们
    NAVIGATION = auto()  # 首页
    WIDGET = auto()  # 新闻纠错: among the prose of the body, too, no words of an article
    INVITATION = auto()  # 扫描二维码关注我们: outside the body
    BUTTON = auto()  # 打印: a title or heading may be this word too
    FOOTER = auto()  # 版权所有, 责任编辑:…, 免责声明:…
    RELATED = auto()  # 相关阅读
    HEADLINES = auto()  # 行业热点: an article may have such a heading too
    TEASER = auto()  # …[详细]
    QR_CAPTION = auto()  # 某网微信: the words under a QR code


_HOME = rf"(?:{words.HOME_OF})?(?:{words.HOME}|首頁|主頁)|Home(?:page)?"
_BREADCRUMB = re.compile(
    rf"^\s*(?:(?:{words.YOU})?(?:{words.NOW}|當前|現在)?{words.LOCATION}"
    r"\s*(?:[:：]|是[:：]?)"
    rf"|{words.YOU_ARE_HERE}\b\s*:?)"
    rf"|^\s*(?:{_HOME})\s*(?:>{{1,2}}|»|›|→|＞|::|/(?=.*/)|-(?=.* - ))\s*\S"
    r"|^\S.{0,30}(?:>{1,2}|»|›|＞)\s*(?:正文|Article)\s*$",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    rf"^(?:{_HOME}|新闻|要闻|国内|国际|时政|社会|财经|经济|股票|体育|娱乐|科技|军事|教育|文化"
    r"|健康|房产|汽车|旅游|视频|图片|论坛|博客|专题|评论|搜索|导航|收藏本站|繁體"
    rf"|{words.SIGN_IN}|{words.BOOKMARK}|{words.DISPLAY}|{words.MOBILE}"
    r"|English|News|World|Business|Politics|Sports?|Opinion|Technology|Tech|Science|Health"
    r"|Culture|Arts|Video|Menu|Search|Log ?in|Sign (?:in|up)|Register|Subscribe|About(?: us)?"
    r"|Contact(?: us)?|Skip to (?:main )?content)$",
    re.IGNORECASE,
)
_LINK = re.compile(
    rf"^(?:关于(?:{words.US})|關於我們|联系(?:我们|方式)|聯絡我們|广告(?:服务|合作|刊登|投放)"
    rf"|会员服务|隐私\S{{0,4}}|隱私\S{{0,4}}|{words.FRIENDLY_LINKS}|法律\S{{0,4}}"
    r"|网站(?:地图|声明|导航|首页|律师)|版权\S{0,4}|免责\S{0,4}|招聘\S{0,4}"
    r"|诚聘英才|人才招聘|加入我们|服务条款|使用条款|管理制度|意见反馈|帮助中心|站点地图"
    rf"|{words.BOOKMARK}|{words.MOBILE}|首页|合作伙伴|商务合作|投稿\S{{0,4}}"
    r"|About(?: us)?|Contact(?: us)?|Privacy(?: policy)?|Terms\b.{0,15}|Cookies?(?: \w+)?"
    r"|Careers|Jobs|Advertis\w+(?: with us)?|Site ?map|Help|FAQ|Home|Subscribe|RSS|Press"
    r"|Accessibility|Newsletters?)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[|｜┊│┆丨]\s*|\s+[·•–-]\s+|\s{2,}|\t|\u3000+")
_NETWORKS = f"{words.MESSENGERS}|新浪微博|{words.QZONE}|QQ|{words.MOMENTS}|{words.NETWORKS}|X"
_WIDGET = re.compile(
    rf"^(?:新闻纠错|{words.CORRECTION}|分享到?[:：]?(?:\s*(?:{_NETWORKS}))*"
    rf"|{words.OPEN_WECHAT}[“\"「]?扫(?:一扫|码)\S{{0,4}}(?:(?:分享|关注|阅读|查看)\S{{0,10}})?"
    rf"|[【\[(（]?(?:{words.FONT_SIZE}|字[體號]|字[号體號]大小)[:：\s]\s*[特超大中小\s/|·+-]{{0,16}}"
    r"[】\])）]?"
    r"|[【\[(（]?[大中小][\s/|·]*[大中小][\s/|·]*[大中小][】\])）]?|点击(?:查看|加载)更多"
    r"|Advertisement|Share this(?: (?:article|story|post|page|entry))?)\s*[:：>】\]]*$",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"^(?:一键分享|分享本文|扫一扫.{0,12}(?:关注|分享|阅读|打开|查看|下载).{0,10}|用手机看"
    r"|扫(?:描|码).{0,24}(?:二维码|关注|阅读|查看).{0,8}|长按.{0,16}(?:关注|识别).{0,8}"
    r"|(?:上|下)一(?:篇|条|頁|页)\s*[:：].{0,60}|放大\s*缩小.{0,10}"
    rf"|Share (?:on|via|to) (?:{words.NETWORKS}|X|LinkedIn|WhatsApp|e?-?mail)\b.{{0,30}}"
    r"|Share:.{0,40}|(?:Print|Email) this .{0,12}|(?:Previous|Next) (?:post|article|story)\b.{0,80}"
    r"|Back to top|Leave a (?:comment|reply)|Click (?:here )?to (?:share|print|subscribe).{0,40}"
    r"|Follow us(?: on\b.{0,50})?"
    r"|(?:Sign up|Subscribe) (?:for|to) (?:our|the) .{0,40}newsletters?.{0,20})\s*[:：>】\]]*$",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    rf"(?:{words.BUTTONS}|{_NETWORKS}|轉寄"
    rf"|{words.PRINT_PAGE}|{words.LEAVE_PAGE}|(?:关闭|返回)顶部|加入收藏|{words.BOOKMARK_PAGE}"
    r"|点击收藏|我要(?:评论|投稿|分享|留言)|(?:查看|网友)评论|分享到\S{2,4}"
    r"|Share|Print|Email|Save|Comments?|LinkedIn|WhatsApp|Bookmark)",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"^(?:版权所有|版權所有)(?:\s|[:：©(（]|$)|^(?:Copyrights?\b\s*)?(?:©|\(c\)|（c）|&copy;)\s*\S"
    rf"|^Copyrights?\s*(?:©|\(c\)|\d{{4}})|\b{words.ALL_RIGHTS}\b|[©]\s*(?:19|20)\d\d"
    rf"|[A-Za-z{HAN_UNIFIED}]?ICP[备備证]\s*\d+|公网安备\s*\d+|{words.SITE_CODE}"
    rf"|^(?:{words.HOSTS})(?:单位)?\s*[:：]|增值电信业务经营许可证"
    r"|^(?:本网站|本站|本报|本网|以上内容)?.{0,8}未经.{0,20}(?:不得|禁止|严禁|谢绝|请勿).{0,14}"
    r"(?:转载|复制|使用|镜像|摘编).{0,20}$|^(?:如需)?转载(?:本文)?请(?:注明|联系).{0,40}$",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    rf"^[\[【(（]?\s*(?:本文)?(?:{words.EDITORS}|責任編輯|執行編輯"
    r"|(?:Edited|Reporting|Editing) by)\s*(?:[:：]|(?<=by)\s)\s*\S.{0,50}$",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    rf"^[\[【(（*※]*\s*(?:(?:{words.NOTICE_SUBJECTS})?声明|版权说明|{words.RISK_NOTICE}"
    rf"|免責聲明|版權聲明|{words.DISCLAIMER}|Copyright notice|Legal notice)"
    r"\s*[】\])）]*\s*(?:[:：]|$)",
    re.IGNORECASE,
)
_OURS = rf"{words.OUR_SITE}|本公众号|本报|this (?:web)?site"
_OUR_SITE = re.compile(_OURS, re.IGNORECASE)
_NOTICE_WORDS = re.compile(
    rf"{_OURS}|转载|轉載|侵权|侵犯|版权|版權|知识产权|观点|真实性|仅供参考"
    r"|联系(?:我们|删除)|删除|来源于(?:互联网|网络)|投资建议|views expressed|for informational"
    r"|not constitute|endorse|permission|liable",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    rf"{words.SUBMISSIONS}|(?:广告|商务|内容)合作|違法|{words.ILLEGAL_CONTENT}|新闻热线|客服|意见反馈"
    rf"|网上有害信息|{words.REPORT_LINE}"
)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|QQ\s*(?:群|号)?\s*[:：]?\s*\d{5,}|(?:微信号?|电话|热线"
    r"|邮箱)\s*[:：]?\s*[\w(（+-]{5,}"
    r"|\b\d{3,4}-\d{7,8}\b"
)
# An invitation, not a report about one: it begins with asking.
_PROMOTION = re.compile(
    rf"^(?:{words.INVITATION}|更多.{{0,12}}[,，]?(?:{words.INVITATION})|长按|扫描|扫码|微信搜索)"
    rf".{{0,30}}(?:关注|{words.CHANNELS}|{words.VIDEO_CHANNEL}).{{0,30}}$"
)
_BULLET = r"^[\[【■●▍|>\s]*"
_MORE = r"\s*[】\]:：>»…·]*\s*(?:更多|More)?\s*[>»…]*$"
_RELATED = re.compile(
    rf"{_BULLET}(?:(?:{words.RELATED}|相關)"
    rf"(?:{words.ARTICLES}|{words.READING}|{words.REPORTS}|閱讀|新聞|報導)"
    rf"|(?:{words.RECOMMENDED}|推薦|熱門)"
    rf"(?:{words.ARTICLES}|{words.READING}|{words.CONTENTS}|閱讀|新聞|推薦)"
    rf"|(?:猜你|为你|为您|编辑|今日|本站)(?:喜欢|推荐|精选)|(?:{words.RANKED})(?:排行|热榜)榜?"
    r"|24小时\S{0,6}|大家(?:都)?在看|你可能(?:还|也)\S{0,6}"
    r"|Related (?:articles?|stories|news|posts?|content|topics|links|reading)"
    r"|You (?:may|might) also (?:like|be interested in)|More (?:from|stories|news)\b.{0,30}"
    rf"|{words.READ_NEXT}|Recommended(?: for you| reading)?|{words.MOST_READ}"
    rf"|Popular (?:posts|stories|articles)|Trending(?: now)?|Editor[’']s picks?){_MORE}",
    re.IGNORECASE,
)
_HEADLINES = re.compile(
    rf"{_BULLET}(?:(?:{words.LATEST}|行业|本站)"
    rf"(?:{words.ARTICLES}|{words.CONTENTS}|{words.UPDATES}|新聞)"
    rf"|(?:Latest|Top) (?:news|stories)){_MORE}",
    re.IGNORECASE,
)
_TEASER = re.compile(
    rf"(?:\[|【|\(|（)?(?:{words.READ_ALL}|read more|continue reading)"
    r"(?:\]|】|\)|）|>+|»|…)+\s*$|(?:\.{3}|…)\s*(?:详细|全文|Read more)?\s*$",
    re.IGNORECASE,
)
_QR_CAPTION = re.compile(rf"^\S{{0,12}}(?:{words.CHANNEL_CAPTIONS}|公眾號)$", re.IGNORECASE)


def mark_of(line: str) -> EdgeMark:
    """Return the kind of boilerplate that a line looks like.

    >>> mark_of("新闻纠错").name, mark_of("版权所有者可以授权他人。").name
    ('WIDGET', 'NONE')
    """
    line = line.strip().strip("\ufeff\u200b")
    # No boilerplate is longer but a disclaimer, known by its first words.
    if len(line) > 200:
        return EdgeMark.FOOTER if _is_notice(line) else EdgeMark.NONE
    return next((mark for mark, fits in _TESTS if fits(line)), EdgeMark.NONE)


def is_notice_below(heading: str, line: str) -> bool:
    """Return whether a line below the heading `免责声明` is the text of that disclaimer."""
    start = _NOTICE.match(heading.strip())
    alone = start is not None and start.end() == len(heading.strip())
    return alone and _OUR_SITE.search(line) is not None and _notice_words(line) >= 3


def _is_breadcrumb(line: str) -> bool:
    return _BREADCRUMB.search(line) is not None and width(line) <= 60 and not is_prose(line)


def _is_link_row(line: str) -> bool:
    parts = [part for part in _SEPARATOR.split(line) if part]
    known = sum(_LINK.match(part) is not None or _is_navigation(part) for part in parts)
    return len(parts) >= 3 and known >= 2 and 3 * known >= len(parts)


def _is_navigation(line: str) -> bool:
    return _NAVIGATION.match(line) is not None


def _is_buttons(line: str) -> bool:
    parts = [part for part in re.split(r"[\s|｜/·,，、\[\]【】()（）]+", line) if part]
    return bool(parts) and all(_BUTTON.fullmatch(part) or _LINK.match(part) for part in parts)


def _is_invitation(line: str) -> bool:
    row = len(line.split()) >= 2 and _is_buttons(line)
    return row or (width(line) <= 50 and _INVITATION.match(line) is not None)


def _is_footer(line: str) -> bool:
    if is_prose(line) and "。" in line[:-1] and not _NOTICE.match(line):
        return False
    if _is_notice(line) or _EDITOR.match(line) or _is_promotion(line):
        return True
    # 请将《意见反馈表》发至a@b.example。 is a request of the article: sites write no full stop.
    sentence = line.rstrip().endswith("。")
    contact = not sentence and _CONTACT.search(line) and _ADDRESS.search(line)
    return bool(contact or _COPYRIGHT.search(line)) and width(line) <= 90


def _is_promotion(line: str) -> bool:
    """Return whether a line invites, unlike a report: 扫码关注公众号的人多了，读文章的人少了."""
    report = line.rstrip().endswith("。") and "，" in line
    return not report and _PROMOTION.match(line) is not None


def _is_notice(line: str) -> bool:
    """Return whether a line is a disclaimer, with two words about site, reprints or rights."""
    start = _NOTICE.match(line)
    return start is not None and _notice_words(line[start.end() :]) >= 2


def _notice_words(line: str) -> int:
    return len({word.lower() for word in _NOTICE_WORDS.findall(line)})


# In this order: the first that fits decides.
_TESTS = (
    (EdgeMark.BREADCRUMB, _is_breadcrumb),
    (EdgeMark.LINK_ROW, _is_link_row),
    (EdgeMark.NAVIGATION, _is_navigation),
    (EdgeMark.WIDGET, lambda line: _WIDGET.match(line) is not None),
    (EdgeMark.INVITATION, _is_invitation),
    (EdgeMark.BUTTON, _is_buttons),
    (EdgeMark.FOOTER, _is_footer),
    (EdgeMark.RELATED, lambda line: _RELATED.match(line) is not None),
    (EdgeMark.HEADLINES, lambda line: _HEADLINES.match(line) is not None),
    (EdgeMark.TEASER, lambda line: _TEASER.search(line) is not None),
    (EdgeMark.QR_CAPTION, lambda line: _QR_CAPTION.match(line) is not None),
)
