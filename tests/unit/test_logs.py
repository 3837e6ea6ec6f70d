"""Nothing a person wrote reaches the logs, by whatever way it is tried."""

from __future__ import annotations

import io
import json
import logging
import threading
import warnings
from datetime import UTC, datetime, timedelta

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from concierge import logs
from concierge.worker import schedule

CANARY = "zephyrquartz"
WORDS = f"Dear friend, my {CANARY} hurts"
ADDRESS = "amina.k+help@musicians.example"


@pytest.fixture(autouse=True)
def as_before():
    root, ours = logging.getLogger(), logging.getLogger("concierge")
    before = (root.handlers[:], root.level, ours.level)
    yield
    logging.captureWarnings(False)
    structlog.reset_defaults()
    root.handlers[:], root.level, ours.level = before
    for name in logs.CAPPED_LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.fixture(params=["json", "console"])
def out(request):
    stream = io.StringIO()
    logs.configure(request.param, "debug", stream)
    return stream


@pytest.fixture
def lines():
    stream = io.StringIO()
    logs.configure("json", "info", stream)
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def raise_canary():
    try:
        int(WORDS)
    except ValueError as error:
        raise LookupError(f"cannot read {ADDRESS} {WORDS}") from error


def log_exception(log):
    try:
        raise_canary()
    except LookupError:
        log.exception("message_failed", message_id=3)


LEAKS = {
    "forbidden key": lambda log: log.info("stored", subject=WORDS, message_id=1),
    "forbidden word": lambda log: log.info("stored", body=CANARY),
    "words in a word key": lambda log: log.info("stored", state=WORDS),
    "words in an id": lambda log: log.info("stored", case_id=WORDS),
    "words in a number": lambda log: log.info("stored", count=CANARY),
    "words in a list": lambda log: log.info("stored", case_ids=[WORDS, {WORDS: 1}]),
    "a mapping": lambda log: log.info("stored", state={CANARY: CANARY}),
    "an object": lambda log: log.info("stored", state=ValueError(CANARY)),
    "bytes": lambda log: log.info("stored", folder=CANARY.encode()),
    "the event": lambda log: log.info(" ".join(("mail", WORDS))),
    "event arguments": lambda log: log.info("mail: %s", WORDS),
    "an event object": lambda log: log.info(ValueError(CANARY)),
    "a reserved key": lambda log: log.info("stored", where=WORDS, logger=WORDS, error=WORDS),
    "dropped_keys": lambda log: log.info("stored", dropped_keys=[CANARY]),
    "a key's name": lambda log: log.info("stored", **{WORDS: 1}),
    "context": lambda log: log.bind(sender=CANARY).warning("stored"),
    "exception": log_exception,
    "exc_info": lambda log: log.error("failed", exc_info=ValueError(WORDS)),
    "stack": lambda log: log.info("stored", stack_info=True, stack=CANARY),
    "an address in a folder": lambda log: log.info("stored", folder=f"INBOX/{CANARY}@a.example"),
    "an address as a word": lambda log: log.info("stored", host=f"{CANARY}@a.example"),
    "an address in the config": lambda log: log.info(
        "config", config={"a": [f"<{CANARY}@a.example>"]}
    ),
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_it_never_writes_a_person_s_words_by_structlog(leak, out):
    leak(structlog.get_logger())
    assert out.getvalue().count("\n") == 1
    assert CANARY not in out.getvalue()


def log_stdlib_exception(log):
    try:
        raise_canary()
    except LookupError:
        log.exception("failed")


STDLIB_LEAKS = {
    "arguments": lambda log: log.error("mail from %s: %s", ADDRESS, WORDS),
    "a mapping": lambda log: log.error("mail %(words)s", {"words": WORDS}),
    "filled in already": lambda log: log.error(" ".join(("mail", WORDS))),
    "an object": lambda log: log.error(ValueError(WORDS)),
    "an address in the template": lambda log: log.error("@".join((CANARY, "a.example: %s")), 1),
    "extra": lambda log: log.error("mail %d", 1, extra={"subject": WORDS}),
    "exception": log_stdlib_exception,
    "stack": lambda log: log.error("mail %d", 1, stack_info=True),
}


@pytest.mark.parametrize("name", ["imapclient.imaplib", "concierge.mail", "somebody.else"])
@pytest.mark.parametrize("leak", STDLIB_LEAKS.values(), ids=STDLIB_LEAKS)
def test_it_never_writes_a_person_s_words_by_stdlib_loggers(leak, name, out, capfd):
    leak(logging.getLogger(name))
    assert out.getvalue().count("\n") == 1
    assert CANARY not in out.getvalue()
    assert ADDRESS not in out.getvalue()
    assert CANARY not in "".join(capfd.readouterr())


def test_it_never_writes_the_words_of_a_warning(out):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logs.configure("json", "info", out)
        warnings.warn(WORDS, stacklevel=1)
    assert "py.warnings" in out.getvalue()
    assert CANARY not in out.getvalue()


def test_it_writes_ids_counts_codes_and_names_what_it_dropped(lines):
    structlog.get_logger().info(
        "message_stored", message_id=3, poll_seconds=timedelta(seconds=2), due_at=datetime(
            2026, 1, 2, tzinfo=UTC), folder="INBOX/Küche", host="mail.example.org", port=993,
        case_ids=[1, 2], subject="x", sender=ADDRESS,
    )  # fmt: skip
    (line,) = lines()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "message_stored", "level": "info", "message_id": 3, "poll_seconds": 2.0,
        "due_at": "2026-01-02T00:00:00+00:00", "folder": "INBOX/Küche", "port": 993,
        "host": "mail.example.org", "case_ids": [1, 2], "dropped_keys": ["sender", "subject"],
    }  # fmt: skip


