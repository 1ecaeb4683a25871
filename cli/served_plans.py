"""What the processes of a server do, by settings that can be read again while it runs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from cli.server_parts import FIXED, MakeApp, app_factory
from index.settings import Settings
from index.store.manifest import FileSums
from web.observing.meter import Meter
from web.observing.observer import observer_of
from web.observing.server_log import start_log
from web.observing.shared_counts import SharedCounts
from web.serving.process_plan import ProcessPlan
from web.serving.server import Address, Processes
from web.serving.traffic import Load

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class ServedPlans:
    """Plans over what is loaded once; `read` reads the settings again.

    `workers`, if given, is their number whatever is set.
    """

    settings: Settings
    read: Callable[[], Settings]
    workers: int | None
    meter: Meter
    make_app: MakeApp

    @property
    def current(self) -> ProcessPlan:
        """The plan by the settings as they are."""
        settings = self.settings
        start_log(settings.log)
        load = Load.of(settings, self.workers)
        return ProcessPlan(
            self.make_app(settings, load.questions),
            load,
            observer_of(self.meter, with_questions=settings.log_questions),
        )

    def again(self) -> ProcessPlan:
        """Read the settings again, say which are new, and return the plan by them.

        Raises:
            UsageError: one does not fit; the former ones hold on.
        """
        former, wanted = self.settings, self.read()
        changed = {
            name for name in Settings.model_fields if getattr(former, name) != getattr(wanted, name)
        }
        kept = {name: getattr(former, name) for name in changed & FIXED}
        self.settings = wanted.model_copy(update=kept)
        plan = self.current
        _log.warning("Settings were read again; new are: %s.", _named(changed - FIXED))
        if kept:
            _log.warning("%s: this needs a restart of the server; it stays.", _named(set(kept)))
        return plan


def processes_of(
    address: Address,
    read: Callable[[], Settings],
    workers: int | None,
    ready: Callable[[Settings], None],
    sums: FileSums,
) -> Processes:
    """Load what a server needs, and return what its parent process works with.

    `sums` tell its processes what was checked already.

    Raises:
        YijuError: a setting does not fit, or a model can't be loaded.
    """
    settings, meter = read(), Meter(SharedCounts())
    make_app = app_factory(settings, address.host, meter, sums)
    plans = ServedPlans(settings, read, workers, meter, make_app)
    return Processes(address, plans.current, plans.again, meter, lambda: ready(settings))


def _named(names: set[str]) -> str:
    return ", ".join(f"YIJU_{name.upper()}" for name in sorted(names)) or "none"
