"""Program that has LibreOffice convert one file within limits; started by `LibreOffice`.

The file comes on the standard input, the converted one goes to the standard output. The arguments
are the path of `soffice`, the suffixes of both, and the limits. The exit code says how it went. It
ends LibreOffice and deletes all that it wrote, even if its own parent is killed.
"""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

NOTHING, TOO_LONG, BROKEN, NOT_STARTED = 10, 11, 12, 13
"""Exit codes: LibreOffice opened nothing, took too long, broke, or could not be started."""

_END = {signal.SIGTERM}
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_LARGEST = 500_000_000  # bytes of a file that LibreOffice writes
# Macros and active content are off, links are not brought up to date, and what would be fetched all
# the same is asked of a proxy that is not there: where no network can be taken away, as below.
_NOWHERE, _CLOSED = "127.0.0.1", "9"
_SETTINGS = {
    "Inet/Settings": {
        "ooInetProxyType": "1",
        "ooInetNoProxy": "",
        **{f"ooInet{kind}ProxyName": _NOWHERE for kind in ("HTTP", "HTTPS", "FTP")},
        **{f"ooInet{kind}ProxyPort": _CLOSED for kind in ("HTTP", "HTTPS", "FTP")},
    },
    "Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
    },
    "Office.Writer/Content/Update": {"Link": "2", "Field": "false", "Chart": "false"},
    "Office.Calc/Content/Update": {"Link": "1"},
}
_libc = ctypes.CDLL(None, use_errno=True)


def convert(soffice: str, suffix: str, target: str, *limits: str) -> int:
    """Convert the file on the standard input; return the exit code.

    `limits` are seconds of processor time, seconds in all, and bytes of address space.
    """
    with tempfile.TemporaryDirectory(prefix="yiju-office-") as name:
        folder = Path(name)
        source = folder / f"file{suffix}"
        source.write_bytes(sys.stdin.buffer.read())
        write_profile(folder / "profile")
        command = [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck"),
            *("--convert-to", target.removeprefix("."), "--outdir", str(folder / "out")),
            str(source),
        ]
        try:
            code = _run(command, folder, *map(int, limits))
        except OSError:
            return NOT_STARTED
        made = next((folder / "out").glob("*"), None)
        if made is None:
            return code or NOTHING
        with made.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        return 0


def _run(command: list[str], folder: Path, cpu: int, wall: int, memory: int) -> int:
    """Run LibreOffice to its end; return the exit code that says how it ended, 0 if well."""

    def confine() -> None:
        """Limit the process that is to be LibreOffice."""
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _END)
        _libc.prctl(_PARENT_DEATH, signal.SIGKILL)
        _lower(resource.RLIMIT_CPU, cpu)
        _lower(resource.RLIMIT_AS, memory)
        _lower(resource.RLIMIT_FSIZE, _LARGEST)
        _lower(resource.RLIMIT_CORE, 0)
        # Without a network where the system allows it; some forbid it to who is not root.
        if _libc.unshare(_NEW_NET):
            _libc.unshare(_NEW_USER | _NEW_NET)

    signal.pthread_sigmask(signal.SIG_BLOCK, _END)  # until there is something to end
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**environment, "PATH": os.defpath},
        start_new_session=True,
        preexec_fn=confine,  # noqa: PLW1509 - there is one thread
    )
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _END)
        code = process.wait(wall)
    except subprocess.TimeoutExpired:
        return TOO_LONG
    finally:
        with suppress(ProcessLookupError):  # all have ended
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        return TOO_LONG
    return BROKEN if code else 0


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, hard))


def write_profile(folder: Path) -> None:
    """Write the settings of a profile that no other conversion uses."""
    properties = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{properties}</oor:items>',
        encoding="utf-8",
    )


def _stop(*_: object) -> None:
    sys.exit(BROKEN)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles it, and ends
    _libc.prctl(_PARENT_DEATH, signal.SIGTERM)
    sys.exit(convert(*sys.argv[1:]))
