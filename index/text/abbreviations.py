"""Extract definitions of short and foreign names: 国家标准和技术研究所(NIST), 简称世卫组织.

A wrong pair does more harm than a missed one, so the start of the long name must be certain: from
the initials of an English name, from the characters of a Chinese short form, or from a preceding
word that can't be part of a name. `index.search.synonyms` uses the pairs.
"""

import re
from collections.abc import Iterator, Sequence

from index.text.analyzer import Analyzer
from index.text.folding import simplify
from index.text.scripts import HAN_BASIC_PLANE, LATIN_ACCENTED

_HAN = HAN_BASIC_PLANE
_LETTERS = f"A-Za-z{LATIN_ACCENTED}"
_QUOTES = '“”"「」『』'
_ALSO = "(?:以下|下文|又|一般)?(?:统一)?[简下]称(?:为|作)?[:：]?"
_BRACKET = re.compile(r"[（(](?=[^（）()\n]{0,100}(?:[A-Z]|[简下]称))([^（）()\n]{2,120})[)）]")
_BEHIND_COMMA = re.compile(
    rf"(?<=[{_HAN}）)])[，,] ?{_ALSO}[{_QUOTES}]?([{_HAN}]{{2,12}}?)(?=[{_QUOTES}，。；、,;（(]|是)"
)
_SHORT = re.compile(rf"{_ALSO} ?[{_QUOTES}]?([{_HAN}]{{2,12}})[{_QUOTES}]?")
_LABEL = re.compile(rf"^[{_HAN}]{{0,6}}(?:[文语称写名]|[为即])?[:：]? ?[{_QUOTES}]?(?=[A-Z])")
_ACRONYM = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z0-9]{1,9}(?:[-/&][A-Z][A-Za-z0-9]*)?")
_ROMAN = re.compile(r"[IVXLC]+")
_ENGLISH = re.compile(
    rf"[A-Z][{_LETTERS}'’&-]{{2,}}(?: [{_LETTERS}0-9'’.&-]+){{0,8}}(?: [{_LETTERS}'’&-]+)?"
)
_BETWEEN = re.compile(r"[，,；;、]|(?<=[a-z]) (?=[A-Z]{3,}$)")
_JOINING = frozenset("of and for the on in at de to &".split())

_RUN = re.compile(rf"[“「『《]([^“「『《”」』》\n]{{2,30}})[”」』》]$|([{_HAN}·•–-]+)$")
_PAIRED = re.compile(r"[（(][^（）()\n]*[)）]$")
# jieba's tags of words that can't be part of a name: verbs, prepositions, particles, numbers …
_NOT_IN_NAME = re.compile(r"v|vd|p|u.*|m|mq|q|r|d|c|f|t|y|e|o|x|k|w")
_ORGANISATION = re.compile(r".*(?:[司团行院所会盟局署部门心织构府社处厅厂馆台校)）]|[大中小]学)")
_DASHES = ("·", "•", "–", "-")
_COORDINATING = frozenset("和与及暨")
_MAX_NAME_LENGTH = 60

Tagged = tuple[str, str]


