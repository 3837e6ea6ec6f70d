"""`concierge triage`: one answer for every message, in input order, whatever is wrong with it."""

import json
import os
import subprocess
import sys
import threading

import pytest
from support.deployment import ROOT

KEYS = [
    "path", "message_id", "kind", "language", "country", "home", "urgency",
    "about", "their_country", "topics", "needs", "route",
    "matches", "from", "subject", "text", "quoted_text", "attachments", "defects", "draft",
]  # fmt: skip
PLAIN = b"From: Amina <amina@example.org>\nSubject: Guide\n\nWhere can I find the guide, please?\n"
URGENT = b"From: dee@example.net\nSubject: hi\n\nI want to kill myself tonight.\n"
WRONG = {
    "00-empty.eml": b"",
    "01-blank.eml": b"\n\n\n",
    "02-nul.eml": b"\x00" * 4000,
    "03-binary.eml": bytes(range(256)) * 40,
    "04-huge-header.eml": b"Subject: x\nX-Long: " + b"y" * 3_000_000 + b"\n\nhello",
    "05-many-headers.eml": b"X-A: b\n" * 30_000 + b"\nhello",
    "06-cut.eml": b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain",
    "07-charset.eml": b"Content-Type: text/plain; charset=klingon-8\n\n\xff\xfe hello",
    "08-base64.eml": b"Content-Transfer-Encoding: base64\n\n%%%not base64%%%",
    "09-deep.eml": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300)
    ),
    "10-html.eml": b"Content-Type: text/html\n\n" + b"<div>" * 20_000 + b"I need a therapist",
    "11-pgp.eml": b"Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--",
    "12-no-blank-line.eml": b"Subject: x\nI want to kill myself",
    "13-UPPER.EML": PLAIN,
    "sub/14-below.eml": PLAIN,
}


def answers(out):
    assert out.endswith("\n")
    assert out.isascii()
    return [json.loads(one) for one in out.splitlines()]


@pytest.fixture
def triage(concierge, tmp_path):
    def run(*words, cwd=None):
        code, out, err = concierge(cwd or tmp_path, "triage", *map(str, words), "--json")
        assert code == 0, err
        return answers(out)

    return run


def test_it_has_the_shape_the_issue_names(tmp_path, triage):
    (tmp_path / "a.eml").write_bytes(URGENT)
    (answer,) = triage("a.eml")
    assert list(answer) == KEYS
    assert answer["from"] == "dee@example.net"
    assert answer["urgency"]["value"] in {"emergency", "high"}
    assert {"value", "undetermined", "evidence"} <= set(answer["language"])
    assert answer["country"]["undetermined"] is True
    assert answer["country"]["value"] is None
    assert set(answer["draft"]) == {"language", "subject", "text"}
    assert answer["matches"]
    assert all({"id", "name", "score", "evidence"} <= set(match) for match in answer["matches"])
    found = [answer[name] for name in ("kind", "language", "country", "urgency", "route")]
    for finding in [*found, *answer["topics"], *answer["matches"]]:
        for item in finding["evidence"]:
            assert {"rule", "found", "where", "weight"} <= set(item)


def test_it_answers_for_every_file_of_a_folder_in_order(tmp_path, triage):
    for name, raw in WRONG.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    (tmp_path / "in" / "notes.txt").write_text("no mail")
    found = triage(tmp_path / "in")
    assert [answer["path"] for answer in found] == [str(tmp_path / "in" / n) for n in WRONG]
    for answer in found:
        assert list(answer) == KEYS
        assert not {"triage_failed", "draft_failed"} & {d["code"] for d in answer["defects"]}
    urgent = {a["path"].rpartition("/")[2] for a in found if a["urgency"]["value"] != "routine"}
    assert "12-no-blank-line.eml" in urgent


def test_it_answers_for_a_file_that_cannot_be_read(tmp_path, triage):
    (tmp_path / "a.eml").write_bytes(PLAIN)
    # It can be opened, and reading its first page fails, for root as for anybody.
    broken, whole = triage("/proc/self/mem", "a.eml")
    assert [defect["code"] for defect in broken["defects"]] == ["file_not_read"]
    assert list(broken) == KEYS
    assert whole["subject"] == "Guide"


def test_it_reads_a_maildir(tmp_path, triage):
    for sub in ("cur", "new", "tmp"):
        (tmp_path / "md" / sub).mkdir(parents=True)
    (tmp_path / "md" / "new" / "3.x").write_bytes(PLAIN)
    (tmp_path / "md" / "cur" / "2.x:2,S").write_bytes(URGENT)
    (tmp_path / "md" / "cur" / "1.x:2,S").write_bytes(PLAIN)
    (tmp_path / "md" / "tmp" / "0.x").write_bytes(PLAIN)
    found = triage("md")
    assert [a["path"] for a in found] == ["md/cur/1.x:2,S", "md/cur/2.x:2,S", "md/new/3.x"]


MBOX = (
    b"From a@b.example Thu Jan  1 00:00:00 2026\n" + PLAIN + b">From here on I need a guide.\n\n"
    b"From a@b.example Thu Jan  1 00:00:00 2026\n" + URGENT + b"\n"
)


