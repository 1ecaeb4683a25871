"""A small data folder for the reader, its body and the rankers."""

import gzip
import json
import lzma
from pathlib import Path

import pytest

from tests.training.encoder.test_stages import paragraph, write, write_data
from training import articles, corpora, examples, sources, written

SETS = ("drcd-train-subset", "dureader-checklist-train", "cmrc2017-user-valid", "nq-qed-dev-en")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write few questions, with separate articles for each set, and some news."""
    folder = tmp_path / "data"
    write_data(folder)
    for at, name in enumerate((sources.HELD_OUT, *sources.READING, *SETS)):
        towns = [f"{'春夏秋冬'[n]}{'山水云石木竹田'[at]}镇" for n in range(4)]
        talks = [
            f"{town}在{1900 + 10 * at + n}年修建了{n + 3}座公园。市民都说公园很美。花开得早。"
            for town in towns
            for n in range(3)
        ]
        content = json.dumps({"data": [paragraph(talk) for talk in talks]})
        write(folder / "reading" / f"{name}.json.gz", content)
    _add_unanswered(folder / "reading" / "dureader-checklist-train.json.gz")
    lines = [f"the city number {n} built {n} parks .\thow many parks has city {n} ?"
             for n in range(40)]  # fmt: skip
    write(folder / "reading" / "squad-train-sentence-question-en.tsv.gz", "\n".join(lines))
    _write_news(folder / "text")
    _write_questions(tmp_path / "written-questions.jsonl", folder)
    monkeypatch.setattr(written, "FILE", tmp_path / "written-questions.jsonl")
    monkeypatch.setattr(sources, "ENGLISH_HELD_OUT", 20)
    monkeypatch.setattr(examples, "RANKED", 4)
    monkeypatch.setattr(corpora, "_SMALL", 1)
    monkeypatch.setattr(articles, "_NEWS_FOR_READER", 40)
    return folder


def _add_unanswered(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        content = json.load(file)
    content["data"][0]["paragraphs"][0]["qas"][0]["answers"] = []
    write(path, json.dumps(content))


def _write_news(folder: Path) -> None:
    """Write stories of which three articles tell each, and ids that questions are asked over."""
    folder.mkdir(exist_ok=True)
    articles = []
    for story in range(32):
        town, cost = f"{'甲乙丙丁戊己庚辛'[story % 8]}{'东西南北'[story // 8]}县", story + 11
        tellings = (
            f"{town}政府昨天宣布，新建的图书馆投入{cost}00万元，明年开放。",
            f"记者从{town}了解到，当地图书馆的建设一共投入{cost}00万元，不久就要开放。",
            f"据报道，{town}为图书馆投入了{cost}00万元，市民很高兴，盼望它明年开放。",
        )
        articles += [
            {"id": f"n{story}-{at}", "title": f"{town}新建图书馆", "text": text + "天气很好。"}
            for at, text in enumerate(tellings)
        ]
    with lzma.open(folder / "news.jsonl.xz", "wt", encoding="utf-8") as lines:
        lines.write("".join(json.dumps(article) + "\n" for article in articles))
    (folder / "news-10k.ids").write_text("n0-0\nn1-2\n", encoding="utf-8")


def _write_questions(path: Path, folder: Path) -> None:
    """Write an answered and an unanswered question about some articles of both parts."""
    lines = []
    for source, step in (("news", 3), ("cmrc2018-train", 2)):
        for at, article in enumerate(articles.articles(folder, source)):
            mark = "投入" if source == "news" else "修建了"
            start = article.text.index(mark) + len(mark) + article.text.count("投入了")
            asked = {"question": f"{article.text[:3]}花了几多？", "start": start, "end": start + 2}
            unanswered = {"question": f"{article.text[:3]}谁来管？", "start": 0, "end": 0}
            if at % step == 0:
                lines.append(
                    {
                        "source": source,
                        "article": article.id,
                        "part": "rankers" if (source == "news" and at > 60) or at % 4 else "reader",
                        "questions": [asked | {"kind": "plain"}, unanswered | {"kind": "none"}],
                    }
                )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
