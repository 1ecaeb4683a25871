"""`yiju mcp` as a process: its output, its end, and what it remembers."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.processes import START_WITHIN, yiju_command
from index.store.store import Store
from qa.feedback.feedback_store import FeedbackStore
from tests.conftest import ROOT, WITHIN, run_yiju
from tests.support.served_index import served_index
from tests.web.mcp.assistant import connected, stdio_command

PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n'


@contextmanager
def process_over(store: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a process whose input stays open."""
    command = yiju_command("mcp", "--store", store)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        try:
            yield process
        finally:
            process.kill()


def test_standard_output_has_messages_alone_and_the_end_of_input_ends_it(tmp_path: Path) -> None:
    done = subprocess.run(
        yiju_command("mcp", "--store", tmp_path / "none"),
        input=PING + b"no message\n",
        capture_output=True,
        cwd=ROOT,
        timeout=START_WITHIN,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines == [{"jsonrpc": "2.0", "id": 1, "result": {}}]
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_whatever_it_does(sample_store: Path, number: int) -> None:
    with process_over(sample_store) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(PING)
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(number)
        assert process.wait(WITHIN) == 128 + number
        told = process.stderr.read().decode()
        assert told.startswith("Stopped; nothing is lost.")
        assert "Traceback" not in told


def test_a_setting_that_does_not_fit_is_told() -> None:
    done = run_yiju("mcp", YIJU_MCP_TOOLS="everything")
    assert (done.returncode, done.stdout) == (1, "")
    assert "YIJU_MCP_TOOLS does not fit: there is no tool “everything”" in done.stderr


def test_a_store_that_is_rebuilt_meanwhile_is_taken_over_and_questions_are_kept(
    tmp_path: Path,
) -> None:
    command = stdio_command(tmp_path / "store", YIJU_KEEP_QUESTIONS="true")
    with connected(command) as assistant:
        assert "yiju rebuild" in assistant.refusal("ask", question="长城站建于哪一年?")
        with served_index(tmp_path) as site:
            site.put("a.txt", "南极长城站建于1985年。")
            site.rebuild()
        assert "1985年" in json.dumps(
            assistant.values("ask", question="长城站建于哪一年?"), ensure_ascii=False
        )
        assert assistant.values("ask", question="月球上的门票多少钱?")["outcome"] == "not found"
    kept = FeedbackStore.of(Store(tmp_path / "store")).everything()
    assert "月球上的门票多少钱?" in [kept_question.answer.question for kept_question in kept]


def test_the_sdk_is_not_loaded_before_it_is_needed() -> None:
    program = "import sys, yiju, web.app; print({'mcp', 'mcp_types'} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"
