"""A note where a reader sees what it is a note to."""

import pytest

from bench.documents.notes import Note
from bench.documents.read_text import ReadText

NOTE = Note("以小环藻为主。", "藻密度")
FAR = "正文说了很多别的。" * 60


@pytest.mark.parametrize(
    "text",
    [
        "藻密度（以小环藻为主。）较高。",
        f"藻密度[^2]较高。{FAR}\n\n[^2]: 以小环藻为主。",
        f"藻密度较高。{FAR}\n\n注2：以小环藻为主。",
        f"藻密度较高。{FAR}\n\n## 注释\n\n- 以小环藻为主。",
        f"藻密度较高。{FAR}\n2\n以小环藻为主。",
    ],
)
def test_a_note_is_beside_its_call_or_marked(text: str) -> None:
    assert NOTE.holds(ReadText(text))


@pytest.mark.parametrize("text", [f"藻密度较高。{FAR}以小环藻为主。{FAR}", "藻密度[2]较高。"])
def test_a_note_that_is_lost_or_stands_anywhere_is_not_found(text: str) -> None:
    assert not NOTE.holds(ReadText(text))