def definitions(text: str, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield pairs of a name and its short or foreign form, unfolded.

    >>> list(definitions("国家标准和技术研究所(NIST)", Analyzer()))
    [('国家标准和技术研究所', 'NIST')]
    """
    for match in _BRACKET.finditer(text):
        before = text[max(0, match.start() - _MAX_NAME_LENGTH) : match.start()].rstrip(" ")
        yield from _in_bracket(before, match[1].strip(), analyzer)
    for match in _BEHIND_COMMA.finditer(text) if "简称" in text else ():
        before = text[max(0, match.start() - _MAX_NAME_LENGTH) : match.start()]
        yield from _shortened(_PAIRED.sub("", before), match[1], analyzer)


def _in_bracket(before: str, content: str, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield the pairs that a bracket defines for the name before it."""
    foreign: list[str] = []
    for part in (piece.strip() for piece in _BETWEEN.split(content)):
        short = _SHORT.fullmatch(part)
        if short:
            yield from _shortened(_PAIRED.sub("", before), short[1], analyzer)
        else:
            name = _LABEL.sub("", part).strip(f" {_QUOTES}")
            if _is_acronym(name) or (_ENGLISH.fullmatch(name) and not _ROMAN.fullmatch(name)):
                foreign.append(name)
    acronyms = [name for name in foreign if _is_acronym(name)]
    full = [name for name in foreign if name not in acronyms]
    for acronym in acronyms:
        for name in [_spelled(before.split(" "), acronym), *full]:
            if name and _spelled(name.split(" "), acronym) == name:
                yield name, acronym
    if foreign:
        name = _han_name(before, foreign, analyzer)
        yield from ((name, other) for other in foreign if name)


def _is_acronym(name: str) -> bool:
    return _ACRONYM.fullmatch(name) is not None and _ROMAN.fullmatch(name) is None


def _spelled(words: Sequence[str], acronym: str) -> str:
    """Return the last words with the initials of an acronym: `National Science Foundation`, NSF."""
    wanted = re.sub(r"[^a-z]", "", acronym.lower())
    for start in range(len(words) - 2, max(-1, len(words) - 12), -1):
        chosen = words[start:]
        parts = [part for part in re.split(r"[ -]", " ".join(chosen).lower()) if part]
        if chosen[0].lower() in _JOINING or not all(re.fullmatch(r"[\w'’&-]+", w) for w in chosen):
            continue
        initials = ["".join(part[0] for part in names) for names in (parts, _without(parts))]
        if wanted in initials and "".join(chosen).isascii():
            return " ".join(chosen)
    return ""


def _without(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part not in _JOINING]


def _shortened(before: str, short: str, analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield a Chinese name whose characters include those of the short form, in order.

    Both start with the same character. The end of a name (公司, 学校) is no short form of it: most
    articles use it as a common noun.
    """
    run = _RUN.search(before)
    if run is None:
        return
    whole = run[1] or run[2]
    lengths = [len(word) for word in analyzer.pieces(simplify(whole))]
    starts = [0] if run[1] else [sum(lengths[:at]) for at in range(len(lengths))]
    for start in reversed(starts):
        name = whole[start:]
        if name[0] == short[0] and len(name) > len(short) and _is_subsequence(name, short):
            if not name.endswith(short) and "的" not in name:
                yield name, short
            return


def _is_subsequence(name: str, short: str) -> bool:
    left = iter(name)
    return all(char in left for char in short)


def _han_name(before: str, foreign: Sequence[str], analyzer: Analyzer) -> str:
    """Return the Chinese name at the end of a text, empty if its start is uncertain."""
    run = _RUN.search(before)
    if run is None or run[1]:
        return run[1] if run else ""
    tagged = list(analyzer.tagged(simplify(run[2])))
    length = sum(len(word) for word, _ in _person(tagged) or _nouns(tagged, foreign))
    name, rest = before[len(before) - length :], before[: len(before) - length]
    shortest = min(len(other) for other in foreign)
    if len(name) < (4 if shortest < 3 else 3) or name[0] in _DASHES or rest.endswith(_DASHES):
        return ""
    # In 教育、科学及文化组织 the name begins before the mark; in a list of names it does not.
    is_cut = rest.endswith("、") and not _ORGANISATION.fullmatch(rest[-3:-1])
    return "" if is_cut else name


def _person(tagged: Sequence[Tagged]) -> list[Tagged]:
    """Return the words of a person's name at the end: 斯里达兰 in 工程师斯里达兰."""
    words: list[Tagged] = []
    for word, tag in reversed(tagged):
        if not (tag.startswith("nr") or (words and word in _DASHES)):
            break
        words.insert(0, (word, tag))
    return words


def _nouns(tagged: Sequence[Tagged], foreign: Sequence[str]) -> list[Tagged]:
    """Return the trailing words that can form one name: nouns and endings of organisations."""
    words: list[Tagged] = []
    for at in range(len(tagged) - 1, -1, -1):
        word, tag = tagged[at]
        if word in _COORDINATING and words and at:
            if not _is_one_name(tagged[at - 1], words, foreign):
                break
        elif _NOT_IN_NAME.fullmatch(tag) and (words or not _ORGANISATION.fullmatch(word)):
            break
        words.insert(0, (word, tag))
    while words and words[0][1] == "vn":
        words.pop(0)  # the verb of 研究铜绿微囊藻
    return words


def _is_one_name(left: Tagged, right: Sequence[Tagged], foreign: Sequence[str]) -> bool:
    """Return whether 和 is part of a name (国家标准和技术研究所), not between two names."""
    word, tag = left
    if tag not in {"n", "vn", "l"} or _ORGANISATION.fullmatch(word):
        return False
    if not _ORGANISATION.fullmatch(right[-1][0]):
        return False
    return any(_is_acronym(name) or " and " in name.lower() for name in foreign)
