"""Rules that hold between values: each yields the faults it finds among what could be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from concierge.config.checks import is_loopback
from concierge.config.faults import Fault
from concierge.config.reading import Values
from concierge.config.values import Range, quoted, shown

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A promise that takes longer than a year of office weeks is a slip of the pen, and far below
# the horizon the domain searches for open time.
_MOST_WEEKS = 52


def disagreements(values: Values) -> Iterator[Fault]:
    """Every fault between values; a rule is silent about values that could not be read."""
    for rule in _RULES:
        yield from rule(values)


def _plaintext_stays_here(values: Values) -> Iterator[Fault]:
    for section in ("mailbox", "outgoing"):
        block = _block(values, section)
        name = block.get("host")
        if block.get("tls") == "plaintext" and name is not None and not is_loopback(name):
            yield Fault(
                (section, "tls"),
                f'"plaintext" would send passwords and mail readable to {name}; '
                '"implicit" or "starttls" is right for any other machine',
            )


def _a_password_has_a_login(values: Values) -> Iterator[Fault]:
    block = _block(values, "outgoing")
    if block.get("password_file") and block.get("username") == "":
        yield Fault(
            ("outgoing", "password_file"),
            "there is a password but no username; set username, or take this line out",
        )


def _from_address_is_ours(values: Values) -> Iterator[Fault]:
    sender = _block(values, "outgoing").get("from_address")
    ours = _block(values, "mailbox").get("addresses")
    if sender and ours and sender.casefold() not in {address.casefold() for address in ours}:
        yield Fault(
            ("outgoing", "from_address"),
            f"{quoted(sender)} is not one of ours, so answers would be lost; "
            "add it to [mailbox] addresses or take one from there",
        )


def _moved_mail_is_not_read_again(values: Values) -> Iterator[Fault]:
    block = _block(values, "mailbox")
    read = {folder.casefold() for folder in block.get("folders", ())}
    for key in ("handled_folder", "parked_folder"):
        if block.get("after") == "move" and block.get(key, "").casefold() in read:
            yield Fault(
                ("mailbox", key),
                f"{quoted(block[key])} is also in folders, so mail would be read again for ever; "
                "name another folder",
            )


def _staff_are_distinct(values: Values) -> Iterator[Fault]:
    for key, what in (("name", "name"), ("system_user", "login")):
        seen: set[str] = set()
        for number, block in enumerate(values["staff"]):
            entry = block.get(key, "").strip().casefold()
            if entry and entry in seen:
                yield Fault(
                    ("staff", number, key),
                    f"{quoted(block[key])} is there twice; every person has a {what} of their own",
                )
            seen.add(entry)


def _routes_go_to_somebody(values: Values) -> Iterator[Fault]:
    names = {block.get("name", "").strip().casefold() for block in values["staff"]}
    for section in values:
        for one in _block(values, section).get("who", ()) if section.startswith("routes.") else ():
            if "@" not in one and one.strip().casefold() not in names:
                yield Fault(
                    (*section.split("."), "who"),
                    f"{quoted(one)} is nobody of the staff; name a person of a [[staff]] block, or "
                    "a team's mail address",
                )


def _the_office_opens(values: Values) -> Iterator[Fault]:
    block = _block(values, "office")
    if all(day in block for day in _DAYS) and not any(block[day] for day in _DAYS):
        yield Fault(
            ("office",),
            'there is no open hour in the whole week; open a day, such as monday = ["09:00-17:00"]',
        )


def _first_response_comes_first(values: Values) -> Iterator[Fault]:
    for section, block in _promises(values):
        for key in ("first_response", "next_response"):
            if _both(block, key) and block[key] > block["resolution"]:
                yield Fault(
                    (*section.split("."), key),
                    f"{shown(block[key])} is longer than resolution {shown(block['resolution'])}; "
                    "a reply comes before the end",
                )


def _promises_can_be_kept(values: Values) -> Iterator[Fault]:
    weekly = _open_minutes(_block(values, "office"))
    for section, block in _promises(values):
        # The urgent two are counted around the clock.
        if not weekly or section.endswith((".emergency", ".high")) or "resolution" not in block:
            continue
        weeks = block["resolution"] / timedelta(minutes=weekly)
        if weeks > _MOST_WEEKS:
            yield Fault(
                (*section.split("."), "resolution"),
                f"{shown(block['resolution'])} of open time would take more than a year with these "
                "office hours; promise less or open longer",
            )


def _block(values: Values, section: str) -> dict[str, Any]:
    return values[section][0] if values[section] else {}


def _promises(values: Values) -> Iterator[tuple[str, dict[str, Any]]]:
    return (
        (section, _block(values, section)) for section in values if section.startswith("promises.")
    )


def _both(block: dict[str, Any], key: str) -> bool:
    return key in block and "resolution" in block


def _open_minutes(office: dict[str, Any]) -> int:
    return sum(_minutes(each) for day in _DAYS for each in office.get(day, ()))


def _minutes(each: Range) -> int:
    opens, closes = each
    length = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    return length if length > 0 else length + 24 * 60


_RULES: tuple[Callable[[Values], Iterator[Fault]], ...] = (
    _plaintext_stays_here,
    _a_password_has_a_login,
    _from_address_is_ours,
    _moved_mail_is_not_read_again,
    _staff_are_distinct,
    _routes_go_to_somebody,
    _the_office_opens,
    _first_response_comes_first,
    _promises_can_be_kept,
)
