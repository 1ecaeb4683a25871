"""Commands of Yiju, each in a process forked from one that has loaded all that they need.

To import it takes one to two seconds of processor time, and the dictionary as much: more than all
else that most commands do. A command has a process of its own all the same, with its arguments,
environment, output and exit code.
"""

import atexit
import gc
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from bench.processes import Server, free_port, serving_process
from tests.support.commands.loaded_parts import load_parts

ROOT = Path(__file__).parents[3]
_LONGEST, _LINE = 1 << 20, 100  # bytes of a request, and of what is told
_LOADED = (
    "cli.evaluate_command", "cli.formats.answers", "cli.served_plans", "cli.serving",
    "index.ingest.formats.docx.read_docx", "index.ingest.formats.html",
    "index.ingest.formats.markdown.read_markdown", "index.ingest.formats.pdf.read_pdf",
    "index.ingest.formats.plain", "index.search.shared_sums", "jieba.posseg",
    "multiprocessing.popen_fork", "multiprocessing.synchronize", "numpy.ma",
    "python_api.open_library", "python_api.rebuilding", "rjieba", "tqdm", "yiju",
)  # fmt: skip


class ForkedCommand:
    """A command that runs in the project's folder; `pid` is its process, which is no child."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], out: BinaryIO, err: BinaryIO
    ) -> None:
        self._arguments = arguments
        self._told, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        self._code: int | None = None
        request = json.dumps([arguments, {**os.environ, **environment}]).encode()
        with theirs:
            fds = [theirs.fileno(), out.fileno(), err.fileno()]
            socket.send_fds(_forker(), [request], fds)
        self.pid = int(self._told.recv(_LINE))

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, if the command has ended."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once the command has ended."""
        if self._code is None:
            self._told.settimeout(timeout)
            try:
                self._code = int(self._told.recv(_LINE))
            except (TimeoutError, BlockingIOError):
                raise subprocess.TimeoutExpired(self._arguments, timeout or 0) from None
            self._told.close()
        return self._code

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def run_forked(
    arguments: Sequence[str], environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end.

    Raises:
        TimeoutExpired: it has not ended in time; it is killed.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        command = ForkedCommand(arguments, environment, out, err)
        try:
            code = command.wait(timeout)
        except subprocess.TimeoutExpired:
            command.kill()
            command.wait()
            raise
        for file in (out, err):
            file.seek(0)
        printed, complained = out.read().decode(), err.read().decode()
    return subprocess.CompletedProcess(arguments, code, printed, complained)


@contextmanager
def serving(store: Path, log: Path | None = None, **environment: str) -> Iterator[str]:
    """Run a server over a store, which may be empty; yield its address."""
    with running_server(["--store", store], log, environment=environment) as server:
        yield server.address


@contextmanager
def running_server(
    options: Sequence[object],
    log: Path | None = None,
    *,
    port: int | None = None,
    until: str = "/healthz",
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server for the length of a block, which starts once the path `until` answers 200."""
    port = port or free_port()
    arguments = ["serve", *map(str, options), "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with (log or Path(os.devnull)).open("wb") as output:
        command = ForkedCommand(arguments, environment or {}, output, output)
        with serving_process(command, address + until, log):
            yield Server(address, command.pid)


@cache
def _forker() -> socket.socket:
    """Start what forks, for this process alone; it ends when the connection is closed."""
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            pass_fds=[theirs.fileno()],
        )
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def main(requests: socket.socket) -> None:
    """Fork for each request; return in the process of a command, with all that it needs."""
    gc.freeze()  # what is loaded is never looked through again
    while True:
        request, fds, _, _ = socket.recv_fds(requests, _LONGEST, 3)
        if not request:
            os._exit(0)
        if os.fork() == 0:
            requests.close()
            return _fork_command(request, *fds)
        for fd in fds:
            os.close(fd)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _fork_command(request: bytes, told: int, out: int, err: int) -> None:
    """Fork once more; return in the command, tell what becomes of it in the other process.

    The command is ended if nobody is there any more who could be told.
    """
    if process := os.fork():
        os.write(told, str(process).encode())
        ready, _, _ = select.select([told, os.pidfd_open(process)], [], [])
        if told in ready:
            os.kill(process, signal.SIGTERM)
        _, status = os.waitpid(process, 0)
        with suppress(BrokenPipeError):
            os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for fd in (told, out, err):
        os.close(fd)
    arguments, environment = json.loads(request)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["yiju", *arguments]


class _End:
    """Ends the process of a command, after all that is registered to be done at its exit.

    To free what was loaded would take most commands longer than all that they do.
    """

    def __init__(self) -> None:
        self._code: int | str | None = 1
        atexit.register(self._exit)

    def run(self, command: Callable[[], None]) -> None:
        """Run a command; note its exit code."""
        try:
            command()
            self._code = 0
        except SystemExit as ended:
            self._code = ended.code
            raise

    def _exit(self) -> None:
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        if self._code is None or isinstance(self._code, int):
            os._exit(self._code or 0)


if __name__ == "__main__":
    end = _End()  # before anything is loaded that registers what is to be done earlier
    for module in _LOADED:
        import_module(module)
    load_parts()
    main(socket.socket(fileno=int(sys.argv[1])))
    end.run(import_module("yiju").run)
