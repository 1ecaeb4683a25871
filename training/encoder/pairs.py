"""Stage 4: the training pairs, as bags of tokens.

Each family is a set of aligned columns, without the rows that share text with a measuring set.
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
    """Write `pairs/FAMILY.COLUMN.npz`; print how many rows leaked and were dropped."""
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
    """Return the rows without a leaking text, and the number of the others."""
    known: dict[str, bool] = {}
    rows = list(zip(*columns.values(), strict=True))
    for text in dict.fromkeys(text for row in rows for text in row):
        known[text] = leaks(text)
    clean = [row for row in rows if not any(known[text] for text in row)]
    kept = zip(*clean, strict=True) if clean else [()] * len(columns)
    return dict(zip(columns, map(list, kept), strict=True)), len(rows) - len(clean)


def questions(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """Return Chinese questions with windows around the answer and the answering sentence."""
    columns: Columns = {"question": [], "sentence": [], "paragraph": []}
    columns |= {f"window{n}": [] for n in range(settings.windows)}
    for name in sources.READING:
        for item in sources.questions(data, name):
            columns["question"].append(item.question)
            columns["sentence"].append(answering_sentence(item))
            columns["paragraph"].append(item.paragraph)
            for number in range(settings.windows):
                window = around(item.paragraph, item.start, item.end, settings, chance)
                columns[f"window{number}"].append(window)
    return columns


def answering_sentence(item: sources.Question) -> str:
    """Return the sentence with the start of the answer, extended to the answer's end."""
    for span in sentences(item.paragraph):
        if span.start <= item.start < span.end:
            return item.paragraph[span.start : max(span.end, item.end)]
    return item.paragraph[item.start : item.end]


def around(text: str, start: int, end: int, settings: config.Pairs, chance: random.Random) -> str:
    """Return a window of random size around a range: passages begin and end anywhere."""
    size = chance.randint(*settings.window)
    first = max(0, start - chance.randint(0, max(1, size - (end - start))))
    return text[first : first + size]


def english(data: Path, settings: config.Pairs, chance: random.Random) -> Columns:
    """Return English questions with the answering sentences and windows around these.

    The file is in the order of the articles, so that adjacent sentences make a passage.
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
    """Return parallel sentences, with only a part of the documentation, which is most of them."""
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
    """Return lines of parallel documentation with the lines around in the other language."""
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
    """Return sentences, each with a window around it and the same window without it."""
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
        yield from dict.fromkeys(item.paragraph for item in sources.questions(data, name))
    yield from (abstract for _, abstract in sources.abstracts(data))
    for _, text in sources.statutes(data):
        for _ in range(settings.statute_cuts):
            first = chance.randrange(max(1, len(text) - 500))
            yield text[first : first + 500]


def words(data: Path, chance: random.Random, settings: config.Pairs) -> Columns:
    """Return English headwords with their first Chinese translations."""
    pairs = [(e, c) for e, c, place in ecdict(data) if place <= 1 and len(c) <= 8]
    chance.shuffle(pairs)
    pairs = pairs[: settings.words]
    return {"english": [e for e, _ in pairs], "chinese": [c for _, c in pairs]}
