"""Find the clauses of Chinese sentences that say by themselves what they are about.

`据介绍，港珠澳大桥全长55公里，` has one: a name comes first, and nothing points at what was said
before. Later clauses of the sentence may share its subject: `总投资约2209亿元`. Which questions a
clause answers is left to `amount_questions`, `date_questions` and `name_questions`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.article import Span
from index.text.folding import simplify
from qa.entities.names import Names
from qa.suggestions.clause_subject import Word, is_proper, names_its_subject, subject_length
from qa.suggestions.clauses import Clause, clauses, is_balanced
from qa.suggestions.draft_question import masked

_SENTENCE = range(10, 201)  # characters
_CLAUSE = range(5, 61)
_ANSWERS = re.compile(r"\d|[一二三四五六七八九十百千万两]|[由位地坐设举召是为在]")
# What a sentence says in its own voice, or of itself, is no assertion about the world.
_SPEAKING = re.compile(
    "我|你|您|咱|笔者|本报|本文|本网|小编|编辑|记者|网友|[?？!！…]|https?:|www|责任|新华社|中新社|摄|供图|"
    "原标题|来源|图为|点击|[★●■▲◆→]"
)
# Words that point at another sentence, at the day of writing, or at nobody in particular.
_POINTING = re.compile(
    "今[天日年晚后]|今(?=[在日于])|昨|明[天日年晚]|去年|前[天日年]|当[天日晚前时年地月]|目前|日前|近[日期年来]|"
    "本[周月季年次届地市省县区轮场赛基公项行院校产案书片剧协合报]|上[周月半述文一]|下[周月半面一]|此|该|"
    "其(?![他余])|这|那(?!曲)|某|如下|以[上下来]|前者|后者|双方|两者|二者|自己|同[期日年比]|同一|环比|现在|"
    "如今|至今|刚刚|即将|最近|不久|随后|之[后前一]|期间|届时|另|有的|一些|部分|不少|许多|很多|诸多|[他她它们]|"
    "[两三四五六七八九]国|[两三]地|[两二三]人|[车人户年月日]均|特区政府|先生|女士|男子|女子|嫌疑|分别|比如|例如|"
    "除了|如果|虽然|因为|由于|尽管|疑似|方面|一名|一位|一家|一款|多名|多位"
)
_NOUN = re.compile("n.*|b|vn")
_MEASURE = re.compile(
    "的|[全总]?长度?|[总通身塔]?高度?|[总占地建筑]*面积|海拔|总投资|投资|[起预]?售价|定价|造价|注册资本|容量|全线|总部"
)
# How a clause goes on that has the subject of the one before.
_GOES_ON = re.compile(
    "(?:(?:全|总)长|总投资|总?(?:占地|建筑)?面积|总建筑面积|海拔|[总塔楼]?高度?|(?:起|预)?售价|定价|总部|注册资本|"
    "总装机(?:容量)?|(?:年)?发电量|(?:设计|最高|运营)?时速|票价|总造价|造价|员工(?:总数)?|年产能|年产量|"
    "首任\\w{1,4}|现任\\w{1,4})(?=[约近达为超位设由是\\d一二三四五六七八九十百千]|$)"
    "|(?:成立|创立|创办|始建|建成?|位|坐落|诞生)[于在]|(?:共|现)?(?:设有?|拥有)|占地|由|安装|下辖|全线|正式|"
    "通车|开通|竣工|建成|投产|并网|开工"
)


@dataclass(frozen=True)
class Assertion:
    """A clause: its `subject` in simplified characters, and the `words` of its predicate.

    `opening` is the range of the subject, `names` are its words that are proper names, `last` is
    its last word, and `owner` is the subject without the nouns of a measure behind it. `when` is
    the date with its year that the clause opens with; `date` is where any date stands that it
    opens with. `is_shared` says that the subject is that of an earlier clause.
    """

    sentence: str
    subject: str
    opening: Span
    words: tuple[Word, ...]
    names: tuple[Word, ...]
    last: Word
    owner: str
    when: str = ""
    date: Span | None = None
    is_shared: bool = False

    @cached_property
    def predicate(self) -> str:
        """The simplified words behind the subject, without asides."""
        return "".join(word.text for word in self.words)

    @cached_property
    def simplified(self) -> str:
        """The sentence in simplified characters."""
        return simplify(self.sentence)

    def at(self, span: Span) -> Span:
        """Return the range of the sentence that a range of the predicate stands for."""
        places = [at for word in self.words for at in range(word.span.start, word.span.end)]
        return Span(places[span.start], places[span.end - 1] + 1)

    def parts(self, span: Span) -> list[Word]:
        """Return the words that lie in a range of the predicate, cut at its ends."""
        parts, start = [], 0
        for word in self.words:
            low, high = max(span.start - start, 0), min(span.end - start, len(word.text))
            start += len(word.text)
            if low < high:
                cut = Span(word.span.start + low, word.span.start + high)
                parts.append(Word(word.text[low:high], word.tag, cut))
        return parts


def assertions(sentence: str, names: Names) -> Iterator[Assertion]:
    """Yield the clauses of a sentence that can be understood alone."""
    plain = simplify(sentence)
    if len(sentence) not in _SENTENCE or not is_balanced(plain) or _SPEAKING.search(masked(plain)):
        return
    subject: Assertion | None = None
    for clause in clauses(plain):
        if subject and _GOES_ON.match(clause.text):
            if shared := _of_shared_subject(subject, clause, names):
                yield shared
            continue
        subject = _of_own_subject(sentence, clause, names)
        if subject:
            yield subject


def _may_stand_alone(text: str) -> bool:
    return len(text) in _CLAUSE and _POINTING.search(masked(text)) is None


def _of_own_subject(sentence: str, clause: Clause, names: Names) -> Assertion | None:
    """Return a clause that names its subject."""
    if not _may_stand_alone(clause.text) or not (clause.date or _ANSWERS.search(clause.text)):
        return None
    words = _words(clause, names)
    count = subject_length(clause.text, words)
    if not count or not names_its_subject(words[:count], names):
        return None
    subject, date = words[:count], clause.date
    has_year = date is not None and "年" in date.of(sentence)
    return Assertion(
        sentence,
        "".join(word.text for word in subject),
        Span(subject[0].span.start, subject[-1].span.end),
        tuple(words[count:]),
        tuple(word for word in subject if is_proper(word)),
        subject[-1],
        "".join(word.text for word in subject[: _owner_length(subject)]),
        date.of(sentence) if date and has_year else "",
        date,
    )


def _of_shared_subject(subject: Assertion, clause: Clause, names: Names) -> Assertion | None:
    """Return a clause without a subject as one about the subject of an earlier clause."""
    if not _may_stand_alone(clause.text):
        return None
    words = _words(clause, names)
    count = _nouns(words)
    if count == len(words):
        return None
    return Assertion(
        subject.sentence,
        subject.owner + "".join(word.text for word in words[:count]),
        subject.opening,
        tuple(words[count:]),
        subject.names,
        words[count - 1] if count else subject.last,
        subject.owner,
        date=clause.date,
        is_shared=True,
    )


def _words(clause: Clause, names: Names) -> list[Word]:
    return [Word(text, tag, clause.at(span)) for text, tag, span in names.tagged(clause.text)]


def _owner_length(subject: Sequence[Word]) -> int:
    """Return how many words name what has a measure: 港珠澳大桥 of 港珠澳大桥全长."""
    count = len(subject)
    while count > 1 and _MEASURE.fullmatch(subject[count - 1].text):
        count -= 1
    return count


def _nouns(words: Sequence[Word]) -> int:
    """Return how many words from the first on are nouns: 总投资 of 总投资约2209亿元."""
    count = 0
    while count < len(words) and _NOUN.fullmatch(words[count].tag):
        count += 1
    return count
