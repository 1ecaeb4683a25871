"""The site vocabulary: words of navigation, buttons, notices and teasers on Chinese web pages.

Each constant is a list of alternatives for a regular expression, in simplified characters and lower
case. They have two consumers: `edge_patterns`, whose patterns are narrow enough to cut a line by
themselves, and `page_clues` and `publisher_clues`, which are wider, since a clue is one feature of
many. Words used by one of them alone are defined there, and so are phrases (转载请注明…) that the
two match in different wordings.
"""

# Where the reader is, and the way home.
YOU = "您|你"
NOW = "当前|目前|现在|所在"
LOCATION = "(?:的|所在的?)?(?:位置|页面)"
YOU_ARE_HERE = "you are here"
HOME = "首页|主页"
HOME_OF = "网站|返回"

# Navigation and the site's own pages.
SIGN_IN = "登录|注册|登陆|退出"
BOOKMARK = "设为首页|加入收藏"
DISPLAY = "无障碍|简体|繁体"
MOBILE = "手机版"
US = "我们|本站|本网"
FRIENDLY_LINKS = "友情链接"

# Buttons around an article.
BUTTONS = (
    "打印|列印|收藏|分享|评论|举报|关闭|点赞|赞|转发|返回|顶部|回到顶部|放大|缩小|复制链接|发表评论"
)
PRINT_PAGE = "打印(?:本页|本文|文章|此页)"
LEAVE_PAGE = "(?:关闭|返回)(?:窗口|本页|页面|首页|列表|上页)"
BOOKMARK_PAGE = "收藏本(?:页|文)"
CORRECTION = "我要纠错"
FONT_SIZE = "字[号体]|文字大小|字体大小"

# Networks to share an article on, and channels to follow.
MESSENGERS = "微信|微博"
QZONE = "qq空间"
MOMENTS = "朋友圈"
NETWORKS = "facebook|twitter"
OPEN_WECHAT = "(?:请?[用打]开?)?微信"
CHANNELS = "公众号|二维码|客户端"
CHANNEL_CAPTIONS = f"{CHANNELS}|{MOBILE}|app|{MESSENGERS}"
VIDEO_CHANNEL = "视频号"
INVITATION = "欢迎|敬请|请"

# Who made the article, who runs the site, what they disclaim.
EDITORS = "责任编辑|责编|执行编辑|网络编辑|值班编辑|编辑|审核|审校|校对|监制"
HOSTS = "主办|承办|技术支持"
SITE_CODE = "网站标识码"
ALL_RIGHTS = "all rights reserved"
NOTICE_SUBJECTS = "免责|版权|特别|法律|郑重|重要"
RISK_NOTICE = "风险提示"
DISCLAIMER = "disclaimer"
OUR_SITE = "本(?:网站|站|网|平台)"
SUBMISSIONS = "投稿|爆料|报料"
ILLEGAL_CONTENT = "违法和?不良信息"
REPORT_LINE = "举报(?:电话|邮箱)"

# Other articles: headings above them, and the links at the ends of their teasers.
RELATED = "相关"
RECOMMENDED = "推荐|精彩|热门"
LATEST = "最新|热点|图片|近期|今日|更多|综合"
ARTICLES = "新闻|文章|资讯|推荐"
READING = "阅读"
CONTENTS = "内容|图文"
REPORTS = "链接|报道|专题|稿件"
UPDATES = "热点|动态|要闻"
RANKED = "新闻|阅读|点击|热点|文章|周"
MOST_READ = "most (?:read|popular|viewed)"
READ_NEXT = "read next"
READ_ALL = "详细|详情|阅读全文|查看全文|全文|更多|more"
