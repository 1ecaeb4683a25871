"""Have LibreOffice convert a file, in processes of its own; turn its failures into plain reasons.

Reading what comes of it is left to the readers of the kinds that it makes.
"""

import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath

from index.errors import ArticleError, UsageError
from index.ingest.formats.converted.conversion_worker import NOT_STARTED, NOTHING, TOO_LONG
from index.ingest.formats.converted.ole_file import is_document, needs_password
from index.ingest.sources.files import CONVERTIBLE
from index.ingest.sources.office_package import OfficePackage
from index.processes.limits import BeyondLimitsError

_WORKER = Path(__file__).with_name("conversion_worker.py")
_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"{\\rtf"
# As `reading_limits` has it: 20 s of processor time, and 10 s for each MB; here three times that
# in all, so that the process that waits for it may take four times that.
_SECONDS, _SECONDS_A_MB, _WALL = 20, 10, 3
_MEMORY = 1_500_000_000  # bytes of address space; 600 MB are the least that it starts with
_OFF = frozenset({"", "false", "0", "no", "off"})
_ON = frozenset({"true", "1", "yes", "on"})
_PASSWORD = "needs a password; save a copy without one."


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """The LibreOffice of this machine, by the path of its program `soffice`."""

    soffice: PurePath

    @classmethod
    def named(cls, setting: str) -> "LibreOffice | None":
        """Return what the setting names: a path, or the one on this machine; None if it is off.

        Raises:
            UsageError: it is not there.
        """
        if setting.lower() in _OFF:
            return None
        program = shutil.which("soffice" if setting.lower() in _ON else setting)
        if program is None:
            raise UsageError(
                f"YIJU_LIBREOFFICE is {setting}, but there is no such program. Install LibreOffice "
                "(on Debian: apt-get install --no-install-recommends libreoffice-writer-nogui "
                "libreoffice-calc-nogui libreoffice-impress-nogui), set it to the path of soffice, "
                "or leave it off."
            )
        return cls(Path(program).absolute())

    def converted(self, suffix: str, data: bytes) -> bytes:
        """Return a file of a kind in `CONVERTIBLE` as one of the kind it is converted to.

        Raises:
            ArticleError: it needs a password, is damaged or something else, or breaks LibreOffice.
            BeyondLimitsError: it takes too long, at least on a machine as busy as now.
        """
        kind, target = suffix[1:].upper(), CONVERTIBLE[suffix]
        _check_form(data, kind, target)
        seconds = _SECONDS + _SECONDS_A_MB * len(data) // 1_000_000
        limits = [str(seconds), str(_WALL * seconds), str(_MEMORY)]
        # -P keeps the program's folder off sys.path, so that it shadows no standard module.
        command = [sys.executable, "-P", str(_WORKER), str(self.soffice), suffix, target, *limits]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        if done.returncode == 0:
            return done.stdout
        if done.returncode == NOT_STARTED:
            raise ArticleError(f"{self.soffice} can't be started; look at YIJU_LIBREOFFICE.")
        if done.returncode == TOO_LONG:
            raise BeyondLimitsError(f"takes LibreOffice too long; save it as {target}.")
        if _is_encrypted(data):
            raise ArticleError(_PASSWORD)
        why = (
            f"is damaged or no {kind} file" if done.returncode == NOTHING else "breaks LibreOffice"
        )
        raise ArticleError(f"{why}; open it and save it as {target}.")


def _check_form(data: bytes, kind: str, target: str) -> None:
    """Refuse what LibreOffice would take for plain text, and make an article of.

    Raises:
        ArticleError: it is neither an Office document, OpenDocument nor RTF.
    """
    if data.startswith(_OLE) and is_document(data):
        return
    if data.startswith(_ZIP) and zipfile.is_zipfile(BytesIO(data)):
        return
    if data.lstrip().startswith(_RTF):
        return
    if data.lstrip().startswith(b"<"):
        raise ArticleError(f"is a web page and no {kind} file; rename it to .html.")
    raise ArticleError(f"is damaged or no {kind} file; open it and save it as {target}.")


def _is_encrypted(data: bytes) -> bool:
    if data.startswith(_ZIP):
        try:
            return b"encryption-data" in OfficePackage(data, "odt").part("META-INF/manifest.xml")
        except ArticleError:  # too damaged to tell
            return False
    return needs_password(data)