def test_it_reads_an_mbox_and_takes_its_escapes_back(tmp_path, triage):
    (tmp_path / "box").write_bytes(MBOX)
    first, second = triage("box")
    assert [first["path"], second["path"]] == ["box#0", "box#1"]
    assert "\nFrom here on" in first["text"]
    assert second["urgency"]["value"] != "routine"


def test_it_takes_several_places_in_the_order_named(tmp_path, triage):
    (tmp_path / "z.eml").write_bytes(PLAIN)
    (tmp_path / "a.eml").write_bytes(PLAIN)
    (tmp_path / "box").write_bytes(MBOX)
    found = triage("z.eml", "box", "a.eml")
    assert [answer["path"] for answer in found] == ["z.eml", "box#0", "box#1", "a.eml"]


def test_it_refuses_a_folder_without_mail_before_it_answers(tmp_path, concierge):
    (tmp_path / "a.eml").write_bytes(PLAIN)
    (tmp_path / "wrong").mkdir()
    code, out, err = concierge(tmp_path, "triage", "a.eml", "wrong", "--json")
    assert (code, out) == (2, "")
    assert "wrong: no .eml file is in it" in err


LINES = [
    ('{"id": 7, "from": "amina@example.org", "subject": "Guide", "body": "The guide, please"}', 7),
    ("not json", None),
    ('["a list"]', None),
    ("{" * 100_000, None),
    ('{"id": "h1", "headers": ["a"], "body": 5}', "h1"),
    ('{"id": "h2", "headers": 5, "subject": {"a": 1}}', "h2"),
    ('{"id": "h3", "headers": {"Auto-Submitted": "auto-replied", "Subject": "old"}, '
     '"subject": "Automatic reply: away", "body": "I am away"}', "h3"),
    ('{"id": "h4", "headers": [["Content-Transfer-Encoding", "base64"], ["X", "a\\r\\nY: b"]], '
     '"body": "I want to kill myself"}', "h4"),
    ('{"id": "s", "body": "half a pair \\ud83d and a line\u2028break"}', "s"),
    ("{}", None),
]  # fmt: skip


def test_it_answers_for_every_json_line(tmp_path, triage):
    text = "\ufeff" + "\n".join(line for line, _ in LINES) + "\n\n"
    (tmp_path / "set.jsonl").write_text(text, encoding="utf-8")
    found = triage("--jsonl", "set.jsonl")
    assert [answer["id"] for answer in found] == [identity for _, identity in LINES]
    assert [a["path"] for a in found] == [f"set.jsonl:{n}" for n in range(1, len(LINES) + 1)]
    assert all([key for key in answer if key != "id"] == KEYS for answer in found)
    by_id = {answer["id"]: answer for answer in found}
    assert by_id[7]["from"] == "amina@example.org"
    assert by_id["h3"]["kind"]["value"] == "auto_reply"
    assert by_id["h3"]["subject"] == "Automatic reply: away"
    # Headers tell of bytes we do not have: the body is the text that was given.
    assert by_id["h4"]["text"] == "I want to kill myself"
    assert by_id["h4"]["urgency"]["value"] != "routine"
    assert "line\u2028break" in by_id["s"]["text"] or "line\nbreak" in by_id["s"]["text"]


def run(*words, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "concierge", "triage", *words, "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}, **more,
    )  # fmt: skip


@pytest.mark.parametrize(("given", "count"), [(PLAIN, 1), (b"", 1), (MBOX, 2)])
def test_it_reads_standard_input_with_no_config_mailbox_or_store(tmp_path, given, count):
    with run("-", cwd=tmp_path) as process:
        out, err = process.communicate(given, timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert [a["path"] for a in answers(out.decode())] == (["-"] if count == 1 else ["-#0", "-#1"])
    assert list(tmp_path.iterdir()) == []


def test_it_answers_each_message_as_it_comes(tmp_path):
    """A reader along sees the first answer while the second message is still unwritten."""
    with run("--jsonl", "-", cwd=tmp_path) as process:
        late = threading.Timer(60, process.kill)
        late.start()
        process.stdin.write(b'{"id": 1, "body": "hello"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.stdin.write(b'{"id": 2, "body": "hello"}\n')
        process.stdin.close()
        assert json.loads(process.stdout.readline())["id"] == 2
        assert process.wait(60) == 0
        late.cancel()


def test_it_reads_from_a_pipe_that_can_be_read_once(tmp_path, triage):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PLAIN,), daemon=True)
    writer.start()
    (answer,) = triage("pipe")
    writer.join(10)
    assert answer["subject"] == "Guide"


def test_it_tells_people_in_short_what_it_tells_programs(tmp_path, concierge):
    (tmp_path / "a.eml").write_bytes(URGENT)
    code, out, _ = concierge(tmp_path, "triage", "a.eml")
    assert code == 0
    for part in ("a.eml: hi", "  urgency: ", "      because ", "  resource: ", "  draft: in en, "):
        assert part in out
