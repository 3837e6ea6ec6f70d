"""`concierge corpus check`: an archive is tried out, and no word of it is printed."""

from __future__ import annotations

import json
import mailbox
import re
import subprocess
import sys
import time

import pytest

from concierge.cli.corpus_naive import naive_text, page_text

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
    assert "CPU time of reading, of Python's own parser" in done.stdout
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
    assert missed.split("  ")[-3:] == ["1 of 2", "", "MISSED"] or missed.endswith(
        "1 of 2    MISSED"
    )
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
        (lambda folder: folder.mkdir(), "no mail is in it"),
        (lambda folder: index(folder, "no json"), "index.jsonl, line 1: not a JSON object"),
        (lambda folder: index(folder, '{"path": "x.eml"}'), "x.eml cannot be read"),
        (lambda folder: index(folder, '{"label": "human"}'), "index.jsonl, line 1: no path"),
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


#: What staff read of the labelled archive; times and names' folders are of the day.
GOLDEN = """\
3 mails read in T s, median T ms, 99 % under T ms, slowest T s.
Failed: 0. Over 2 s: 0.
Without text: 0. Encrypted: 0. Unreadable: 0. The full text rules: 0.
May have lost over half the text: 0.
Kinds: human 2, bounce 1
Defects: charset_guessed 1

Goals, as far as this folder can tell
goal                                                    demanded              measured
------------------------------------------------------  --------------------  --------  ------
mails that could not be read                            none                  0 of 3    met
mails that took over 2 s                                none                  0 of 3    met
subject as expected (Zammad)                            at least 104 of 106   1 of 1    met
human mail that lost over half its text                 none                  0 of 1    met
own words exact (quoted replies)                        at least 95 of 113    1 of 1    met
human mail losing over a fifth of its new text unruled  at most 2 of 100      0 of 1    met
people who wrote themselves, muted                      none                  0 of 1    met
bounce: precision                                       at least 995 of 1000  1 of 1    met
bounce: recall                                          at least 95 of 100    1 of 2    MISSED
bounce: permanent known as such                         at least 420 of 456   1 of 1    met

What each label was taken for
label   bounce  human
------  ------  -----
bounce  1       1
human   -       1

Mails most was wrong with
  b.eml: charset_guessed
"""


def test_it_tells_a_labelled_archive_as_staff_read_it(labelled, tmp_path):
    words = [sys.executable, "-m", "concierge", "corpus", "check", str(labelled)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    shown, _, slowest = done.stdout.partition("\nMails that took longest\n")
    assert re.sub(r"\d+\.\d+ (?=s)|\d+(\.\d+)? (?=ms)", "T ", shown) == GOLDEN
    assert sorted(line.split(":")[0].strip() for line in slowest.splitlines()) == [
        "a.eml", "b.eml", "sub/c.eml",
    ]  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_it_finds_mail_under_any_name_and_passes_over_what_is_none(concierge, tmp_path):
    place = tmp_path / "archive"
    for sub in ("ham", "box/cur", "box/tmp", "box/new"):
        (place / sub).mkdir(parents=True)
    (place / "ham" / "0001.7c53336b").write_bytes(LETTER)
    (place / "ham" / "0002").write_bytes(b"From amina@example.org Mon Nov 23 2026\n" + LETTER)
    (place / "box" / "cur" / "1:2,S").write_bytes(b"no header of any sort\r\n")
    (place / "box" / "tmp" / "2").write_bytes(LETTER)
    (place / "broken.EML").write_bytes(b"\xff\xfe")
    (place / "README").write_text("Note: what lies here.\n")
    (place / "cmds").write_text("Nothing.\n")
    code, out, _ = concierge(tmp_path, "corpus", "check", "archive", "--json")
    assert (code, json.loads(out)["read"]) == (0, 4)


def test_it_reads_each_mail_of_an_mbox_within_a_folder(concierge, tmp_path):
    place = tmp_path / "archive"
    place.mkdir()
    box = mailbox.mbox(place / "old")
    for _ in range(3):
        box.add(LETTER)
    box.close()
    _, out, _ = concierge(tmp_path, "corpus", "check", "archive", "--json")
    assert json.loads(out)["read"] == 3


def test_it_goes_on_after_a_file_that_cannot_be_opened(concierge, archive, monkeypatch):
    from concierge.cli import mail_files

    def refused(path):
        yield mail_files.Raw(str(path), trouble="Permission denied")

    whole = mail_files._one
    monkeypatch.setattr(mail_files, "_one", lambda p: refused(p) if p.stem == "a" else whole(p))
    code, out, _ = concierge(archive.parent, "corpus", "check", "archive")
    assert code == 1
    assert "2 mails read" in out
    assert "a.eml: Permission denied" in out


def test_it_tells_what_triage_concludes(concierge, archive):
    code, out, _ = concierge(archive.parent, "corpus", "check", "archive", "--triage")
    assert code == 0
    assert "Urgency: routine 3" in out
    assert "Language: en " in out
    assert "Canary" not in out


def test_it_collects_the_larger_of_plain_and_html_naively():
    head = b"From: a@b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    page = b"<html><head><title>No</title><style>p {}</style></head><p>Seen &amp; said</p></html>"
    assert naive_text(head + page).split() == ["Seen", "&", "said"]
    assert page_text(head + page).split() == ["Seen", "&", "said"]
    assert naive_text(b"From: a@b\r\n\r\nplain words\r\n").split() == ["plain", "words"]
    assert page_text(b"From: a@b\r\n\r\nplain words\r\n") == ""


@pytest.mark.parametrize("piece", [b"<", b"<style>", b"<head", b"&", b"<p ", b"</"])
def test_it_collects_naively_in_time_that_grows_no_faster_than_the_page(piece):
    raw = b"Content-Type: text/html\r\n\r\n" + piece * (1_000_000 // len(piece))
    start = time.process_time()
    naive_text(raw)
    assert time.process_time() - start < 2


def test_it_names_no_file_a_naive_reader_gives_up_on():
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
        for n in range(1500)
    )
    assert naive_text(deep) == ""
