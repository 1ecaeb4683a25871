"""What Yiju itself says, in each language: small talk, and figures of the collection."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import Article
from index.library.catalogue import Listing, PassageRecord
from qa.language import Language
from qa.talk.phrases import Topic

ZH, HANT, EN = Language.SIMPLIFIED, Language.TRADITIONAL, Language.ENGLISH

SMALL_TALK: dict[Topic, dict[Language, str]] = {
    Topic.HELP: {
        ZH: "可以问文章里写到的事：谁、何时、何地、多少、为什么、怎么做；也可以说“介绍一下……”"
        "“总结一下……”，或者问有哪些文章。回答是文章的原句，每一句都标明出处；没有把握时会直说。",
        HANT: "可以問文章裡寫到的事：誰、何時、何地、多少、為什麼、怎麼做；也可以說「介紹一下……」"
        "「總結一下……」，或者問有哪些文章。回答是文章的原句，每一句都標明出處；沒有把握時會直說。",
        EN: "Ask about anything in the articles: who, when, where, how much, why, how. You can "
        "also say “Tell me about …” or “Summarize …”, or ask which articles there are. Answers are "
        "sentences of the articles, each with its source; if nothing sure is found, you are told.",
    },
    Topic.IDENTITY: {
        ZH: "我是依据（Yiju）：在文章里找出回答问题的原句，标明出处。"
        "我不是聊天机器人，不会自己编写回答。",
        HANT: "我是依據（Yiju）：在文章裡找出回答問題的原句，標明出處。"
        "我不是聊天機器人，不會自己編寫回答。",
        EN: "I am Yiju. I find the sentences of the articles that answer a question and say "
        "where they stand. I am no chatbot: I don't write answers of my own.",
    },
    Topic.COMPLAINT: {
        ZH: "抱歉。可以换一种说法，或者问得更具体一些；每条出处都能打开，在原文里核对。",
        HANT: "抱歉。可以換一種說法，或者問得更具體一些；每條出處都能打開，在原文裡核對。",
        EN: "Sorry. Try other words, or ask more precisely; every source opens, to be checked "
        "in the article.",
    },
    Topic.GOODBYE: {ZH: "再见。", HANT: "再見。", EN: "Goodbye."},
    Topic.THANKS: {
        ZH: "不客气。还想知道什么，请接着问。",
        HANT: "不客氣。還想知道什麼，請接著問。",
        EN: "You're welcome. Ask on if there is more you would like to know.",
    },
    Topic.PRAISE: {
        ZH: "谢谢。还想知道什么，请接着问。",
        HANT: "謝謝。還想知道什麼，請接著問。",
        EN: "Thank you. Ask on if there is more you would like to know.",
    },
    Topic.GREETING: {
        ZH: "你好！想知道文章里的什么？",
        HANT: "你好！想知道文章裡的什麼？",
        EN: "Hello! What would you like to know from the articles?",
    },
    Topic.ASSENT: {
        ZH: "好的。还想知道什么，请接着问。",
        HANT: "好的。還想知道什麼，請接著問。",
        EN: "All right. Ask on if there is more you would like to know.",
    },
}

EXAMPLES = {ZH: "现有文章，比如：", HANT: "現有文章，比如：", EN: "Among the articles: "}
NO_ARTICLES = {ZH: "还没有文章。", HANT: "還沒有文章。", EN: "There are no articles yet."}
NO_DATES = {
    ZH: "文章都没有写明日期。",
    HANT: "文章都沒有寫明日期。",
    EN: "None of the articles has a date.",
}
NO_SOURCES = {
    ZH: "文章都没有写明来源。",
    HANT: "文章都沒有寫明來源。",
    EN: "None of the articles names its source.",
}
NEWEST = {ZH: "最新的是", HANT: "最新的是", EN: "The newest is "}
OLDEST = {ZH: "最早的是", HANT: "最早的是", EN: "The oldest is "}
WHICH = {
    ZH: "请说出文章的标题。",
    HANT: "請說出文章的標題。",
    EN: "Please give the title of the article.",
}


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as it is spoken of: by its title, or its id without one, and its byline."""

    title: str
    source: str | None
    published: str | None
    author: str | None = None

    @classmethod
    def of(cls, article: Listing | Article | PassageRecord) -> "ListedArticle":
        """Take what is said of an article, or of a passage's article."""
        if isinstance(article, PassageRecord):
            title = article.title or article.article_id
            return cls(title, article.source, article.published)
        title = article.title or article.id
        return cls(title, article.source, article.published, article.author)


