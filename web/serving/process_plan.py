"""What the processes of a server do, and how much each takes on."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from web.observing.observer import Observer
from web.serving.traffic import Load


@dataclass(frozen=True, slots=True)
class ProcessPlan:
    """What new processes are started with; another plan may follow while those before end."""

    make_app: Callable[[], Flask]
    load: Load
    observe: Observer
