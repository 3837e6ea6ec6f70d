"""What may be wrong with a row of the directory, each check with its remedy.

The rules follow the upkeep practice of 211 services and of Find A Helpline, and the ways lists
were seen to go wrong: cut numbers, part-time lines shown as open day and night, short codes put
into an international form nobody can dial.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from concierge.domain.resource import ResourceKind

# ISO 3166-1 alpha-2 as of the time-zone database's iso3166.tab, plus XK, which the ISO leaves to
# users and everybody uses for Kosovo, plus INTL for what serves any country.
_COUNTRIES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ
    EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY
    KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM
    ZW XK INTL
"""
COUNTRIES = frozenset(_COUNTRIES.split())
# ISO 639-1: the two-letter codes; a line's languages are told no finer than that.
_LANGUAGES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
    li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
    os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
    te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
LANGUAGES = frozenset(_LANGUAGES.split())
_AUDIENCES = """
    general music crew youth women family parents lgbtq deaf indigenous veterans seniors faith
"""
AUDIENCES = frozenset(_AUDIENCES.split())
CONFIDENCES = frozenset({"high", "medium", "low"})
# Who needs help now must find a way to reach somebody in the row.
REACHABLE_KINDS = frozenset({ResourceKind.EMERGENCY.value, ResourceKind.CRISIS_LINE.value})
# A number as people print it: digits, spaces and the usual marks, `*` and `#` for star codes.
_NUMBER = re.compile(r"[+*#(]?\+?[0-9*#][0-9 ()\-./*#]*")
# An opening time in `hours`, such as 09:00 or 9-17, says that the line also closes.
_CLOSING = re.compile(r"\d{1,2}[:.]\d{2}\s*[-–]|\b\d{1,2}\s*[-–]\s*\d{1,2}\b")
_LIST_OF_SLUGS = re.compile(r"[a-z_]+(;[a-z_]+)*")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file: its first line and its cells by column name."""

    line: int
    cells: dict[str, str]

    def list(self, column: str) -> tuple[str, ...]:
        """A cell's ``;``-separated values, without surrounding space."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, and what would be right."""

    line: int
    column: str
    text: str


Check = Callable[[Row, date], Iterator[Fault]]


def _one_of(column: str, allowed: frozenset[str], remedy: str) -> Check:
    def check(row: Row, _today: date) -> Iterator[Fault]:
        if row.cells[column] not in allowed:
            yield Fault(row.line, column, f"{column} is {row.cells[column]!r}; {remedy}")

    return check


def _each_of(column: str, allowed: frozenset[str], remedy: str) -> Check:
    def check(row: Row, _today: date) -> Iterator[Fault]:
        for value in row.list(column):
            if value not in allowed:
                yield Fault(row.line, column, f"{column} holds {value!r}; {remedy}")

    return check


def _numbers(column: str) -> Check:
    def check(row: Row, _today: date) -> Iterator[Fault]:
        # Only emergency numbers may be as short as two digits (17, 18 ...).
        least = 2 if row.cells["kind"] == ResourceKind.EMERGENCY else 3
        for number in row.list(column):
            if wrong := _number_fault(number, least):
                yield Fault(row.line, column, f"{column} holds {number!r}, {wrong}")

    return check


def _number_fault(number: str, least: int) -> str:
    if number.count("(") != number.count(")"):
        return "a bracket is left open; write the whole number as published"
    if not _NUMBER.fullmatch(number):
        return "not a number; digits as published, keywords and options belong in notes"
    digits = sum(ch.isdigit() for ch in number)
    if digits < least or re.sub(r"\D", "", number) == "0800":
        return "which looks cut off; write the whole number as published"
    return ""


def _identity(row: Row, _today: date) -> Iterator[Fault]:
    if not _ID.fullmatch(row.cells["id"]):
        yield Fault(row.line, "id", "id is empty or odd; use small letters, digits and hyphens")
    if not row.cells["name"].strip():
        yield Fault(row.line, "name", "name is empty; give the name the service itself uses")


