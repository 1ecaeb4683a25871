"""All stages over a small data folder, from dictionaries to a model that can be served."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.models.loading import open_encoder
from tests.conftest import ROOT
from training.encoder.config import DEFAULT

SMALL = {
    "jieba_words": 3000, "teacher_words": 3000, "numbers": 50, "windows": 2, "statute_cuts": 1,
    "steps": 4, "checkpoint": 2,
    "questions": 16, "english": 8, "bitext": 8, "words": 8, "parts": 8, "documents": 8, "late": 4,
}  # fmt: skip


MEASURED = "别处的话。" * 9


def test_the_stages_make_a_model_and_resume(tmp_path: Path) -> None:
    data, config = tmp_path / "data", tmp_path / "config.toml"
    write_data(data)
    config.write_text(changed(DEFAULT.read_text(encoding="utf-8"), SMALL), encoding="utf-8")
    first = run("all", tmp_path)
    for stage in ("vocabulary", "glosses", "start", "pairs", "held out", "export"):
        assert stage in first
    assert "going on" not in first
    # In each parallel text one line is measured; two of the five are taken four times.
    assert re.search(r"\d+ bitext, 11 dropped", first)
    encoder = open_encoder(tmp_path / "model")
    chinese, english = encoder.embed_questions(["北京的公园", "parks of beijing"])
    assert abs(float(chinese @ english)) < 1
    config.write_text(changed(config.read_text(encoding="utf-8"), {"steps": 6}), encoding="utf-8")
    assert "going on from step 4" in run("contrastive", tmp_path)
    config.write_text(changed(config.read_text(encoding="utf-8"), {"late": 3}), encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        run("contrastive", tmp_path)
    assert "was written with another start" in failed.value.stderr
    before = open_encoder(tmp_path / "model").id
    run("export", tmp_path)
    assert open_encoder(tmp_path / "model").id != before


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("seed = 1\n", "Field required"),
        ("unheard_of = 1\n", "Extra inputs are not permitted"),
        ("seed = \n", "Invalid value"),
        (
            DEFAULT.read_text(encoding="utf-8"),
            "Run the stage before: python -m training.encoder",
        ),
    ],
)
def test_wrong_settings_and_missing_stages_are_reported_plainly(
    tmp_path: Path, settings: str, message: str
) -> None:
    (tmp_path / "data" / "reading").mkdir(parents=True)
    (tmp_path / "config.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        run("start", tmp_path)
    assert message in failed.value.stderr
    assert "Traceback" not in failed.value.stderr


def run(stage: str, root: Path) -> str:
    """Run a stage and return its output."""
    options = [f"--{name}={root / name}" for name in ("data", "work", "model")]
    options.append(f"--config={root / 'config.toml'}")
    return subprocess.run(
        [sys.executable, "-m", "training.encoder", stage, *options],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=300,
    ).stdout  # fmt: skip


def changed(text: str, values: dict[str, int]) -> str:
    """Return a configuration with other numbers."""
    for name, value in values.items():
        text = re.sub(rf"^{name} = \S+", f"{name} = {value}", text, flags=re.MULTILINE)
    return text


def write_data(data: Path) -> None:
    """Write a small data folder with the layout of docs/data.md."""
    places = ["北京", "上海", "广州", "深圳", "成都", "武汉", "西安", "南京", "杭州", "苏州"]
    talks = [f"{place}在{1900 + n}年修建了{n + 3}座公园。市民都说公园很美。春天花开得早，人也多。"
             for n in range(3) for place in places]  # fmt: skip
    for name in ("reading/cmrc2018-train", "reading/drcd-dev", "reading/cmrc2018-trial"):
        write(data / f"{name}.json.gz", json.dumps({"data": [paragraph(talk) for talk in talks]}))
    write(data / "measure" / "none.json.gz", json.dumps({"data": [paragraph(MEASURED)]}))
    lines = [f"the city number {n} built {n} parks .\thow many parks has city {n} ?"
             for n in range(1200)]  # fmt: skip
    write(data / "reading" / "squad-train-sentence-question-en.tsv.gz", "\n".join(lines))
    sentences = [f"The park number {n} is beautiful.\t第{n}座公园很美。" for n in range(40)]
    bitext = "\n".join([*sentences, f"Words from elsewhere.\t{MEASURED}"])
    for name in ("tatoeba", "tico19", "flores-dev", "python-docs", "software-docs"):
        write(data / "bitext" / f"{name}.tsv.gz", bitext)
    write(data / "dictionary" / "ecdict.tsv.gz", "park\tn. 公园, 停车场\nspring\tn. 春天\n")
    entries = (
        "公園 公园 [gong1 yuan2] /park (for the public)/CL:座[zuo4]/\n"
        "春天 春天 [chun1 tian1] /spring/\n"
    )
    write(data / "dictionary" / "cc-cedict.txt.gz", entries)
    write(data / "text" / "csl-title-abstract.tsv.gz", f"公园的研究\t{''.join(talks[:3])}\n")
    statute = {"id": "1", "title": "公园条例", "text": "".join(talks)}
    write(data / "text" / "statutes.jsonl.gz", json.dumps(statute))


def paragraph(text: str) -> dict[str, object]:
    """Return an article of one paragraph with one question."""
    answer = {"text": text[:2], "answer_start": 0}
    questions = [
        {"id": text[:9], "question": f"{text[3:10]}修建公园的是哪里?", "answers": [answer]}
    ]
    return {"paragraphs": [{"context": text, "qas": questions}]}


def write(path: Path, text: str) -> None:
    """Write a gzipped file and create its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(text)
