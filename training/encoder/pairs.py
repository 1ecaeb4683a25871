"""Stage 3: what belongs together, as bags of tokens.

Each family is a set of aligned columns; whatever shares text with a measuring set is dropped.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tokenizers import Tokenizer

from index.text.sentences import sentences
from training import sources
from training.dictionaries import ecdict
from training.encoder import config
from training.encoder.bags import bags, save
from training.leakage import Leakage, measuring

Columns = dict[str, list[str]]
Leaks = Callable[[str], bool]


def make(data: Path, work: Path, settings: config.Pairs, seed: int) -> None:
    """Writes `pairs/FAMILY.COLUMN.npz` and prints how many were dropped."""
    chance = random.Random(seed)
    leaks = Leakage(measuring(data))
    families = {
        "questions": lambda: questions(data, settings, chance),
        "english": lambda: english(data, settings, chance),
        "bitext": lambda: bitext(data, settings, chance),
        "documents": lambda: documents(data, settings, chance),
        "parts": lambda: parts(data, settings, chance),
        "words": lambda: words(data, chance, settings),
    }
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    folder = work / "pairs"
    folder.mkdir(exist_ok=True)
    for family, columns in families.items():
        kept, dropped = without_leaks(columns(), leaks)
        for column, texts in kept.items():
            save(bags(texts, tokenizer), folder / f"{family}.{column}.npz")
        print(f"pairs: {len(next(iter(kept.values()))):7} {family}, {dropped} dropped", flush=True)


def without_leaks(columns: Columns, leaks: Leaks) -> tuple[Columns, int]:
    """The rows none of whose texts leaks, and how many others there were."""
    known: dict[str, bool] = {}
    rows = list(zip(*columns.values(), strict=True))
    for text in dict.fromkeys(text for row in rows for text in row):
        known[text] = leaks(text)
    clean = [row for row in rows if not any(known[text] for text in row)]
    kept = zip(*clean, strict=True) if clean else [()] * len(columns)
    return dict(zip(columns, map(list, kept), strict=True)), len(rows) - len(clean)


def questions(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """Chinese questions, windows of their paragraphs around the answer, and its sentence."""
    columns: Columns = {"question": [], "sentence": [], "paragraph": []}
    columns |= {f"window{n}": [] for n in range(settings.windows)}
    for name in sources.READING:
        for asked in sources.questions(data, name):
            columns["question"].append(asked.question)
            columns["sentence"].append(answering(asked))
            columns["paragraph"].append(asked.paragraph)
            for number in range(settings.windows):
                window = around(asked.paragraph, asked.start, asked.end, settings, chance)
                columns[f"window{number}"].append(window)
    return columns


def answering(asked: sources.Question) -> str:
    """The sentence that holds the start of the answer, up to the answer's end."""
    for span in sentences(asked.paragraph):
        if span.start <= asked.start < span.end:
            return asked.paragraph[span.start : max(span.end, asked.end)]
    return asked.paragraph[asked.start : asked.end]


def around(text: str, start: int, end: int, settings: config.Pairs, chance: random.Random) -> str:
    """A window of random size that holds a range, as passages are cut anywhere."""
    size = chance.randint(*settings.window)
    first = max(0, start - chance.randint(0, max(1, size - (end - start))))
    return text[first : first + size]


def english(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """English questions, the sentences that answer them, and those that stand around.

    The file keeps the order of the articles, so that a sentence's neighbours make its passage.
    """
    pairs = list(sources.english_questions(data))[sources.ENGLISH_HELD_OUT :]
    order = list(dict.fromkeys(sentence for sentence, _ in pairs))
    at = {sentence: number for number, sentence in enumerate(order)}
    columns: Columns = {"question": [], "sentence": []}
    columns |= {f"window{n}": [] for n in range(settings.windows)}
    for sentence, question in pairs:
        columns["question"].append(question)
        columns["sentence"].append(sentence)
        for number in range(settings.windows):
            first = max(0, at[sentence] - chance.randint(0, 4))
            window = order[first : at[sentence] + 1 + chance.randint(0, 2)]
            columns[f"window{number}"].append(" ".join(window))
    return columns


def bitext(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """Sentences in both languages; the documentation, which is most of it, not whole."""
    columns: Columns = {"english": [], "chinese": []}
    for name in sources.BITEXT:
        rows = list(sources.bitext(data, name))
        chance.shuffle(rows)
        times = settings.repeated.get(name, 1)
        for left, right in rows[: settings.longest_bitext] * times:
            columns["english"].append(left[:400])
            columns["chinese"].append(right[:250])
    return columns


def documents(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """A line of a parallel documentation, and the lines around it in the other language."""
    columns: Columns = {"line": [], "around": []}
    for name in ("python-docs", "software-docs", "flores-dev"):
        rows = list(sources.bitext(data, name))
        for _ in range(min(len(rows), settings.documents)):
            at = chance.randrange(len(rows))
            side = chance.randrange(2)
            near = rows[max(0, at - chance.randint(0, 4)) : at + 1 + chance.randint(0, 4)]
            if len(rows[at][side]) >= 15:
                columns["line"].append(rows[at][side][:300])
                columns["around"].append("\n".join(row[1 - side] for row in near)[:900])
    return columns


def parts(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """A sentence, the window that holds it, and the same window without it."""
    columns: Columns = {"sentence": [], "window": [], "rest": []}
    for text in _running(data, settings, chance):
        spans = [span for span in sentences(text) if span.end - span.start > 12]
        for span in chance.sample(spans, min(settings.sentences, len(spans))):
            window = around(text, span.start, span.end, settings, chance)
            rest = window.replace(span.of(text), "")
            if len(rest) > 40:
                columns["sentence"].append(span.of(text))
                columns["window"].append(window)
                columns["rest"].append(rest)
    for title, abstract in sources.abstracts(data):
        columns["sentence"].append(title)
        columns["window"].append(abstract[:320])
        columns["rest"].append(abstract[:320])
    return columns


def _running(data: Path, settings: config.Pairs, chance: random.Random) -> Iterator[str]:
    for name in sources.READING:
        yield from dict.fromkeys(asked.paragraph for asked in sources.questions(data, name))
    yield from (abstract for _, abstract in sources.abstracts(data))
    for _, text in sources.statutes(data):
        for _ in range(settings.statute_cuts):
            first = chance.randrange(max(1, len(text) - 500))
            yield text[first : first + 500]


def words(data: Path, chance: random.Random, settings: config.Pairs) -> Columns:
    """English headwords and their first Chinese words."""
    pairs = [(e, c) for e, c, place in ecdict(data) if place <= 1 and len(c) <= 8]
    chance.shuffle(pairs)
    pairs = pairs[: settings.words]
    return {"english": [e for e, _ in pairs], "chinese": [c for _, c in pairs]}