def counted(language: Language, count: int) -> str:
    """Say how many articles there are."""
    if language is EN:
        return f"There {_are(count)}."
    return f"一共有{count:,}篇文章。"


def listed(language: Language, articles: Sequence[ListedArticle], total: int) -> str:
    """Say how many articles there are, and list some of them."""
    rest = total - len(articles)
    more = {ZH: f"还有{rest:,}篇。", HANT: f"還有{rest:,}篇。", EN: f"And {rest:,} more."}[language]
    head = counted(language, total)[:-1] + {ZH: "：", HANT: "：", EN: ":"}[language]
    return "\n".join([head, *_numbered(language, articles), *([more] if rest else [])])


def about(
    language: Language, subject: str, articles: Sequence[ListedArticle], *, is_all: bool
) -> str:
    """List the articles about a subject, all of them or the nearest; or say that there are none."""
    count = len(articles)
    if not count:
        return {
            ZH: f"没有找到关于“{subject}”的文章。",
            HANT: f"沒有找到關於「{subject}」的文章。",
            EN: f"No article about “{subject}” was found.",
        }[language]
    found = {
        ZH: f"关于“{subject}”的文章，找到{count}篇：",
        HANT: f"關於「{subject}」的文章，找到{count}篇：",
        EN: f"{count} {_articles(count)} about “{subject}”:",
    }
    nearest = {
        ZH: f"关于“{subject}”的文章很多，最接近的是：",
        HANT: f"關於「{subject}」的文章很多，最接近的是：",
        EN: f"There are many articles about “{subject}”; the nearest are:",
    }
    return "\n".join([(found if is_all else nearest)[language], *_numbered(language, articles)])


def sources(language: Language, counts: dict[str, int], unnamed: int) -> str:
    """List the sources with the number of their articles; `unnamed` articles name none."""
    if not counts:
        return NO_SOURCES[language]
    names = [
        f"{name} ({count:,})" if language is EN else f"{name}（{count:,}篇）"
        for name, count in counts.items()
    ]
    if unnamed:
        names.append(
            {
                ZH: f"没有写明来源的有{unnamed:,}篇",
                HANT: f"沒有寫明來源的有{unnamed:,}篇",
                EN: f"{unnamed:,} without a source",
            }[language]
        )
    return "; ".join(names) + "." if language is EN else "；".join(names) + "。"


def author(language: Language, article: ListedArticle) -> str:
    """Say who wrote an article or, if it doesn't say so, where it comes from."""
    title, name = titled(language, article), article.author
    if name:
        written = {ZH: f"{title}的作者是{name}。", HANT: f"{title}的作者是{name}。"}
        return written.get(language, f"{title} was written by {name}.")
    if article.source:
        return {
            ZH: f"{title}没有写明作者，来源是{article.source}。",
            HANT: f"{title}沒有寫明作者，來源是{article.source}。",
            EN: f"{title} names no author; its source is {article.source}.",
        }[language]
    return {
        ZH: f"{title}没有写明作者。",
        HANT: f"{title}沒有寫明作者。",
        EN: f"{title} names no author.",
    }[language]


def dated(language: Language, article: ListedArticle, lead: str) -> str:
    """Say which article is the newest, or the oldest, with its source and date."""
    end = "." if language is EN else "。"
    return f"{lead}{_with_byline(language, article)}{end}"


def titled(language: Language, article: ListedArticle) -> str:
    """Return an article's title in the quotes of a language."""
    return f"“{article.title}”" if language is EN else f"《{article.title}》"


def _numbered(language: Language, articles: Sequence[ListedArticle]) -> list[str]:
    return [f"{at}. {_with_byline(language, article)}" for at, article in enumerate(articles, 1)]


def _with_byline(language: Language, article: ListedArticle) -> str:
    separator = ", " if language is EN else "，"
    byline = separator.join(filter(None, (article.source, article.published)))
    brackets = f" ({byline})" if language is EN else f"（{byline}）"
    return titled(language, article) + (brackets if byline else "")


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {count:,} {_articles(count)}"


def _articles(count: int) -> str:
    return "article" if count == 1 else "articles"
