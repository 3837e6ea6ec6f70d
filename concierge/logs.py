"""Logs that hold ids, counts and codes, never a person's words or address.

Log calls read ``log.info("message_stored", message_id=3)``: the event is a code, the rest are keys
of the allow-list below. What is not allowed is dropped, and its key is named in ``dropped_keys``.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from structlog.typing import Processor

Event = MutableMapping[str, Any]

# fmt: off
#: Codes, names and states that are one word: no spaces, so no sentence fits through.
WORD_KEYS: Final = frozenset({
    "action", "approval", "case", "code", "command", "component", "draft", "host", "job", "kind",
    "language", "lock", "logger", "mailbox", "method", "outbox", "outcome", "phase", "platform",
    "process", "result", "route", "rule", "schema", "section", "server", "signal", "standing",
    "state", "status", "step", "table", "template", "tls", "urgency", "version", "was", "where",
    "worker",
})
#: Numbers and switches.
NUMBER_KEYS: Final = frozenset({
    "attempt", "attempts", "backlog", "batch", "complete", "count", "done", "exists", "failed",
    "first", "limit", "ok", "pid", "port", "progress", "queued", "retry", "revision", "rows",
    "size", "total", "uid", "uidnext", "uidvalidity",
})
# fmt: on
#: Short text of the operator's own, and the config as the config room redacted it.
TEXT_KEYS: Final = frozenset({"folder", "folders", "path", "file", "zone"})
TREE_KEYS: Final = frozenset({"config"})

# A key that ends so is an id (one word) or a quantity (a number), whatever it starts with.
_WORD_ENDINGS = ("_id", "_ids", "_code", "_state", "_kind", "_at", "_version")
_NUMBER_ENDINGS = ("_count", "_seconds", "_ms", "_bytes", "_rows", "_minutes", "_hours", "_days")

#: Libraries that talk of the mail they handle or of nothing at length.
CAPPED_LOGGERS: Final = frozenset(
    {"imapclient", "aiosmtplib", "apscheduler", "alembic", "sqlalchemy", "langdetect"}
)

_ADDRESS = re.compile(r"[^\s@<>\"',;()\[\]{}=]+@[^\s@<>\"',;()\[\]{}=]+")
_EVENT = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_KEY = re.compile(r"[a-z_][a-z0-9_]{0,39}")
# Hosts, ids, versions, ISO instants, dotted rule names.
_WORD = re.compile(r"[\w.:/+*-]{1,80}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST_TEXT = 200
# As many ids as a person would read in one line.
_MOST_ITEMS = 50
# A chain of causes longer than this is a loop or a library's inner talk.
_MOST_CAUSES = 5
# Written by the processors below and by nobody else.
_OURS = frozenset({"event", "level", "timestamp", "error"})

WITHHELD: Final = "<withheld>"


def configure(format: str = "auto", level: str = "info", stream: TextIO | None = None) -> None:
    """Send structlog events and every library's log records to one stream, one line each.

    Args:
        format: ``json``, ``console``, or ``auto``: console on a terminal, JSON elsewhere.
        level: least level of the desk's own events: debug, info, warning, error. Other people's
            loggers never speak below warning.
        stream: standard error by default, so that a command's output stays clean.
    """
    import structlog

    stream = sys.stderr if stream is None else stream
    least = logging.getLevelNamesMapping()[level.upper()]
    render: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if format == "console" or (format == "auto" and stream.isatty()):
        render = structlog.dev.ConsoleRenderer(colors=stream.isatty())
    guards: list[Processor] = [brief_exception, only_allowed, render]
    common: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, _code_only, *common, *guards],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=guards,
        foreign_pre_chain=[_template_only, *common],
        pass_foreign_args=True,
        use_get_message=False,
    )
    _take_over_stdlib(formatter, stream, least)


class _QuietHandler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say nothing: the library would print the record with its arguments."""


def _take_over_stdlib(formatter: logging.Formatter, stream: TextIO, least: int) -> None:
    handler = _QuietHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(least, logging.WARNING))
    logging.getLogger("concierge").setLevel(least)
    for name in CAPPED_LOGGERS:
        logging.getLogger(name).setLevel(max(least, logging.WARNING))
    logging.captureWarnings(True)


