"""What is large and freed is given back to the system, also after something larger was."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

PROGRAM = """
import numpy as np
from index.processes.memory_pools import limit_pools
{prepared}
larger = np.ones(16 << 20, np.uint8)
del larger
large = np.ones(4 << 20, np.uint8)
with open("/proc/self/maps") as maps:
    heap = [line.split()[0].split("-") for line in maps if "[heap]" in line]
print(any(int(begin, 16) <= large.ctypes.data < int(end, 16) for begin, end in heap))
"""


@pytest.mark.parametrize(("prepared", "is_pooled"), [("", "True"), ("limit_pools()", "False")])
def test_a_large_array_is_outside_the_pools(prepared: str, is_pooled: str) -> None:
    command = [sys.executable, "-c", PROGRAM.format(prepared=prepared)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == f"{is_pooled}\n"