def _topics(row: Row, _today: date) -> Iterator[Fault]:
    if row.cells["topics"] and not _LIST_OF_SLUGS.fullmatch(row.cells["topics"]):
        yield Fault(
            row.line, "topics", "topics are not words with ';' between; write anxiety;grief"
        )


def _contact(row: Row, _today: date) -> Iterator[Fault]:
    ways = ("phone", "sms", "whatsapp", "chat_url")
    if row.cells["kind"] in REACHABLE_KINDS and not any(row.cells[way] for way in ways):
        yield Fault(
            row.line,
            "phone",
            f"a {row.cells['kind']} row nobody can reach; give phone, sms, whatsapp or chat_url,"
            " or set active to paused",
        )
    if any(row.cells[way] for way in ways) and not row.cells["languages"]:
        yield Fault(row.line, "languages", "languages is empty; name what the line speaks")


def _hours(row: Row, _today: date) -> Iterator[Fault]:
    if row.cells["open_24_7"] == "yes" and _CLOSING.search(row.cells["hours"]):
        yield Fault(
            row.line, "open_24_7", "open_24_7 is yes while hours names closing times; write no"
        )


def _replacement(row: Row, _today: date) -> Iterator[Fault]:
    if row.cells["replaced_by"] and row.cells["active"] == "yes":
        yield Fault(row.line, "active", "an active row says it was replaced; set active to no")


def _priority(row: Row, _today: date) -> Iterator[Fault]:
    value = row.cells["priority"]
    if value and not (value.isascii() and value.isdigit() and 1 <= int(value) <= 9):
        yield Fault(row.line, "priority", f"priority is {value!r}; write 1 to 9 or leave it empty")


def _verification(row: Row, today: date) -> Iterator[Fault]:
    value = row.cells["verified_on"]
    if not value:
        return
    try:
        checked = date.fromisoformat(value)
    except ValueError:
        yield Fault(row.line, "verified_on", f"verified_on is {value!r}; write 2026-05-31")
        return
    # A day's grace: a curator east of Greenwich may already be in tomorrow.
    if checked > today + timedelta(days=1):
        yield Fault(row.line, "verified_on", "verified_on is in the future; write the day it was")
    if not row.cells["verified_by"].strip():
        yield Fault(row.line, "verified_by", "verified_on without verified_by; add initials")


def _cell_texts(row: Row, _today: date) -> Iterator[Fault]:
    for column, value in row.cells.items():
        if value[:1] in {"=", "@", "\t", "\r"}:
            yield Fault(
                row.line, column, "the cell starts like a spreadsheet formula; drop the first sign"
            )
        if any(unicodedata.category(ch) in {"Cc", "Cf", "Cs"} for ch in value):
            yield Fault(row.line, column, "the cell holds an invisible character; type it anew")


CHECKS: tuple[Check, ...] = (
    _identity,
    _one_of("kind", frozenset(ResourceKind), "one of " + ", ".join(ResourceKind)),
    _one_of("country", COUNTRIES, "an ISO 3166-1 alpha-2 code in capitals (GB, not UK) or INTL"),
    _each_of("languages", LANGUAGES, "ISO 639-1 codes with ';' between, such as en;es"),
    _each_of("audience", AUDIENCES, "one of " + ", ".join(sorted(AUDIENCES))),
    _topics,
    _numbers("phone"),
    _numbers("sms"),
    _numbers("whatsapp"),
    _contact,
    _hours,
    _one_of("open_24_7", frozenset({"yes", "no", "unknown"}), "write yes, no or unknown"),
    _one_of("remote", frozenset({"", "yes", "no"}), "write yes, no or leave it empty"),
    _one_of("active", frozenset({"yes", "no", "paused"}), "write yes, no or paused"),
    _one_of("confidence", CONFIDENCES, "write high, medium or low"),
    _priority,
    _replacement,
    _verification,
    _cell_texts,
)
"""Every check of a single row; each makes an error."""
