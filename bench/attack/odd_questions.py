"""`python -m bench.attack.odd_questions`: questions of every kind of character, pattern and length.

Characters of every plane, controls, lone surrogates, patterns of 2,000 characters, sample questions
with what does not belong in them, histories and filters. Exits with 1 on a reply that is neither
200 nor 422, is no JSON or has a false quote.
"""

import argparse
import json
import random
import unicodedata
from collections import Counter
from typing import Any, Literal
from urllib.parse import quote

import httpx

from bench.attack.target import Verdicts, sample_server
from bench.processes import ROOT
from index.eval_cases import read_cases

QUESTIONS = 2000
_LONGEST = 2000
_SAMPLES = ROOT / "tests" / "data" / "sample-questions.jsonl"
_PIECES = [
    *"和、，09一亿(（)「《“\"'-—~～年%％$￥谁那呢吗的之第?？!.。…;；:：#&+=|^`[]{}<>①Ⅷ½㎞㍿ﷺİßǅ𝟘𠮷𪚥가あア",
    "1,", "1.", "万亿", "分别", "2016年", "2016年9月30日", "US$", "公里", "a ", "A.", "U.S. ",
    "the ", "how much ", "respectively ", "多少", "第一", "\u200b", "\u200d", "\u0301", "\u202e",
    "\ufeff", "\u3000", "\t", "\r\n", "\x7f", "\x01", "\\", "//", "<b>", "AND ", "title:", "a~2 ",
    "[a TO b] ",
    "👨‍👩‍👧‍👦", "\U000e0041", "\U0010ffff", "\ufdd0", "\ue000",
]  # fmt: skip
_FORMS: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
_ESCAPES = ("\\ud800", "\\udfff", "\\u0000", "\\udc00\\ud800")
_PLANES = ((0x20, 0x7F), (0x80, 0x800), (0x800, 0xD800), (0x4E00, 0xA000), (0x10000, 0x110000))


def question(chance: random.Random, samples: list[str]) -> str:
    """Return an odd question of at most 2,000 characters."""
    kind = chance.randrange(5)
    if kind == 0:
        length = chance.choice((1, 2, 5, 20, 100, 500, _LONGEST))
        return "".join(chr(chance.randrange(*chance.choice(_PLANES))) for _ in range(length))
    if kind == 1:
        pattern = "".join(chance.sample(_PIECES, chance.randint(1, 4)))
        return (pattern * _LONGEST)[: chance.choice((3, 50, 500, 1999, _LONGEST))]
    if kind == 2:
        return "".join(chance.choices(_PIECES, k=chance.choice((5, 50, 400))))[:_LONGEST]
    text = list(chance.choice(samples))
    for _ in range(chance.randint(0, 12)):
        text.insert(chance.randrange(len(text) + 1), chance.choice(_PIECES))
    return unicodedata.normalize(chance.choice(_FORMS), "".join(text))[:_LONGEST]


def body(chance: random.Random, samples: list[str]) -> dict[str, Any]:
    """Return the body of a question, now and then with a history and a filter."""
    asked: dict[str, Any] = {"question": question(chance, samples)}
    if chance.random() < 0.15:
        turns = chance.choice((1, 2, 10, 100))
        roles = ("user", "assistant")
        asked["history"] = [
            {"role": chance.choice(roles), "content": question(chance, samples)}
            for _ in range(turns)
        ]
    if chance.random() < 0.1:
        asked["filter"] = {chance.choice(("published_from", "published_to")): "2024-02"}
    if chance.random() < 0.2:
        asked["decide"] = False
    return asked


def encoded(chance: random.Random, asked: dict[str, Any]) -> bytes:
    """Return a body as JSON, now and then with an escape of what is no character."""
    text = json.dumps(asked, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.03:
        text = text.replace('"question": "', f'"question": "{chance.choice(_ESCAPES)}', 1)
    return text.encode("utf-8", "surrogatepass")


def complaint(client: httpx.Client, response: httpx.Response) -> str | None:
    """Return what is wrong with the reply to a question, or None."""
    try:
        answer = response.json()
    except ValueError:
        return f"{response.status_code} without JSON: {response.text[:200]}"
    if response.status_code == 422:
        return None
    if response.status_code != 200:
        return f"{response.status_code}: {answer}"
    if answer["kind"] == "quotation" and answer["answered"] != bool(answer["citations"]):
        return f"answered without a citation: {answer}"
    for citation in answer["citations"]:
        path = f"/api/articles/{quote(citation['article_id'], safe='')}"
        text = client.get(path).json()["text"]
        if text[citation["start"] : citation["end"]] != citation["quote"]:
            return f"a false quote: {citation}"
    return None


def main() -> None:
    """Ask them; exit with 1 if one was answered wrongly."""
    parser = argparse.ArgumentParser("python -m bench.attack.odd_questions", description=__doc__)
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("--seed", type=int, default=20261127)
    options = parser.parse_args()
    samples = [case.question for case in read_cases(_SAMPLES)]
    chance, verdicts = random.Random(options.seed), Verdicts()
    codes: Counter[int] = Counter()
    with sample_server() as target, httpx.Client(base_url=target.address, timeout=60) as client:
        for number in range(options.questions):
            data = encoded(chance, body(chance, samples))
            headers = {"Content-Type": "application/json"}
            response = client.post("/api/ask", content=data, headers=headers)
            codes[response.status_code] += 1
            if wrong := complaint(client, response):
                verdicts.add(f"question {number}: {data[:60]!r}", wrong)
    verdicts.add(f"{options.questions} questions", None, f"statuses {dict(codes)}")
    verdicts.end()


if __name__ == "__main__":
    main()