def _code_only(_: Any, __: str, event: Event) -> Event:
    """Withhold an event that is no code: it may have been put together with a person's words."""
    name = event.get("event")
    if not (isinstance(name, str) and _EVENT.fullmatch(name)):
        event["event"] = WITHHELD
        event["where"] = _calling_line()
    return event


def _calling_line() -> str:
    frame = sys._getframe(1)
    while frame.f_back and {"structlog", "logs.py"} & {*PurePath(frame.f_code.co_filename).parts}:
        frame = frame.f_back
    return _place(frame.f_code.co_filename, frame.f_lineno)


def _template_only(_: Any, __: str, event: Event) -> Event:
    """A library's record without its arguments; text that had none may be filled in already."""
    record: logging.LogRecord = event["_record"]
    if not event.pop("positional_args", ()):
        event["event"] = WITHHELD
    event["event"] = _scrubbed(event["event"])
    event["logger"] = _scrubbed(record.name)
    event["where"] = _place(record.pathname, record.lineno)
    return event


def brief_exception(_: Any, __: str, event: Event) -> Event:
    """Replace an exception by the types and places of its chain; messages may quote a person."""
    found = event.pop("exc_info", None)
    for key in ("stack_info", "stack", "exception", "error"):
        event.pop(key, None)
    error = _error_of(found)
    if error is not None:
        event["error"] = brief(error)
    return event


def _error_of(found: object) -> BaseException | None:
    if isinstance(found, tuple) and len(found) == 3:
        found = found[1]
    if isinstance(found, BaseException):
        return found
    return sys.exc_info()[1] if found else None


def brief(error: BaseException) -> str:
    """Types and places of an exception and its causes: ``ValueError at mail/mime.py:12 <- ...``."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(parts) < _MOST_CAUSES:
        parts.append(f"{type(cause).__name__} at {_raised_at(cause.__traceback__)}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return " <- ".join(parts)


def _raised_at(traceback: TracebackType | None) -> str:
    if traceback is None:
        return "an unknown place"
    while traceback.tb_next:
        traceback = traceback.tb_next
    return _place(traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)


def _place(file: str, line: int) -> str:
    # Two parts tell the module; the rest may hold the name of whoever installed it.
    return f"{'/'.join(PurePath(file).parts[-2:])}:{line}"


def only_allowed(_: Any, __: str, event: Event) -> Event:
    """Keep allowed keys with values of their sort; name what was dropped."""
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    kept = {key: value for key, value in event.items() if key in _OURS}
    dropped = []
    for key in event.keys() - _OURS:
        guard = _guard(key)
        if guard is None:
            dropped.append(key if _KEY.fullmatch(key) else WITHHELD)
        else:
            kept[key] = guard(event[key])
    if dropped:
        kept["dropped_keys"] = sorted(dropped)
    return kept


def _guard(key: str) -> Callable[[Any], Any] | None:
    if key in NUMBER_KEYS or key.endswith(_NUMBER_ENDINGS):
        return _number
    if key in WORD_KEYS or key.endswith(_WORD_ENDINGS):
        return _word
    if key in TEXT_KEYS:
        return _text
    return _tree if key in TREE_KEYS else None


def _number(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value if value is None or isinstance(value, int | float) else WITHHELD


def _word(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_word(item) for item in list(value)[:_MOST_ITEMS]]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) and _WORD.fullmatch(value) else WITHHELD


def _text(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_text(item) for item in value[:_MOST_ITEMS]]
    return _scrubbed(str(value)) if isinstance(value, str | Path) else WITHHELD


def _tree(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tree(item) for item in value]
    return value if value is None or isinstance(value, int | float) else _text(value)


def _scrubbed(text: str) -> str:
    """Text on one line, shortened, with ``<address>`` for whatever looks like an address."""
    return _CONTROL.sub(" ", _ADDRESS.sub("<address>", text))[:_LONGEST_TEXT]
