"""Whenever the worker dies, every mail ends in the ledger once and every letter in one case.

Field stories: a kill between fetch, commit and flag made tickets again and again, or lost all
mails (zammad#78, zammad#243, osTicket#494); another desk doubled 75 of 75 stored mails after one
kill.
"""

from __future__ import annotations

import random
import time
from collections import Counter, deque
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

import pytest
from servers.dovecot import Account
from support.deployment import Deployment, environment
from support.nursery import Nursery, Run
from support.tap import Tap

from acceptance.looks import (
    Watcher,
    ask,
    assert_history_is_sane,
    assert_ledger_is_the_server,
    balance,
    texts_of_cases,
)
from acceptance.post import Letter, generated

LETTERS = 500
KILLS = 60
#: Runs after which the test gives up reaching that many kills: most land, so this is ample.
MOST_RUNS = 120
#: New mail before each run, so that every run has something to be killed in.
A_ROUND = 6
FOLDERS = ("INBOX", "Handled", "Parked")


class Strikes:
    """Kills one run after another, each in the middle of something else."""

    def __init__(self, desk: Deployment, account: Account, tap: Tap, source: random.Random) -> None:
        self._watcher = Watcher(desk.database)
        self._account, self._tap, self._source = account, tap, source
        self._ways: tuple[Callable[[Run], None], ...] = (
            self._while_fetching,
            self._while_admitting,
            self._while_settling,
        )
        #: How many kills hit a living worker, by what was left undone.
        self.landed: Counter[str] = Counter()
        self.delivered = 0
        self.runs = 0

    def deliver(self, letters: list[Letter]) -> None:
        for letter in letters:
            self._account.deliver(letter.raw)
        self.delivered += len(letters)

    def strike(self, run: Run) -> None:
        self._ways[self.runs % len(self._ways)](run)
        self.runs += 1
        self._tap.strike_after(None)
        if run.code == -9:
            undone = self._undone()
            self.landed[undone] += undone != ""
        else:
            assert run.code == 0, self._log.read_text()

    def close(self) -> None:
        self._watcher.close()

    def _while_fetching(self, run: Run) -> None:
        """Somewhere between the greeting and the last byte of the last mail."""
        waiting = sum(len(raw) for raw in self._account.list())
        self._tap.strike_after(self._source.randrange(2_500, 4_500 + waiting), run.kill)
        run.wait()

    def _while_admitting(self, run: Run) -> None:
        """When so and so many are placed, or cases made: with one admission these are one."""
        sign = attrgetter(self._source.choice(("placed", "cases")))
        target = sign(self._watcher.progress()) + self._source.randrange(1, A_ROUND)
        self._kill_when(run, lambda: sign(self._watcher.progress()) >= target)

    def _while_settling(self, run: Run) -> None:
        """When the first mail of this run has moved, or all is placed and none has."""
        handled = self._account.server.root / "mail" / self._account.username / ".Handled" / "cur"
        before = _files(handled)
        moved = self._source.random() < 0.5
        self._kill_when(
            run, (lambda: _files(handled) > before) if moved else self._everything_is_placed
        )

    def _everything_is_placed(self) -> bool:
        now = self._watcher.progress()
        return now.stored == 0 and now.unsettled > 0 and now.rows == self.delivered

    def _kill_when(self, run: Run, reached: Callable[[], bool]) -> None:
        while run.alive and not reached():
            time.sleep(0.0002)
        # At once, or not always at the same instruction after the sign.
        if self._source.random() < 0.5:
            time.sleep(self._source.random() * 0.004)
        run.kill()

    def _undone(self) -> str:
        now = self._watcher.progress()
        if now.rows < self.delivered:
            return "fetch"
        if now.stored:
            return "admission"
        return "settle" if now.unsettled else ""


@pytest.mark.story(1)
@pytest.mark.timeout(240)
def test_it_loses_and_doubles_nothing_however_often_it_is_killed(
    account: Account, desk_for: Callable[..., Deployment], tmp_path: Path
) -> None:
    """zammad#78, zammad#243, osTicket#494: a kill between fetch, commit and flag."""
    source = random.Random(20261122)
    letters = generated(LETTERS, source)
    waiting = deque(letters)
    with Tap(account.server.tls_port) as tap:
        desk = desk_for(account, values={("mailbox", "port"): tap.port})
        strikes = Strikes(desk, account, tap, source)
        with Nursery(environment(desk.config_file), tmp_path) as nursery:
            while sum(strikes.landed.values()) < KILLS and strikes.runs < MOST_RUNS:
                batch = min(A_ROUND, len(waiting))
                strikes.deliver([waiting.popleft() for _ in range(batch)])
                strikes.strike(nursery.start("worker", "--once"))
            strikes.deliver(list(waiting))
            assert nursery.start("worker", "--once").wait() == 0, nursery.log.read_text()
        strikes.close()
    print(f"kills that landed, by what was left undone: {dict(strikes.landed)}")
    assert sum(strikes.landed.values()) >= KILLS
    assert min(strikes.landed[part] for part in ("fetch", "admission", "settle")) >= 8
    assert_every_letter_met_its_fate(desk, letters)
    assert_ledger_is_the_server(desk, account, *FOLDERS)
    assert_history_is_sane(desk)
    assert account.list() == []
    line = balance(desk)
    assert line["balanced"] is True
    assert line["ledger"] == LETTERS


def assert_every_letter_met_its_fate(desk: Deployment, letters: list[Letter]) -> None:
    texts = texts_of_cases(desk)
    words = Counter(
        canary
        for messages in texts.values()
        for text in messages
        for canary in {letter.canary for letter in letters if letter.canary in text}
    )
    people = {letter.canary for letter in letters if letter.fate == "person"}
    assert {canary: words[canary] for canary in people if words[canary] != 1} == {}
    states = dict(ask(desk.database, "SELECT state, count(*) FROM ledger GROUP BY state"))
    fates = Counter(letter.fate for letter in letters)
    assert states == {"case": fates["person"], "muted": fates["machine"], "duplicate": 1}


def _files(folder: Path) -> int:
    try:
        return sum(1 for _ in folder.iterdir())
    except FileNotFoundError:
        return 0
