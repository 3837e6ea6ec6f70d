"""`concierge corpus check`: an archive is tried out, and no word of it is printed."""

from __future__ import annotations

import json
import mailbox
import subprocess
import sys

import pytest

LETTER = (
    b"From: Amina <amina@example.org>\r\nTo: help@desk.example.org\r\nSubject: Canary one\r\n\r\n"
    b"Canary two: where can I find the guide for touring musicians? Thank you.\r\n"
)
DAMAGED = (
    b"From: dee@example.net\r\nSubject: hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Canary \xff\xfe\xfa three\r\n"
)
BOUNCE = (
    b"From: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n"
    b"Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status;"
    b' boundary="b"\r\n\r\n--b\r\n\r\nIt could not be delivered.\r\n--b\r\n'
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
    b"Final-Recipient: rfc822; dee@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
)


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    (folder / "sub").mkdir(parents=True)
    for name, raw in {"a.eml": LETTER, "b.eml": DAMAGED, "sub/c.eml": BOUNCE}.items():
        (folder / name).write_bytes(raw)
    return folder


@pytest.fixture
def labelled(archive):
    rows = [
        {"path": "a.eml", "label": "human", "expected": {"zammad": {"subject": "Canary one"}}},
        {"path": "b.eml", "label": "bounce"},
        {"path": "sub/c.eml", "label": "bounce", "subtype": "permanent"},
    ]
    (archive / "index.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    quote = {"src": "us", "name": "one", "kind": "text", "text": "Yes.\n\n> No?", "want": "Yes."}
    (archive / "quotes.jsonl").write_text(json.dumps(quote) + "\n")
    return archive


def test_it_tells_of_a_folder_from_anywhere_without_a_desk(archive, tmp_path):
    words = [sys.executable, "-m", "concierge", "corpus", "check", str(archive), "--speed"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 mails read in ")
    assert "Failed: 0. Over 2 s: 0." in done.stdout
    assert "Kinds: human 2, bounce 1" in done.stdout
    assert "b.eml" in done.stdout
    assert " x the CPU time of Python's own parser." in done.stdout
    assert "Canary" not in done.stdout


def test_it_judges_what_an_index_labels(concierge, labelled):
    code, out, _ = concierge(labelled.parent, "corpus", "check", "archive", "--json")
    assert code == 0
    told = json.loads(out)
    goals = {goal["goal"]: goal for goal in told["goals"]}
    assert goals["bounce: recall"] | {"goal": ""} == {
        "goal": "", "wanted": 95, "of": 100, "at_most": False, "hits": 1, "counted": 2,
        "met": False, "missed": ["b.eml"],
    }  # fmt: skip
    assert goals["bounce: permanent known as such"]["met"] is True
    assert goals["subject as expected (Zammad)"]["hits"] == 1
    assert goals["own words exact (quoted replies)"]["hits"] == 1
    assert {"label": "bounce", "kind": "human", "count": 1} in told["confusion"]
    assert told["read"] == 3
    assert told["speed_ratio"] is None


def test_it_shows_goals_met_and_missed(concierge, labelled):
    _, out, _ = concierge(labelled.parent, "corpus", "check", "archive", "--missed")
    (missed,) = [line for line in out.splitlines() if line.startswith("bounce: recall")]
    assert missed.endswith("at least 95 of 100    1 of 2  MISSED")
    assert "  bounce: recall: b.eml" in out
    assert "What each label was taken for" in out
    assert "Canary" not in out


@pytest.mark.parametrize("kind", ["maildir", "mbox", "file"])
def test_it_reads_maildirs_mboxes_and_single_mails(concierge, tmp_path, kind):
    place = tmp_path / "box"
    if kind == "file":
        place = tmp_path / "one.eml"
        place.write_bytes(LETTER)
    else:
        box = mailbox.Maildir(place) if kind == "maildir" else mailbox.mbox(place)
        box.add(LETTER)
        box.close()
    code, out, _ = concierge(tmp_path, "corpus", "check", place.name, "--json")
    assert (code, json.loads(out)["read"]) == (0, 1)


def test_it_says_with_its_exit_code_that_a_mail_could_not_be_read(concierge, archive, monkeypatch):
    from concierge.mail import mime

    whole = mime.read

    def spoilt(raw, **more):
        if b"Canary two" in raw:
            raise ValueError("Canary two")
        return whole(raw, **more)

    monkeypatch.setattr(mime, "read", spoilt)
    code, out, _ = concierge(archive.parent, "corpus", "check", "archive")
    assert code == 1
    assert "Failed: 1." in out
    assert "a.eml: ValueError:" in out
    assert "Canary" not in out


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: None, "not there"),
        (lambda folder: folder.mkdir(), "no .eml file"),
        (lambda folder: index(folder, "no json"), "index.jsonl, line 1: not a JSON object"),
        (lambda folder: index(folder, '{"path": "x.eml"}'), "x.eml cannot be read"),
    ],
)
def test_it_says_what_is_wrong_with_a_place(concierge, tmp_path, make, sentence):
    make(tmp_path / "place")
    code, _, err = concierge(tmp_path, "corpus", "check", "place")
    assert code == 2
    assert sentence in err


def index(folder, line):
    folder.mkdir()
    (folder / "index.jsonl").write_text(line + "\n")
