"""What a row of an evaluation file says is right, and what is wrong with a row that says nothing.

The keys are explained in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from concierge.desk.evaluation import NONE, Case, language_code
from concierge.domain.message import ParsedMessage

#: People write the country's usual letters; the code is another.
_COUNTRY_ALIAS = {"UK": "GB", "EL": "GR"}
#: Keys that hold text or nothing.
_TEXTS = (
    "subject", "from", "date", "content_language", "bucket", "cat", "variant",
)  # fmt: skip
_VARIANTS = {"hans": "Hans", "hant": "Hant"}


class FaultyRow(ValueError):
    """A row cannot be used; the sentence says what would be right."""


def language_case(row: Mapping[str, Any], line: int) -> Case:
    """A row about language; its message is still to be read.

    A row about a country serves as well: its text is the ``body``, and what it accepts are
    countries.

    Raises:
        FaultyRow: a key is missing or of another type.
    """
    _check_texts(row, _written(row))
    lang = row.get("lang")
    if (lang is not None and not isinstance(lang, str)) or "lang" not in row:
        raise FaultyRow('"lang" is missing or no text; write a code such as "de", or "und".')
    code = language_code(lang or "")
    accepted = _accepted(row) if "text" in row else ()
    wanted = (code, *(language_code(one) for one in accepted))
    bare = _bare(row, line, code, wanted)
    # A row may name the way of writing within its code alone.
    said = str(row.get("variant") or (lang or "").replace("_", "-").partition("-")[2]).lower()
    return replace(bare, variant=_VARIANTS.get(said, "") if code == "zh" else "")


def _written(row: Mapping[str, Any]) -> tuple[str, ...]:
    return ("body",) if "body" in row and "text" not in row else ("text",)


def country_case(row: Mapping[str, Any], line: int) -> Case:
    """A row about where somebody is; its message is still to be read.

    Raises:
        FaultyRow: a key is missing or of another type.
    """
    _check_texts(row, ("body",) if "body" in row or "text" not in row else ("text",))
    if "country" not in row:
        raise FaultyRow('"country" is missing; write a code such as "DE", or null for none.')
    wanted = (_country(row["country"], "country"), *_countries(row))
    bare = _bare(row, line, language_code(str(row.get("lang") or "")), wanted)
    if "home" not in row:
        return bare
    # What is as right for the present need not be right for the home.
    return replace(bare, wanted_home=(_country(row["home"], "home"),))


def body_of(row: Mapping[str, Any]) -> str:
    """The text a person wrote, under either of its names."""
    return str(row.get("body") or row.get("text") or "")


def received_of(row: Mapping[str, Any]) -> list[Any]:
    """The Received headers, newest first: a row has one, or a list as a mail does."""
    found = row.get("received") or []
    return found if isinstance(found, list) else [found]


def _bare(row: Mapping[str, Any], line: int, language: str, wanted: tuple[str, ...]) -> Case:
    bucket = str(row.get("bucket") or row.get("cat") or "all")
    identity = row.get("id")
    name = str(identity) if isinstance(identity, str | int) and identity != "" else f"line {line}"
    return Case(name, line, bucket, language, ParsedMessage(), wanted)


def _check_texts(row: Mapping[str, Any], needed: tuple[str, ...]) -> None:
    for key in needed:
        if not isinstance(row.get(key), str):
            raise FaultyRow(f'"{key}" is missing or no text; it holds what the person wrote.')
    for key in _TEXTS:
        if not isinstance(row.get(key), str | None):
            raise FaultyRow(f'"{key}" is no text; leave it out or write it in quotes.')
    if not all(isinstance(one, str) for one in received_of(row)):
        raise FaultyRow('"received" is no text and no list of texts; the newest comes first.')


def _accepted(row: Mapping[str, Any]) -> list[str]:
    accept = row.get("accept") or []
    if not isinstance(accept, list) or not all(isinstance(one, str) for one in accept):
        raise FaultyRow('"accept" is no list of codes; write it as ["id", "ms"].')
    return accept


def _countries(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_country(one, "accept") for one in _accepted(row))


def _country(value: object, key: str) -> str:
    if value is None or value == "":
        return NONE
    code = str(value).strip().upper()
    if code == NONE.upper():
        return NONE
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise FaultyRow(f'"{key}" is no country code; write two letters such as "DE", or null.')
    return _COUNTRY_ALIAS.get(code, code)
