"""A small reading set for tests, and helpers to write and ask it."""

import gzip
import json
from pathlib import Path
from typing import Any

FACTS = {
    "甲市": ("1985年", "苹果"),
    "乙市": ("1990年", "丝绸"),
    "丙市": ("2003年", "瓷器"),
    "丁市": ("2011年", "茶叶"),
    "戊市": ("1978年", "钟表"),
    "己市": ("1966年", "纸张"),
    "庚市": ("2019年", "香料"),
    "辛市": ("1958年", "铜器"),
    "壬市": ("2008年", "木雕"),
    "癸市": ("1999年", "蜂蜜"),
    "寅市": ("1949年", "药材"),
}


def context(city: str) -> str:
    """Return a text about a city."""
    year, goods = FACTS[city]
    return f"{city}的地铁建于{year}，很长。{city}人喜爱公园。这里出产{goods}，远近闻名。"


def squad(cities: list[str], **questions: str) -> dict[str, Any]:
    """Return SQuAD-style JSON with two questions a city; `questions` replace generated ones."""
    paragraphs = []
    for city in cities:
        year, goods = FACTS[city]
        qas = [
            {
                "id": f"{city}-1",
                "question": f"{city}的地铁建于哪一年?",
                "answers": [{"text": year}],
            },
            {"id": f"{city}-2", "question": f"{city}出产什么?", "answers": [{"text": goods}]},
        ]
        for entry in qas:
            entry["question"] = questions.get(str(entry["id"]), str(entry["question"]))
        paragraphs.append({"context": context(city), "qas": qas})
    return {"version": "1", "data": [{"title": "城市", "paragraphs": paragraphs}]}


def write(path: Path, value: object) -> Path:
    """Write JSON, compressed if the name ends in `.gz`."""
    data = json.dumps(value, ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path
