"""The option table: every section and key of config.toml, once.

The loader, the explained config.toml, docs/configuration.md and the redacted dump all read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from concierge.config import checks as c
from concierge.config import values as v
from concierge.config.checks import Between, Check
from concierge.config.route_options import ROUTES, route_rows
from concierge.config.values import ValueType, choice
from concierge.domain.findings import Route


class _Required:
    """The default of an option that has none."""


REQUIRED: Final = _Required()

#: Every section with what it is about, in the order of the explained file.
SECTIONS: Final[dict[str, str]] = {
    "charity": "Who you are.",
    "mailbox": "The mailbox the desk reads (IMAP).",
    "outgoing": "The server that approved replies leave by (SMTP submission).",
    "store": "Where the desk keeps its database.",
    "secrets": "The key that protects what requesters wrote.",
    "directory": "The directory of resources that replies draw on.",
    "templates": "The replies' texts, one folder a language.",
    "rules": "The word lists the rules read.",
    "staff": "The people who may read and answer; one [[staff]] block each.",
    "office": "When the office answers, in local time. An empty list is a closed day, and a range "
    'may run past midnight: ["09:00-12:30", "22:00-06:00"].',
    "promises.emergency": "A life may be in danger. Counted around the clock.",
    "promises.high": "Should not wait for tomorrow. Counted around the clock.",
    "promises.concern": "Somebody is struggling. Counted in open office time.",
    "promises.routine": "Everything else. Counted in open office time.",
    **{f"routes.{route}": about for route, about in ROUTES.items()},
    "report": "The supervisor's report of the day.",
    "worker": "The pace of the background work.",
    "cases": "How long a case stays as it is, and what a storm of mail may cost.",
    "logs": "What the desk writes about itself: ids and counts, never a person's words.",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the config.

    ``default`` is a raw TOML value, read and checked like the operator's own; an empty default
    that stands for something else is explained in ``otherwise``. ``secret`` options never stand
    in the file: their value comes from a file or an environment variable.
    """

    section: str
    key: str
    type: ValueType
    default: Any
    meaning: str
    check: Check | None = None
    example: Any = None
    otherwise: str = ""
    secret: bool = False

    @property
    def required(self) -> bool:
        """Whether the operator has to set it."""
        return self.default is REQUIRED


_TLS = choice("implicit", "starttls", "plaintext")
_TLS_MEANING = "How the connection is encrypted; plaintext only to this very machine."
_CA_FILE = ("ca_file", v.OPTIONAL_PATH, "", "A file of certificate authorities to trust instead of "
            "the system's.", c.existing_file, "ca.pem", "the system's authorities")  # fmt: skip
_FILE = "A file that holds the password alone, not readable by others on the machine."
_VARIABLE = "The environment variable that may hold the password instead of the file."
_SECRET = "The password itself: from password_file or from the environment, exactly one."  # noqa: S105
_KEY = "The key itself: from key_file or from the variable CONCIERGE_KEY, exactly one."
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A charity's office week. The hours are a place to start from, not a finding.
_WEEKDAY, _WEEKEND = ["09:00-17:00"], list[str]()
_PROMISES = {
    "emergency": ("30m", "30m", "72h"),
    "high": ("2h", "2h", "120h"),
    "concern": ("8h", "8h", "40h"),
    "routine": ("16h", "16h", "80h"),
}


def _section(section: str, *rows: tuple[Any, ...] | dict[str, Any]) -> tuple[Option, ...]:
    return tuple(
        Option(section, **row) if isinstance(row, dict) else Option(section, *row) for row in rows
    )


def _secret(key: str, meaning: str) -> dict[str, Any]:
    return {"key": key, "type": v.SECRET, "default": None, "meaning": meaning, "secret": True}


