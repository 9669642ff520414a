"""``takstlab keys``: who may use the service from outside, what for and until when."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.cli.options import Whole

if TYPE_CHECKING:
    from api.http.keys import KeyBook

store_option = click.option(
    "--store", metavar="MAPPE", help="Lageret, nøglerne hører til (standard som takstlab serve)."
)
settings_option = click.option(
    "--settings",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Indstillinger (TOML), som takstlab serve bruger.",
)


@click.group("keys")
def command() -> None:
    """Nøgler til tjenesten: lav, vis og træk tilbage."""


@command.command("add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, default=("read",), help="read, run eller upload; kan gentages.")
@click.option("--days", type=Whole(), default=365, show_default=True, help="Dage, nøglen gælder.")
@store_option
@settings_option
def add(name: str, scopes: tuple[str, ...], days: int, store: str | None, settings: Path | None) -> None:
    """Lav en nøgle til NAME; den vises kun denne ene gang."""
    key, text = _book(store, settings).add(name, scopes, days)
    click.echo(text)
    until = f"gælder til {key.expires:%d.%m.%Y}" if key.expires else "udløber ikke"
    click.echo(
        f"Nøgle {key.id} til {key.name}: {', '.join(key.scopes)}; {until}. Gem den nu: den vises ikke igen.", err=True
    )


@command.command("list")
@store_option
@settings_option
def show(store: str | None, settings: Path | None) -> None:
    """Vis alle nøgler, også dem, der ikke længere gælder."""
    from datetime import UTC, datetime

    for key in _book(store, settings).all():
        until = f"til {key.expires:%d.%m.%Y}" if key.expires else "uden udløb"
        state = "trukket tilbage" if key.revoked else "gælder" if key.good_at(datetime.now(UTC)) else "udløbet"
        click.echo(f"{key.id}  {state:<15}  {until}  {','.join(key.scopes):<15}  {key.name}")


@command.command("revoke")
@click.argument("key_id")
@store_option
@settings_option
def revoke(key_id: str, store: str | None, settings: Path | None) -> None:
    """Træk nøglen KEY_ID tilbage; den åbner intet fra nu af."""
    key = _book(store, settings).revoke(key_id)
    click.echo(f"Nøgle {key.id} ({key.name}) er trukket tilbage.")


def _book(store: str | None, settings: Path | None) -> "KeyBook":
    from api.http.keys import KeyBook
    from api.settings import key_file, read_settings

    return KeyBook(key_file(read_settings(os.environ, settings, store=store)))
