"""The rulebook from its files, and one that follows their changes and keeps the last good one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar, cast

from concierge.desk.triage import Rulebook
from concierge.errors import FaultyInput
from concierge.rules.about_words import parse_about
from concierge.rules.door_words import parse_doors
from concierge.rules.drafting import parse_templates
from concierge.rules.match_offered import ids_of
from concierge.rules.matching import index
from concierge.rules.needs import parse_needs
from concierge.rules.phrases import parse_topics
from concierge.rules.second_opinion import SecondOpinion, parse_second_opinion
from concierge.store.atlas import read_atlas, read_through
from concierge.store.directory import load_directory
from concierge.store.lexicon_files import read_lexicon
from concierge.store.rule_files import read_text
from concierge.store.rulebook_files import (
    ABOUT,
    DOORS,
    LEXICON,
    NEEDS,
    SECOND_OPINION,
    TOPICS,
    RulebookFiles,
)
from concierge.store.templates import read_templates

T = TypeVar("T")

#: Seconds between two looks at the files' times; staff who save a row see it within this.
LOOK_EVERY = 5.0


def read_rulebook(files: RulebookFiles) -> Rulebook:
    """Everything the rules know.

    Raises:
        FaultyInput: one or more files have faults; every fault of every file is listed.
    """
    # A million small values that all stay: looking for garbage among them is a third of the wait.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(files)
    finally:
        if collecting:
            gc.enable()


def _read(files: RulebookFiles) -> Rulebook:
    parts = _Parts()
    lexicon = parts.take(lambda: read_lexicon(files.rules / LEXICON))
    phrases = parts.take(lambda: parse_topics(read_text(files.rules / TOPICS)))
    doors = parts.take(lambda: parse_doors(read_text(files.rules / DOORS)))
    about = parts.take(lambda: parse_about(read_text(files.rules / ABOUT)))
    needs = parts.take(lambda: parse_needs(read_text(files.rules / NEEDS)))
    opinion = parts.take(lambda: _second_opinion(files))
    atlas = parts.take(lambda: read_atlas(files.rules))
    directory = parts.take(lambda: index(load_directory(files.directory)))
    templates = parts.take(lambda: parse_templates(read_templates(files.templates)))
    if directory is not None:
        parts.faults.extend(files.routes.unknown(ids_of(directory)))
    if parts.faults:
        raise FaultyInput("The rulebook has faults.", tuple(parts.faults))
    return Rulebook(
        lexicon=lexicon,
        phrases=phrases,
        doors=doors,
        about=about,
        atlas=atlas,
        directory=directory,
        templates=templates,
        charity=files.charity,
        signature=files.signature,
        promise=files.promise,
        own_addresses=files.own_addresses,
        own_names=frozenset({files.charity.casefold(), files.sender_name.casefold()} - {""}),
        staff_addresses=files.staff_addresses,
        authserv_ids=files.authserv_ids,
        routes=files.routes,
        needs=needs,
        second_opinion=opinion,
    )


class _Parts:
    """Reads part after part, so that every fault of every file is told at once."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def take(self, make: Callable[[], T]) -> T:
        """The part; nothing where it has faults, and then no rulebook is made of it."""
        try:
            return make()
        except FaultyInput as error:
            self.faults.extend(error.faults)
            return cast(T, None)


def _second_opinion(files: RulebookFiles) -> SecondOpinion | None:
    path = files.rules / SECOND_OPINION
    return parse_second_opinion(read_text(path)) if path.exists() else None


def _read_through(files: RulebookFiles) -> Rulebook:
    book = read_rulebook(files)
    read_through(book.atlas)
    return book


class LiveRulebook:
    """Calls give the newest good rulebook; a faulty change is told once and not taken."""

    def __init__(
        self,
        files: RulebookFiles,
        told: Callable[[FaultyInput | None], None],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._files = files
        self._told = told
        self._ticks = ticks
        self._stamp = files.stamp()
        self._book = _read_through(files)
        self._looked = ticks()

    def __call__(self) -> Rulebook:
        """The rulebook to use now."""
        if self._ticks() - self._looked >= LOOK_EVERY:
            self._looked = self._ticks()
            self._look()
        return self._book

    def _look(self) -> None:
        stamp = self._files.stamp()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._book = _read_through(self._files)
        except FaultyInput as error:
            self._told(error)
        else:
            self._told(None)