# fmt: off
OPTIONS: Final[tuple[Option, ...]] = (
    *_section(
        "charity",
        ("name", v.TEXT, REQUIRED, "The charity's name, as requesters know it.",
         c.one_line, "Backline Care"),
        ("signature", v.TEXT, "", "A line above the charity's name under every reply.",
         c.one_line_or_empty, "Amina and Bo", "replies end with the name alone"),
    ),
    *_section(
        "mailbox",
        ("host", v.TEXT, REQUIRED, "The IMAP server.", c.host, "imap.example.org"),
        ("port", v.INTEGER, 993, "Its port: 993 for implicit TLS, 143 for STARTTLS.", c.PORT),
        ("tls", _TLS, "implicit", _TLS_MEANING),
        ("username", v.TEXT, REQUIRED, "The login name.", c.one_line, "help@example.org"),
        ("password_file", v.OPTIONAL_PATH, "", _FILE,
         None, "secrets/mailbox.password", "the variable is read"),
        ("password_env", v.TEXT, "CONCIERGE_MAILBOX_PASSWORD", _VARIABLE, c.variable_name),
        _secret("password", _SECRET),
        ("folders", v.TEXTS, ["INBOX"], "The folders to read.", c.some),
        ("addresses", v.ADDRESSES, REQUIRED,
         "Every address of yours that delivers here; mail from them is never answered.",
         c.some, ["help@example.org"]),
        ("authserv_ids", v.TEXTS, [],
         "The names your own mail server signs its Authentication-Results with; only those are "
         "believed, so your server must remove them from mail that comes in.",
         c.some_or_none, ["mx.example.org"], "nobody is believed"),
        ("after", choice("move", "flag", "leave"), "move",
         "What is done with a mail on the server once it is stored: moved, marked read, nothing."),
        ("handled_folder", v.TEXT, "Handled", "Where mail for staff is moved to.", c.one_line),
        ("parked_folder", v.TEXT, "Parked",
         "Where mail that is not for staff is moved to, such as bounces or bulk mail.", c.one_line),
        ("size_limit_mb", v.INTEGER, 10,
         "A larger mail is fetched as headers and text only, in megabytes.", Between(1, 100)),
        ("poll_seconds", v.INTEGER, 60, "How often the mailbox is looked at.", Between(5, 3600)),
        ("idle", v.SWITCH, True, "Whether the server may announce new mail between polls (IDLE)."),
        _CA_FILE,
        ("connect_timeout_seconds", v.INTEGER, 10, "How long to wait for a connection.",
         Between(1, 120)),
        ("read_timeout_seconds", v.INTEGER, 30, "How long to wait for an answer.", Between(5, 600)),
    ),
    *_section(
        "outgoing",
        ("host", v.TEXT, REQUIRED, "The SMTP submission server.", c.host, "smtp.example.org"),
        ("port", v.INTEGER, 465, "Its port: 465 for implicit TLS, 587 for STARTTLS.", c.PORT),
        ("tls", _TLS, "implicit", _TLS_MEANING),
        ("username", v.TEXT, "", "The login name.",
         c.one_line_or_empty, "help@example.org", "no login"),
        ("password_file", v.OPTIONAL_PATH, "", _FILE,
         None, "secrets/outgoing.password", "the variable is read"),
        ("password_env", v.TEXT, "CONCIERGE_OUTGOING_PASSWORD", _VARIABLE, c.variable_name),
        _secret("password", _SECRET + " Only read when there is a username."),
        ("from_address", v.ADDRESS, REQUIRED,
         "The address replies come from; one of the mailbox's addresses.",
         None, "help@example.org"),
        ("from_name", v.TEXT, "", "The name replies come from.",
         c.one_line_or_empty, "Backline Care", "the charity's name"),
        ("sent_copy", choice("auto", "append", "off"), "auto",
         "Whether the desk files a copy of sent mail: auto looks whether the server did."),
        ("sent_folder", v.TEXT, "Sent", "The folder for that copy.", c.one_line),
        ("reply_to_plus", v.SWITCH, False,
         "Whether answers are asked to help+token@...; your server must deliver such addresses."),
        ("return_path_plus", v.SWITCH, False,
         "Whether bounces are asked to help+token@...; your relay must let such senders pass."),
        ("give_up_after_hours", v.INTEGER, 48,
         "After how long a mail that the server keeps deferring is put before staff.",
         Between(1, 240)),
        ("retry_seconds", v.INTEGER, 30,
         "Before the first new attempt after a deferral; doubles each time, up to 30 minutes.",
         Between(1, 1800)),
        ("lease_seconds", v.INTEGER, 900,
         "How long one worker may hold a mail it is sending before others take it as lost.",
         Between(60, 86400)),
        _CA_FILE,
    ),
    *_section(
        "store",
        ("path", v.PATH, "concierge.db", "The database file.", c.not_a_folder),
        ("backup_folder", v.PATH, "backups", "Where backups go.", c.not_a_file),
    ),
    *_section(
        "secrets",
        ("key_file", v.PATH, "secrets/desk.key",
         "A file with at least 32 random bytes, not readable by others; keep a copy elsewhere."),
        _secret("key", _KEY),
    ),
    Option("directory", "path", v.PATH, "data/resources.csv", "The table itself.", c.shipped_file),
    Option("templates", "path", v.PATH, "templates", "The folder itself.", c.shipped_folder),
    Option("rules", "path", v.PATH, "data", "The folder itself.", c.shipped_folder),
    *_section(
        "staff",
        ("name", v.TEXT, REQUIRED, "The name approvals are signed with.", c.staff_name, "Bo"),
        ("system_user", v.TEXT, "", "The login on this machine that is this person.",
         c.one_line_or_empty, "bo", "no login is tied to them"),
        ("role", choice("staff", "supervisor", "operator"), "staff",
         "What they may do: answer, also supervise and erase, or run the machine."),
        ("email", v.OPTIONAL_ADDRESS, "", "Where reports and alarms reach them.",
         None, "bo@example.org", "they get no mail"),
    ),
    *_section(
        "office",
        ("timezone", v.ZONE, "UTC", "The time zone of the hours below.", None, "Europe/Prague"),
        *((day, v.RANGES, _WEEKDAY if day in _DAYS[:5] else _WEEKEND,
           f"Open on {day.capitalize()}.") for day in _DAYS),
        ("closed_on", v.DATES, [], "Days the office is closed, whatever the weekday.",
         None, ["2026-12-24", "2026-12-25"], "no such day"),
    ),
    *(option for urgency, (first, following, resolved) in _PROMISES.items() for option in _section(
        f"promises.{urgency}",
        ("first_response", v.DURATION, first, "Until the first reply."),
        ("next_response", v.DURATION, following, "Until every later reply."),
        ("resolution", v.DURATION, resolved, "Until the case is resolved."),
    )),
    *(option for route in Route for option in _section(f"routes.{route}", *route_rows(route))),
    *_section(
        "report",
        ("send_at", v.CLOCK_TIME, "07:30", "When it is sent.", c.not_in_the_small_hours),
        ("timezone", v.OPTIONAL_ZONE, "", "The time zone of that hour.",
         None, "Europe/Prague", "the office's time zone"),
        ("mail_to", v.ADDRESSES, [], "Who gets it.",
         c.some_or_none, ["carla@example.org"], "every supervisor who has an email"),
    ),
    *_section(
        "worker",
        ("dispatch_seconds", v.INTEGER, 5, "How often approved mail is sent.", Between(1, 300)),
        ("sweep_seconds", v.INTEGER, 60, "How often clocks are looked at.", Between(5, 600)),
        ("process_batch", v.INTEGER, 50, "How many messages are worked through at a time.",
         Between(1, 1000)),
        ("max_attempts", v.INTEGER, 3,
         "After how many failed attempts a message is set aside for a person.", Between(1, 10)),
    ),
    *_section(
        "cases",
        ("reopen_days", v.INTEGER, 30,
         "An answer within this many days reopens a closed case; later it starts a new one.",
         Between(0, 3650)),
        ("claim_minutes", v.INTEGER, 30,
         "How long a case stays with the person who took it without doing anything.",
         Between(1, 1440)),
        ("flood_hours", v.INTEGER, 24,
         "How far back mail is compared to see floods of the same; 0 compares none.",
         Between(0, 168)),
        ("drafts_an_hour", v.INTEGER, 120,
         "Beyond this many drafts an hour only urgent cases get one; 0 sets no bound.",
         Between(0, 100_000)),
    ),
    *_section(
        "logs",
        ("format", choice("auto", "json", "console"), "auto",
         "How lines look: auto gives console on a terminal and JSON elsewhere."),
        ("level", choice("debug", "info", "warning", "error"), "info", "The least level written."),
    ),
)
# fmt: on


def options_of(section: str) -> tuple[Option, ...]:
    """The options of one section, in the order of the table."""
    return tuple(option for option in OPTIONS if option.section == section)
