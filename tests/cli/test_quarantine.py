"""`concierge quarantine` on a real store: what failed is seen, read again, or taken as it is."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from concierge.bootstrap import make_admission, open_views, rulebook_files
from concierge.desk.fingerprint import fingerprint, message_id
from concierge.domain.ledger import Incoming, LedgerState
from concierge.mail import mime
from concierge.store.rulebook import read_rulebook

POISON = (
    b"From: Amina <amina@example.org>\r\nTo: help@desk.example.org\r\nSubject: The guide\r\n"
    b"Message-ID: <poison@example.org>\r\n\r\n"
    b"Dear team, where can I find the guide for touring musicians? \x1b]0;pwned\x07 Thank you.\r\n"
)


def fail(*_args, **_more):
    raise ValueError("Dear team")


@pytest.fixture
def mail(desk, monkeypatch):
    """A mail that could not be read, as the ledger's list shows it."""
    now = datetime.now(UTC)
    book = read_rulebook(rulebook_files(desk.config))
    with monkeypatch.context() as broken, desk.store() as store:
        broken.setattr(mime, "read", fail)
        with store.begin() as tx:
            tx.ledger.record(
                [Incoming("INBOX", 1, 900, POISON, fingerprint(POISON), message_id(POISON), now,
                          now, len(POISON), True)]
            )  # fmt: skip
        admission = make_admission(desk.config, store, lambda: book)
        for _ in range(3):
            admission.admit_waiting(10)
    return waiting(desk)[0]


def waiting(desk):
    views = open_views(desk.config)
    try:
        return views.parked(9, LedgerState.QUARANTINED)
    finally:
        views.close()


def test_it_lists_what_failed_and_the_case_that_stands_for_it(concierge, desk, mail):
    code, out, err = concierge(desk, "quarantine", "list")
    assert (code, err) == (0, "")
    assert "ValueError in fail, line" in out
    assert str(mail.case_id) in out
    assert "Dear team" not in out
    code, out, _ = concierge(desk, "quarantine", "list", "--json")
    assert json.loads(out)["case_id"] == mail.case_id


def test_it_shows_the_raw_text_harmless(concierge, desk, mail):
    code, out, _ = concierge(desk, "quarantine", "show", str(mail.entry_id))
    assert code == 0
    assert "It failed 3 times" in out
    assert "where can I find the guide" in out
    assert "\x1b" not in out
    assert f"concierge quarantine retry {mail.entry_id}" in out
    code, out, _ = concierge(desk, "quarantine", "show", str(mail.entry_id), "--json")
    assert (json.loads(out)["attempts"], code) == (3, 0)


def test_it_reads_again_and_proposes_a_reply(concierge, desk, mail):
    code, out, err = concierge(desk, "quarantine", "retry", str(mail.entry_id))
    assert (code, err) == (0, "")
    assert f"Mail {mail.entry_id} is read. Case {mail.case_id}: draft" in out
    assert waiting(desk) == []
    code, out, _ = concierge(desk, "case", "show", str(mail.case_id))
    assert "amina@example.org" in out
    assert "Thank you." in out


def test_it_tells_of_all_that_fail_again_and_goes_on(concierge, desk, mail, monkeypatch):
    monkeypatch.setattr(mime, "read", fail)
    code, out, _ = concierge(desk, "quarantine", "retry", "--all")
    assert code == 1
    assert "failed again" in out
    assert len(waiting(desk)) == 1
    monkeypatch.undo()
    assert concierge(desk, "quarantine", "retry", "--all")[0] == 0
    assert "Nothing is in quarantine." in concierge(desk, "quarantine", "retry", "--all")[1]


def test_it_gives_the_whole_command_for_the_bytes_of_a_long_mail(
    concierge, desk, mail, monkeypatch
):
    monkeypatch.setattr("concierge.cli.quarantine._SHOWN", 10)
    _, out, _ = concierge(desk, "quarantine", "show", str(mail.entry_id))
    hint = re.search(r"characters: concierge (.+)\]", out)[1].replace("FILE", "whole.eml")
    assert concierge(desk, *hint.split())[0] == 0
    assert (desk.folder / "whole.eml").read_bytes() == POISON


def test_it_takes_a_mail_as_it_is(concierge, desk, mail):
    code, out, _ = concierge(desk, "quarantine", "release", str(mail.entry_id))
    assert code == 0
    assert f"concierge draft write {mail.case_id}" in out
    assert "Nothing is in quarantine." in concierge(desk, "quarantine", "list")[1]
    code, _, err = concierge(desk, "quarantine", "release", str(mail.entry_id))
    assert code == 3
    assert "not in quarantine" in err


@pytest.mark.parametrize("words", [("show", "1"), ("retry", "1")])
def test_it_refuses_in_a_sentence(concierge, desk, words):
    code, _, err = concierge(desk, "quarantine", *words)
    assert code == 3
    assert err.startswith("concierge: ")


def test_it_says_when_there_is_no_such_mail(concierge, desk):
    code, _, err = concierge(desk, "quarantine", "show", "99999")
    assert code == 2
    assert "There is no mail 99999." in err
