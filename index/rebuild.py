"""Run `yiju rebuild` as `python -m index.rebuild`."""

import runpy
import sys

if __name__ == "__main__":
    sys.argv.insert(1, "rebuild")
    runpy.run_module("yiju", run_name="__main__", alter_sys=True)
