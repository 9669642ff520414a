"""The process that calculates one run, started anew for each: ``python -m api.jobs.worker``, the order on standard input.

It tells what happens as lines of JSON on standard output, and ends when the server that started it is gone, however that
ended; so do the processes it starts itself, which import this module as ``__mp_main__``.
"""

import json
import os
import sys
import threading
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from sim.study.replicated.processes import end_with_a_dead_child

SERVER = "TAKSTLAB_WORKER_OF"
LOOKS_EVERY_S = 0.3


@dataclass(frozen=True)
class Order:
    """What a worker is to do: the scenario as JSON text, and where its result is made."""

    store: str
    run: str
    scenario: str
    municipalities: tuple[str, ...]
    work: str
    workers: int
    upload_days: int


class AnotherModelError(Exception):
    """The model, its data or its libraries have changed since the run was taken on; ``run`` is its name under today's."""

    def __init__(self, run: str) -> None:
        super().__init__(run)
        self.run = run


def end_with_parent(parent: int) -> None:
    """End this process at once when ``parent`` is no longer its parent."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOKS_EVERY_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def work(order: Order, tell: TextIO) -> None:
    """Calculate the run, publish it, and tell how it went."""

    def say(**what: Any) -> None:
        tell.write(json.dumps(what, ensure_ascii=False) + "\n")
        tell.flush()

    from concurrent.futures.process import BrokenProcessPool

    from api.store.files import is_full
    from tariffs.errors import TakstlabError

    try:
        _calculate(
            order,
            lambda done, expected: say(done=done, expected=expected),
            lambda figures: say(so_far=asdict(figures)),
        )
    except AnotherModelError as error:
        say(now=error.run)
    except TakstlabError as error:
        say(failed=str(error))
    except BrokenProcessPool:
        return  # one of its own processes was killed: it has died as if it had been itself
    except OSError as error:
        if is_full(error):
            say(full=True)
        else:
            say(failed=f"Arbejdet kunne ikke gøres: {error.strerror or error}.", trace=traceback.format_exc())
    except Exception as error:
        say(failed=f"Uventet fejl: {type(error).__name__}. Den er skrevet i loggen.", trace=traceback.format_exc())
    else:
        say(published=True)


def _calculate(order: Order, progress: Any, watch: Any) -> None:
    from api.jobs.accepting import identity, naming, placed, read_scenario
    from api.settings import Settings
    from api.store.store import Store
    from sim.answer.budget.fit_progress import FitProgress
    from sim.answer.budget.recalibration import of_scenario
    from sim.answer.compare import compare
    from sim.study.prepare import prepare
    from sim.telling.folder import PARTS, with_tariff_copies, write_results

    scenario = read_scenario(json.loads(order.scenario))
    lies = placed(scenario, Settings(store=order.store, upload_days=order.upload_days))
    run = identity(scenario, lies, order.municipalities)
    if run != order.run:
        raise AnotherModelError(run)
    # Own months are of one municipality: what is simulated to fit them comes before all else, and is no replication of the result.
    work, before, last = Path(order.work), 0, (0, 0)
    for place, code in enumerate(order.municipalities):
        folder = work / code
        folder.mkdir()
        # Trips made from somebody's own are theirs: of those the figures are published, never the trips.
        tables = folder / PARTS if lies.trips == scenario.trips else None
        if tables is not None:
            tables.mkdir()

        priced = with_tariff_copies(lies, folder)
        steps = FitProgress(priced, progress)

        def tell(
            done: int,
            expected: int,
            before: int = before,
            to_come: int = len(order.municipalities) - place,
            steps: FitProgress = steps,
        ) -> None:
            # A municipality to come is supposed to take as many as this one.
            nonlocal last
            last = done, expected
            steps.of_comparison(before + done, before + expected * to_come)

        with naming(scenario, priced):
            own = of_scenario(priced, code, workers=order.workers, progress=steps.one_more)
            study = prepare(priced if own is None else own.scenario, code)
            result = compare(
                study, workers=order.workers, tables_to=tables, progress=tell, recalibration=own, watch=watch
            )
            write_results(study, result, folder, "takstlab serve", told=scenario)
        before += last[0]
    about = {
        "municipalities": list(order.municipalities),
        "name": scenario.name,
        "replications": before,
        "scenario": scenario.model_dump(mode="json"),
    }
    Store(Path(order.store)).publish(work, order.run, about)


def main() -> None:
    """Take the order, and work at a lower priority than the server that answers."""
    end_with_parent(int(os.environ[SERVER]))
    end_with_a_dead_child()
    order = json.load(sys.stdin)
    # What libraries print must not be taken for what is told here.
    tell = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.environ[SERVER] = str(os.getpid())
    os.nice(5)
    work(Order(**{**order, "municipalities": tuple(order["municipalities"])}), tell)


def order_text(order: Order) -> str:
    """Return an order as it is written to a worker."""
    return json.dumps(asdict(order))


if __name__ == "__main__":
    main()
elif __name__ == "__mp_main__":
    end_with_parent(int(os.environ[SERVER]))
