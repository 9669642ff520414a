"""The ``takstlab`` command: its subcommands are imported only when they are called."""

import errno
import importlib
import os
import sys

import click

from api.cli.danish import speak_danish
from api.cli.interrupt import hearing_interrupts
from tariffs.errors import TakstlabError

FULL = (errno.ENOSPC, errno.EDQUOT)
SUBCOMMANDS = {
    "tariffs": "api.cli.tariffs",
    "quote": "api.cli.quote",
    "compare": "api.cli.compare",
    "batch": "api.cli.batch",
    "query": "api.cli.query",
    "rank": "api.cli.rank",
    "estimate": "api.cli.estimate",
    "goal": "api.cli.goal",
    "changed": "api.cli.changed",
    "paper": "api.cli.paper",
    "fairness": "api.cli.fairness",
    "sensitivity": "api.cli.sensitivity",
    "import": "api.cli.import_",
    "clean": "api.cli.clean",
    "municipalities": "api.cli.municipalities",
    "calibrate": "api.cli.calibrate",
    "validate": "api.cli.validate",
    "schema": "api.cli.schema",
    "dispatch": "api.cli.dispatch",
    "serve": "api.cli.serve",
    "keys": "api.cli.keys",
    "store": "api.cli.store",
}


class LazyGroup(click.Group):
    """Loads a subcommand's module when it is asked for, so that ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a newcomer meets them."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the subcommand called ``cmd_name``, or None when there is none."""
        module = SUBCOMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section("Kommandoer"):
            formatter.write_dl(list(SHORT_HELP.items()))


SHORT_HELP = {
    "tariffs": "vis takstudgaver, parametre og kilder; udkast til næste udgave",
    "quote": "prisen på én tur med forklaring, eller på en hel fil af ture",
    "compare": "hvad koster serviceelementerne kommunen? sammenlign valgmuligheder",
    "batch": "alle kommuner under alle pakker, mange gange; kan afbrydes og fortsættes",
    "query": "spørg en batchs resultater med SQL",
    "rank": "kommunernes pakker efter nettoudgift, mistede ture og sikkerhed",
    "estimate": "et skøn på et øjeblik, uden simulering",
    "goal": "hvilken bytakst eller kommunetakst giver et beløb",
    "changed": "hvad har ændret sig? et gemt svar regnet igen, med årsagerne",
    "paper": "beslutningspapiret til udvalget, som tagget PDF, HTML og Word",
    "fairness": "bliver naboer behandlet ens ved bygrænsen? hvem bor hvor, og hvad betaler de?",
    "sensitivity": "hvilke forudsætninger flytter svaret mest?",
    "import": "indlæs kommunens egne data: turliste i stedet for den beregnede efterspørgsel, byområder",
    "clean": "rens en turliste for personoplysninger, før den sendes videre",
    "municipalities": "kommunerne og hvad der vides om deres valg",
    "calibrate": "tilpas modellen til de offentliggjorte tal, med rapport",
    "validate": "hold modellen op imod det, den ikke er tilpasset, med rapport",
    "schema": "JSON-skema for planer og scenarier",
    "dispatch": "planlæg en fil med bestillinger med en fil med vogne",
    "serve": "start tjenesten: API, celler til regneark, simuleringer, der overlever",
    "keys": "nøgler til tjenesten: lav, vis og træk tilbage",
    "store": "tjenestens lager: efterse det, tag en sikkerhedskopi, læg den tilbage",
}


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="takstlab", help="Vis versionen.")
def takstlab() -> None:
    """Takstlab: hvad flextur og plustur koster kommunen, tur for tur efter taksten."""


def _say_if_full(error: TakstlabError) -> None:
    """Put in our words what the system says of a full disk, where an error quotes it."""
    cause = error.__context__
    if isinstance(cause, OSError) and cause.errno in FULL and os.strerror(cause.errno) in error.why:
        error.why, error.next_step = "disken er fuld", "skaf plads, og kør kommandoen igen"


def main() -> None:
    """Run the command line; a fault the user can mend is said in plain words with exit status 2."""
    speak_danish()
    try:
        with hearing_interrupts():
            status = takstlab(standalone_mode=False)
    except TakstlabError as error:
        _say_if_full(error)
        click.echo(f"Fejl: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        if error.errno not in FULL:
            raise
        click.echo("Fejl: Disken er fuld. Gør nu: skaf plads, og kør kommandoen igen", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Afbrudt; af det, der var i gang, er intet skrevet.", err=True)
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