def test_it_writes_the_config_at_start_without_addresses(lines):
    config = {"mailbox": {"port": 993, "idle": True, "addresses": [ADDRESS], "ca_file": None}}
    structlog.get_logger().info("config_loaded", config=config)
    (line,) = lines()
    assert line["config"] == {
        "mailbox": {"port": 993, "idle": True, "addresses": ["<address>"], "ca_file": None}
    }


def test_it_tells_an_exception_by_type_and_place_only(lines):
    log_exception(structlog.get_logger())
    (line,) = lines()
    first, second = line["error"].split(" <- ")
    assert first.startswith("LookupError at unit/test_logs.py:")
    assert second.startswith("ValueError at unit/test_logs.py:")


def test_it_says_where_an_event_came_from_that_is_no_code(lines):
    structlog.get_logger().info("Hello Amina")
    (line,) = lines()
    assert line["event"] == logs.WITHHELD
    assert line["where"].startswith("unit/test_logs.py:")


def test_it_keeps_the_template_of_a_library_s_record(lines):
    logging.getLogger("apscheduler.executors").warning("Job %s missed", WORDS)
    (line,) = lines()
    assert (line["event"], line["logger"]) == ("Job %s missed", "apscheduler.executors")
    assert line["level"] == "warning"


@pytest.mark.parametrize("name", [*sorted(logs.CAPPED_LOGGERS), "unheard.of"])
def test_it_caps_other_people_s_loggers_at_warning(name):
    stream = io.StringIO()
    logs.configure("json", "debug", stream)
    logging.getLogger(name).info("chatter %s", 1)
    assert not stream.getvalue()
    logging.getLogger(name).warning("serious %s", 1)
    assert "serious %s" in stream.getvalue()


def test_it_obeys_the_level():
    stream = io.StringIO()
    logs.configure("json", "error", stream)
    structlog.get_logger().warning("minor")
    logging.getLogger("concierge.x").warning("minor %s", 1)
    logging.getLogger("alembic").warning("minor %s", 1)
    assert not stream.getvalue()


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_it_writes_json_unless_on_a_terminal():
    pipe, terminal = io.StringIO(), Terminal()
    for stream in (pipe, terminal):
        logs.configure("auto", "info", stream)
        structlog.get_logger().info("started", version="1")
    assert json.loads(pipe.getvalue())["event"] == "started"
    assert "\x1b[" in terminal.getvalue()


def test_it_writes_once_after_being_configured_twice(lines):
    stream = io.StringIO()
    logs.configure("json", "info", stream)
    logs.configure("json", "info", stream)
    logging.getLogger("concierge").warning("x %s", 1)
    assert stream.getvalue().count("\n") == 1


@given(st.dictionaries(st.text(max_size=30), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)))  # fmt: skip
def test_it_takes_any_key_and_value_and_writes_one_line(keys):
    event = logs.only_allowed(None, "info", {"event": "x", **keys, "folder": str(keys)})
    written = json.dumps(event, default=repr)
    assert "\n" not in written
    assert set(event) <= {*keys, "event", "folder", "dropped_keys"}


def test_it_says_nothing_of_the_words_on_which_a_thread_died(out, monkeypatch, capsys):
    def die():
        raise ValueError(f"{WORDS} {ADDRESS}")

    # Python's own way prints the error with its words.
    monkeypatch.setattr(threading, "excepthook", schedule.thread_failed)
    thread = threading.Thread(target=die, name="idle-watcher")
    thread.start()
    thread.join()
    printed = out.getvalue() + capsys.readouterr().err
    assert CANARY not in printed
    assert ADDRESS not in printed
    assert "thread_failed" in printed
    assert "ValueError at" in printed
