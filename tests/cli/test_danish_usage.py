"""What an officer is told of a command that cannot be read."""

import pytest

from api.cli.main import SUBCOMMANDS


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("sammenlign",), "Fejl: Kommandoen 'sammenlign' findes ikke."),
        (("compare", "--municipality", "0340"), "Fejl: Der mangler '--out'."),
        (("compare", "--kommune", "0340"), "Fejl: Valget '--kommune' findes ikke."),
        (("compare", "--municipality"), "Fejl: Valget '--municipality' skal have en værdi."),
        (("compare", "--draws", "mange", "--out", "x"), "Fejl: 'mange' er ikke et helt tal. Hvor: --draws."),
        (("estimate", "--fee-pooling", "x"), "'x' er ikke en af 'movia', 'municipality'."),
        (("estimate", "a.toml", "b.toml"), "Fejl: Der er et led for meget: b.toml"),
    ],
)
def test_a_command_that_cannot_be_read_is_answered_in_danish(takstlab, given, told: str) -> None:
    status, _, err = takstlab(*given)
    assert status == 2
    assert told in err
    assert "Brug: takstlab" in err or told.startswith(("Fejl: Valget '--municipality'", "Fejl: 'mange'"))


def test_help_is_in_danish(takstlab) -> None:
    _, out, _ = takstlab("sensitivity", "--help")
    assert "Brug: takstlab sensitivity" in out
    assert "Vis denne hjælp." in out
    assert "[standard: 64]" in out


@pytest.mark.parametrize("command", SUBCOMMANDS)
def test_help_shows_ranges_as_people_write_them(takstlab, command: str) -> None:
    """A number without ends was shown with [x<=None]."""
    _, out, _ = takstlab(command, "--help")
    assert "None" not in out
    assert "<=x" not in out
    assert "x<=" not in out
