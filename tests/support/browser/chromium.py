"""The browser of the tests, where there is one."""

import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


def has_chinese_font() -> bool:
    """Tell whether Chinese would be rendered as more than boxes."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=True).stdout)


needs_chromium = pytest.mark.skipif(
    CHROMIUM is None or not has_chinese_font(),
    reason="needs Debian's chromium and fonts-noto-cjk",
)
