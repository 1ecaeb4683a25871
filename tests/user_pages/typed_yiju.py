"""`yiju` as the commands of a document type it; run as a program.

What serves or watches until Ctrl-C gets a free port and is ended like that as soon as it is ready.
"""

import signal
import subprocess
import sys
import threading
from pathlib import Path

from bench.processes import free_port

ROOT = Path(__file__).parent.parent.parent
READY = ("Yiju is ready:", "Watching ")
_LASTING = {"serve", "watch", "demo"}
_STOPPED = (0, -signal.SIGINT, 128 + signal.SIGINT)
_PATIENCE = 120.0  # seconds


def install(folder: Path) -> None:
    """Write a command `yiju` into a folder."""
    program = folder / "yiju"
    run = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m {__name__} "$@"'
    program.write_text(f"#!/bin/sh\n{run}\n", encoding="utf-8")
    program.chmod(0o755)


def main() -> int:
    """Run the arguments, and return the exit code."""
    arguments = sys.argv[1:]
    command = [sys.executable, "-m", "yiju", *arguments]
    if not _LASTING.intersection(arguments[:1]):
        return subprocess.run(command, check=False).returncode
    if arguments[0] != "watch" and "--port" not in arguments:
        command += ["--port", str(free_port())]
    return _until_ready(command)


def _until_ready(command: list[str]) -> int:
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        late = threading.Timer(_PATIENCE, process.kill)
        late.start()
        for line in process.stdout or ():
            sys.stdout.write(line)
            if line.startswith(READY):
                process.send_signal(signal.SIGINT)
        code = process.wait()
        late.cancel()
    return 0 if code in _STOPPED else code or 1


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(main())
