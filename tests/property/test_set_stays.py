"""What staff set of a case stays, whatever happens to it, until staff set it anew."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from fakes.store import FakeStore
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.desk_fixtures import AMINA, DEE, ROUTINE, token
from support.staffed_desk import StaffedDesk

from concierge.desk.setting import Setting
from concierge.domain.case import SETTABLE
from concierge.domain.draft import DraftState
from concierge.domain.event import EventKind
from concierge.errors import Refused
from concierge.store.sqlite import SqliteStore
from concierge.store.upgrade import upgrade

TEXTS = st.sampled_from([
    ROUTINE,
    "I live in Dublin, Ireland. Where is the guide?",
    "I am from Leeds, on tour in Berlin. Where is the guide?",
    "Je suis à Lyon et je ne peux pas dormir. Où est le guide ?",
    "Moro em Lisboa e preciso de ajuda com a renda.",
    "yes please",
    "👍",
])  # fmt: skip
VALUES = {
    "language": st.sampled_from(["de", "nb", "zh-Hant", "undetermined"]),
    "country": st.sampled_from(["DE", "US", "XK", "undetermined"]),
    "home": st.sampled_from(["PL", "GB", "undetermined"]),
}
STAFF = st.sampled_from(["Bo", "Carla"])
ANY = st.integers(0, 100)
MOST_MAILS = 9


class SetStays(RuleBasedStateMachine):
    """One case of Amina's, and others that come and go in it. On the store in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = StaffedDesk(self.store())
        self.setting = Setting(self.desk.store, self.desk.clock, self.desk.redrafting._rereader)
        self.expected: dict[str, tuple[str, str]] = {}

    def store(self):
        return FakeStore()

    @initialize(text=TEXTS)
    def amina_writes(self, text):
        self.case_id = self.desk.write(text)

    @rule(name=st.sampled_from(SETTABLE), data=st.data(), by=STAFF)
    def staff_set(self, name, data, by):
        value = data.draw(VALUES[name])
        before = self.desk.case(self.case_id)
        try:
            self.setting.set(self.case_id, by, **{name: value})
        except Refused:
            assert self.desk.case(self.case_id) == before
            return
        self.expected[name] = ("" if value == "undetermined" else value, by)

    @precondition(lambda self: self.expected)
    @rule(name=st.sampled_from(SETTABLE), by=STAFF)
    def staff_leave_it_to_the_desk(self, name, by):
        with suppress(Refused):
            self.setting.set(self.case_id, by, **{name: "desk"})
            self.expected.pop(name)

    @rule(name=st.sampled_from(SETTABLE), data=st.data(), by=STAFF)
    def staff_set_what_they_saw_too_long_ago(self, name, data, by):
        seen = self.desk.case(self.case_id)
        with suppress(Refused):
            self.setting.set(
                self.case_id, by, version=seen.version + 1, **{name: data.draw(VALUES[name])}
            )
            raise AssertionError("set upon a case that nobody has seen so")
        assert self.desk.case(self.case_id) == seen

    @precondition(lambda self: len(self.desk.ledger()) < MOST_MAILS)
    @rule(text=TEXTS)
    def amina_writes_again(self, text):
        self.desk.write(text, subject=f"Re: {token(self.case_id)}")

    @precondition(lambda self: len(self.desk.ledger()) < MOST_MAILS)
    @rule(text=TEXTS, sender=st.sampled_from([AMINA, DEE]), known=st.booleans())
    def somebody_writes(self, text, sender, known):
        subject = f"Re: {token(self.case_id)}" if known else "Another matter altogether"
        self.desk.write(text, sender=sender, subject=subject)

    @rule(which=ANY)
    def staff_merge(self, which):
        others = [c.id for c in self.desk.cases() if c.id != self.case_id and not c.merged_into]
        if others:
            with suppress(Refused):
                self.desk.merging.merge(others[which % len(others)], self.case_id, "Bo")

    @rule(which=ANY)
    def staff_unmerge(self, which):
        merged = [c.id for c in self.desk.cases() if c.merged_into == self.case_id]
        if merged:
            with suppress(Refused):
                self.desk.merging.unmerge(merged[which % len(merged)], "Bo")

    @rule(which=ANY)
    def staff_split(self, which):
        there = self.desk.standing(self.case_id)
        with suppress(Refused):
            self.desk.splitting.split(self.case_id, [there[which % len(there)]], "Bo")

    @rule()
    def staff_redraft(self):
        with suppress(Refused):
            self.desk.redrafting.redraft(self.case_id, "Bo")

    @rule(answer=st.booleans())
    def staff_answer_or_close(self, answer):
        draft = self.desk.draft(self.case_id)
        self.desk.clock.pass_(hours=1)
        with suppress(Refused):
            if answer and draft:
                self.desk.approvals.approve(draft.id, draft.revision, "Bo")
            else:
                self.desk.casework.resolve(self.case_id, "Bo")

    @rule()
    def the_outbox_is_sent(self):
        self.desk.send()

    @invariant()
    def what_staff_set_stands_in_their_name(self):
        if not hasattr(self, "case_id"):
            return
        case = self.desk.case(self.case_id)
        for name in SETTABLE:
            stands = (getattr(case, name), getattr(case, f"{name}_by"))
            if name in self.expected:
                assert stands == self.expected[name], name

    @invariant()
    def each_name_is_one_that_history_tells(self):
        for case in self.desk.cases():
            told = self.desk.events(case.id, EventKind.CONCLUSION_SET)
            for name in SETTABLE:
                by = getattr(case, f"{name}_by")
                if by and case.id == getattr(self, "case_id", 0) and name in self.expected:
                    assert any(e.by == by and e.get("field") == name for e in told)

    @invariant()
    def no_draft_that_can_be_approved_is_older_than_its_case(self):
        for draft in self.desk.drafts():
            if draft.state is DraftState.PROPOSED:
                assert draft.case_version == self.desk.case(draft.case_id).version


@lru_cache
def empty_store() -> Path:
    """A store of this program's schema, made once."""
    path = Path(tempfile.mkdtemp(prefix="set_stays")) / "empty.db"
    upgrade(path)
    return path


class SetStaysOnSqlite(SetStays):
    """On the real store."""

    def store(self):
        self.folder = tempfile.TemporaryDirectory(prefix="set_stays")
        path = Path(self.folder.name) / "desk.db"
        shutil.copy(empty_store(), path)
        return SqliteStore(path, index_key=b"k" * 16)

    def teardown(self):
        self.desk.store.close()
        self.folder.cleanup()


_USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
TestInMemory = SetStays.TestCase
TestInMemory.settings = settings(max_examples=25, stateful_step_count=18, **_USUAL)
TestOnSqlite = SetStaysOnSqlite.TestCase
TestOnSqlite.settings = settings(max_examples=8, stateful_step_count=14, **_USUAL)
