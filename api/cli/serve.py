"""``takstlab serve``: the service with its API, on this machine unless told otherwise."""

import gc
import os
import sys
from pathlib import Path

import click

from api.cli.options import Whole


@click.command(
    "serve",
    epilog="Alle indstillinger kan også gives som TAKSTLAB_<NAVN> i miljøet eller i en TOML-fil; se docs/service.md."
    " Ctrl-C standser; det, der er i gang, tages op igen, næste gang tjenesten starter.",
)
@click.option("--port", type=Whole(0, 65535), help="Porten, der lyttes på (standard 8600; 0 vælger en ledig).")
@click.option("--host", help="Adressen, der lyttes på (standard 127.0.0.1, kun denne maskine).")
@click.option("--store", metavar="MAPPE", help="Lageret til simuleringer og resultater (standard takstlab-lager).")
@click.option("--settings", type=click.Path(path_type=Path), metavar="FIL", help="Indstillinger (TOML).")
@click.option("--browser", is_flag=True, help="Åbn siden i en browser, når tjenesten svarer.")
def command(port: int | None, host: str | None, store: str | None, settings: Path | None, browser: bool) -> None:
    """Start tjenesten: siden i en browser, og priser, skøn, simuleringer og celler til regneark over HTTP."""
    # What is imported stays, so that looking for garbage among it only takes time.
    gc.disable()
    from api.serving import serve
    from api.settings import read_settings

    read = read_settings(os.environ, settings, port=port, host=host, store=store)

    def ready(address: str) -> None:
        gc.freeze()
        gc.enable()
        click.echo(
            f"Takstlab svarer på {address} (lager: {read.store}). Åbn adressen i en browser. Ctrl-C standser.", err=True
        )
        if browser:
            click.launch(address)

    serve(read, ready)
    # All is closed. What still warms up beside is in the middle of an import, and would hold up an ordinary end.
    sys.stderr.flush()
    sys.stdout.flush()
    os._exit(0)
