"""The language a drawing is made in: its texts pass through here before they are laid out, Danish unless another is asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Translator = Callable[[str], str]
_translator: ContextVar[Translator] = ContextVar("translator", default=str)


def said(text: str) -> str:
    """Return a whole text, or a number as Danes write it, in the language of the drawing under way."""
    return _translator.get()(text)


@contextmanager
def drawn_in(translator: Translator) -> Iterator[None]:
    """Draw in another language within a block; ``translator`` gives back what it does not know."""
    before = _translator.set(translator)
    try:
        yield
    finally:
        _translator.reset(before)
