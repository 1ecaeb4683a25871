"""Read what a Markdown file says of itself at its top: YAML between `---`, TOML between `+++`.

Names of fields may be English or Chinese. Front matter that is no valid YAML, as `标题：…` or a
title with a colon in it, is read line by line.
"""

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from index.ingest.structure.dates import find_dates, to_iso
from index.ingest.structure.line_shapes import width
from index.ingest.structure.properties import author_in

_FENCED = re.compile(
    r"\s*(?:---[ \t]*\n(?P<yaml>(?:(?!---|\.\.\.).*\n){0,120}?)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>(?:(?!\+\+\+).*\n){0,120}?)\+\+\+)[ \t]*(?:\n|\Z)"
)
_PAIR = re.compile(r"(?P<key>[^\s:：=#\-][^:：=]{0,29}?)[ \t]*(?:[:：=])[ \t]*(?P<value>\S.*)")
_NAME = re.compile(r"[A-Za-z][\w .-]{0,29}")
_ADDRESS = re.compile(r"https?://\S+")
_HAN = re.compile("[\u4e00-\u9fff]")
_MOST_CHARS = 20_000  # PyYAML reads a megabyte in ten seconds

# The fields by their names, the surest first.
_TITLES = "title 标题 標題 题目 題目 题名 文章标题 headline".split()
_SOURCES = (
    "source 来源 來源 文章来源 信息来源 出处 出處 发布单位 发布机构 发文机关 发文单位 媒体 "
    "publisher publication site_name site"
).split()
_AUTHORS = "author authors 作者 撰稿 撰稿人 撰写人 撰文 记者 記者 byline creator writer".split()
_DATES = (
    "published date 日期 发布日期 发布时间 發布日期 发表日期 发表时间 成文日期 印发日期 pubdate "
    "publish_date published_at publishdate date_published datepublished created created_at "
    "创建日期 创建时间"
).split()
_ADDRESSES = "url link 链接 鏈接 网址 網址 原文链接 原文 original_url source_url canonical".split()
_KNOWN = frozenset([*_TITLES, *_SOURCES, *_AUTHORS, *_DATES, *_ADDRESSES])
# What tells a generator of pages how to show the text, and nobody what it is.
_TECHNICAL = frozenset(
    "layout template slug permalink alias aliases redirect_from draft weight order position toc "
    "theme css class cssclass cssclasses style lang language locale encoding charset type kind "
    "format output engine image images cover thumbnail banner avatar icon logo background color "
    "comments comment share math mathjax katex mermaid sidebar nav_order nav menu parent pin "
    "sticky hide hidden pagination paginate robots sitemap noindex search bibliography csl "
    "geometry fontsize documentclass header_includes id uid uuid guid key hash password token "
    "tags tag keywords keyword categories category topics 标签 標籤 关键词 關鍵詞 关键字 分类 分類 "
    "模板 排序 封面 布局".split()
)
_MOST_WIDE = 400  # the width of a field that becomes a line
_UNSTATED = re.compile(r"true|false|yes|no|null|none|~|[./~\w-]*/[./\w-]*\.\w{2,4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself, and where its text begins; 0 if it has no front matter.

    `stated` are the fields that a reader asks for, as lines: `更新: 2021-05-06`.
    """

    end: int = 0
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    stated: tuple[str, ...] = ()


def front_matter(text: str) -> FrontMatter:
    r"""Return the front matter of a Markdown text.

    >>> front_matter("---\n标题: 智慧城市\n作者: [张三, 李四]\n---\n近年来……").author
    '张三、李四'
    """
    match = _FENCED.match(text)
    if not match:
        return FrontMatter()
    yaml, toml = match["yaml"], match["toml"]
    declared = _parsed_yaml(yaml) if toml is None else _parsed_toml(toml)
    if declared is None:
        declared = _pairs(toml if yaml is None else yaml)
    fields = {_key(name): value for name, value in declared.items()}
    named = fields and all(map(_NAME.fullmatch, map(str, declared)))
    if not named and _KNOWN.isdisjoint(fields):
        return FrontMatter()  # a text between two rules
    source, url = _first(fields, _SOURCES), _first(fields, _ADDRESSES)
    address = _ADDRESS.fullmatch(source or "")
    return FrontMatter(
        end=match.end(),
        title=_first(fields, _TITLES),
        source=None if address else source,
        author=_author(fields),
        published=next(filter(None, map(to_iso, _values(fields, _DATES))), None),
        url=url or (source if address else None),
        stated=tuple(_stated(declared)),
    )


def _stated(declared: Mapping[Any, Any]) -> Iterator[str]:
    """Yield a line for each field with a value, but the title, addresses and what is technical."""
    for name, value in declared.items():
        key = _key(name)
        if key in _TECHNICAL or key in _TITLES or key in _ADDRESSES or isinstance(value, bool):
            continue
        texts = [text for text in _texts(value) if not _UNSTATED.fullmatch(text)]
        if key in _AUTHORS:
            texts = list(filter(None, map(author_in, texts)))
        if key in _DATES:
            texts = [_as_date(text) for text in texts]
        words = ("、" if _HAN.search("".join(texts)) else ", ").join(texts)
        if words and width(words) <= _MOST_WIDE and not _ADDRESS.fullmatch(words):
            yield f"{str(name).strip()}: {words}"


def _as_date(text: str) -> str:
    """Return a date as it is written, in ISO 8601 if it is in a form that only programs read."""
    return text if next(find_dates(text), None) else to_iso(text) or text


def _key(name: object) -> str:
    return re.sub(r"[\s-]+", "_", str(name).strip().lower())


def _parsed_yaml(text: str) -> Mapping[Any, Any] | None:
    import yaml  # 20 ms, and few files have front matter

    if len(text) > _MOST_CHARS:
        return None
    try:
        # All values as they are written: a date that no calendar has is an error to other loaders.
        value = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None  # read line by line then
    return value if isinstance(value, dict) else None


def _parsed_toml(text: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None  # read line by line then


def _pairs(text: str) -> Mapping[str, str]:
    r"""Return the simple `key: value` lines; lists and nested values are skipped.

    >>> _pairs("标题：“智慧城市”\ntags:\n  - x")
    {'标题': '“智慧城市”'}
    """
    pairs = (_PAIR.fullmatch(line.rstrip()) for line in text.split("\n"))
    return {pair["key"]: pair["value"] for pair in pairs if pair}


def _first(fields: Mapping[str, Any], names: list[str]) -> str | None:
    return next(_values(fields, names), None)


def _values(fields: Mapping[str, Any], names: list[str]) -> Iterator[str]:
    """Yield the values of the fields that are given, in the order of the names."""
    for name in names:
        texts = list(_texts(fields.get(name)))
        if texts:
            yield " ".join(texts)


def _author(fields: Mapping[str, Any]) -> str | None:
    for name in _AUTHORS:
        authors = list(filter(None, map(author_in, _texts(fields.get(name)))))
        if authors:
            return ("、" if _HAN.search("".join(authors)) else ", ").join(authors)
    return None


def _texts(value: object) -> Iterator[str]:
    """Yield the words of a value: of a list those of its items, of an item with fields its name."""
    if isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(str(value.get("name") or value.get("姓名") or value.get("title") or ""))
    elif isinstance(value, (str, int, float, datetime.date, datetime.time)):
        text = _unquoted(" ".join(str(value).split()))
        if text:
            yield text


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value
