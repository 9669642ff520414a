"""One line for each thing that happened, with the request it happened in; JSON for machines, or text."""

import logging
import sys
from typing import Any

import structlog

from api.settings import Settings

LOGGERS = ("uvicorn", "uvicorn.error", "dbos")
"""Loggers of libraries whose lines join ours."""


def configure(settings: Settings) -> None:
    """Send every line to standard error in the form that the settings ask for."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    machine = settings.log_format == "json"
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if machine
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.processors.format_exc_info],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    ours = logging.getLogger("takstlab")
    ours.setLevel(settings.log_level.upper())
    for logger in (ours, *map(logging.getLogger, LOGGERS)):
        logger.handlers = [handler]
        logger.propagate = False
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
