"""`concierge message` on a real store: one mail read, and its bytes written where asked."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime

import pytest

from concierge.cli.message import file_name
from concierge.desk.fingerprint import fingerprint, message_id
from concierge.domain.ledger import Incoming
from concierge.domain.message import Attachment

PAGE = b"<script>alert(1)</script><p>The contract</p>"
LETTER = (
    b"From: Amina <amina@example.org>\r\nTo: help@desk.example.org\r\nSubject: Contract\r\n"
    b"Message-ID: <with@example.org>\r\n"
    b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n'
    b"--b1\r\n\r\nCan you look at my contract? \x1b]0;pwned\x07\r\n\r\n"
    b"On Monday Bo wrote:\r\n> Send it over.\r\n\r\n"
    b'--b1\r\nContent-Type: text/html; name="../../.contract.html"\r\n'
    b"Content-Disposition: attachment\r\n\r\n" + PAGE + b"\r\n"
    b"--b1\r\nContent-Type: application/pdf; name=cv.pdf\r\n\r\nMZ\x90 This program cannot be run "
    b"in DOS mode.\r\n--b1--\r\n"
)


@pytest.fixture
def entry(desk):
    now = datetime.now(UTC)
    one = Incoming("INBOX", 1, 901, LETTER, fingerprint(LETTER), message_id(LETTER), now, now,
                   len(LETTER), True)  # fmt: skip
    with desk.store() as store, store.begin() as tx:
        tx.ledger.record([one])
        return str(max(kept.id for kept in tx.ledger.unprocessed(1_000)))


def test_it_shows_own_words_apart_from_quotes(concierge, desk, entry):
    code, out, err = concierge(desk, "message", "show", entry)
    assert (code, err) == (0, "")
    assert "From: Amina <amina@example.org>" in out
    assert "  Can you look at my contract?" in out
    assert "  | > Send it over." in out
    assert "1. contract.html" in out
    assert "2. cv.pdf · application/pdf, really application/x-executable" in out
    assert "Do not open it." in out
    assert "\x1b" not in out
    code, out, _ = concierge(desk, "message", "show", entry, "--json")
    assert code == 0
    assert json.loads(out)["attachments"][0]["text"] == "The contract"


def test_it_writes_the_mail_as_it_came_for_one_pair_of_eyes(concierge, desk, entry, tmp_path):
    file = tmp_path / "mail.eml"
    assert concierge(desk, "message", "raw", entry, "--to", str(file))[0] == 0
    assert file.read_bytes() == LETTER
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, _, err = concierge(desk, "message", "raw", entry, "--to", str(file))
    assert code == 2
    assert "is there already" in err


def test_it_writes_an_attachment_under_a_name_of_its_own(concierge, desk, entry, tmp_path):
    code, out, _ = concierge(desk, "message", "attachment", entry, "1", "--to", str(tmp_path))
    file = tmp_path / f"mail-{entry}-1-contract.txt"
    assert (code, file.read_bytes().strip()) == (0, PAGE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name in out
    assert concierge(desk, "message", "attachment", entry, "1", "--to", str(tmp_path))[0] == 2
    assert concierge(desk, "message", "attachment", entry, "2", "--to", str(tmp_path))[0] == 0
    assert [path.suffix for path in tmp_path.glob("*-2-*")] == [".pdf"]


def test_it_never_writes_through_a_link(concierge, desk, entry, tmp_path):
    target = tmp_path / "precious"
    (tmp_path / "link").symlink_to(target)
    assert concierge(desk, "message", "raw", entry, "--to", str(tmp_path / "link"))[0] == 2
    assert not target.exists()


@pytest.mark.parametrize(("number", "folder"), [("3", "."), ("1", "not-there")])
def test_it_says_what_there_is_not(concierge, desk, entry, tmp_path, number, folder):
    code, _, err = concierge(
        desk, "message", "attachment", entry, number, "--to", str(tmp_path / folder)
    )
    assert code == 2
    assert "2 attachments" in err or "is no folder" in err


@pytest.mark.parametrize(
    ("name", "content_type", "written"),
    [
        ("cv.pdf", "application/pdf", "cv.pdf"),
        ("photo.jpg.exe", "image/jpeg", "photo-jpg.bin"),
        ("run.sh", "text/plain", "run.bin"),
        ("drawing.svg", "image/svg+xml", "drawing.txt"),
        ("letter", "text/html", "letter.txt"),
        (".htaccess", "text/plain", "unnamed.bin"),
        ("歌詞.txt", "text/plain", "unnamed.txt"),
        ("-rf *; x.pdf", "application/pdf", "rf-x.pdf"),
        ("x" * 120 + ".mp3", "audio/mpeg", "x" * 60 + ".mp3"),
    ],
)
def test_it_makes_names_nothing_is_run_by(name, content_type, written):
    assert file_name(Attachment(name, content_type, 1)) == written
