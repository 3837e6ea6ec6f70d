"""The config: everything it takes, every fault it tells, and the papers made from its table."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re
import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.config import Config, Secret, explained_toml, load
from concierge.config import model as m
from concierge.config.faults import Places
from concierge.config.options import OPTIONS, SECTIONS
from concierge.config.reference import markdown
from concierge.domain.findings import Route, Urgency
from concierge.domain.sla import ClockKind, add_open_time
from concierge.errors import FaultyInput, NotStaff

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "configs"
CASES = sorted(folder.name for folder in GOLDEN.iterdir())
ENV = {
    "CONCIERGE_MAILBOX_PASSWORD": "open sesame mailbox",
    "CONCIERGE_OUTGOING_PASSWORD": "open sesame outgoing",
    "CONCIERGE_KEY": "k" * 32,
}
FILLED = {
    ("charity", "name"): "Backline Care",
    ("mailbox", "host"): "imap.example.org",
    ("mailbox", "username"): "help",
    ("mailbox", "addresses"): ["help@example.org"],
    ("outgoing", "host"): "smtp.example.org",
    ("outgoing", "from_address"): "help@example.org",
    ("staff", "name"): "Bo",
}

WHOLE = explained_toml(FILLED)


def lay_down(folder):
    """The files that `concierge init` would create."""
    (folder / "data").mkdir()
    (folder / "templates").mkdir()
    (folder / "data" / "resources.csv").write_text("id\n")
    return folder


@pytest.fixture
def folder(tmp_path):
    return lay_down(tmp_path)


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory):
    return lay_down(tmp_path_factory.mktemp("config"))


@pytest.fixture
def write(folder):
    def write(given=None, *, extra="", replace=()):
        text = explained_toml(FILLED | (given or {})) + extra
        for old, new in replace:
            assert old in text
            text = text.replace(old, new)
        path = folder / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults_of(path, env=None, **more):
    with pytest.raises(FaultyInput) as caught:
        load(path, env=ENV if env is None else env, **more)
    return caught.value.faults


@pytest.mark.parametrize("case", CASES)
def test_it_tells_every_fault_of_a_bad_config(case, folder):
    path = folder / "config.toml"
    shutil.copy(GOLDEN / case / "config.toml", path)
    told = "\n".join(faults_of(path)).replace(str(folder), "<folder>") + "\n"
    assert told == (GOLDEN / case / "expected.txt").read_text(encoding="utf-8")


def test_it_fills_in_every_default(write, folder):
    config = load(write(), env=ENV)
    assert config.charity.signature == ""
    assert config.outgoing.from_name == "Backline Care"
    assert (config.mailbox.port, config.mailbox.tls, config.outgoing.port) == (993, "implicit", 465)
    assert config.mailbox.folders == ("INBOX",)
    assert config.store.path == folder / "concierge.db"
    assert config.report.send_at == time(7, 30)
    assert config.report.timezone == ZoneInfo("UTC")
    assert config.mailbox.password.text() == ENV["CONCIERGE_MAILBOX_PASSWORD"]
    assert config.outgoing.password is None
    assert config.secrets.key.raw() == b"k" * 32


def test_it_reads_every_kind_of_value(write, folder):
    config = load(write({
        ("office", "timezone"): "Europe/Prague",
        ("office", "monday"): ["09:00-12:30", "22:00-06:00"],
        ("office", "sunday"): ["00:00-24:00"],
        ("office", "closed_on"): ["2026-12-24", date(2026, 12, 25)],
        ("promises.concern", "first_response"): "90m",
        ("report", "mail_to"): ["carla@example.org"],
        ("store", "path"): str(folder / "else" / "x.db"),
        ("outgoing", "username"): "help",
    }), env=ENV)  # fmt: skip
    assert config.office.monday == ((time(9), time(12, 30)), (time(22), time(6)))
    assert config.office.sunday == ((time(0), time(0)),)
    assert config.office.closed_on == {date(2026, 12, 24), date(2026, 12, 25)}
    assert config.promised[Urgency.CONCERN].first_response == timedelta(minutes=90)
    assert config.report.timezone.key == "Europe/Prague"
    assert config.report.mail_to == ("carla@example.org",)
    assert config.store.path == folder / "else" / "x.db"
    assert config.outgoing.password.text() == ENV["CONCIERGE_OUTGOING_PASSWORD"]


def test_it_hands_the_domain_its_promises(write):
    config = load(write({("office", "timezone"): "Europe/Prague"}), env=ENV)
    promises = config.promises()
    saturday = datetime(2026, 1, 3, 12, tzinfo=UTC)
    total = promises.by_urgency[Urgency.CONCERN].of(ClockKind.FIRST_RESPONSE)
    due = add_open_time(saturday, total, promises.hours_for(Urgency.CONCERN))
    assert due == datetime(2026, 1, 5, 16, tzinfo=UTC)
    assert set(promises.by_urgency) == set(Urgency)


def test_it_finds_staff_by_name_and_by_login(write):
    extra = (
        '[[staff]]\nname = "Carla"\nrole = "supervisor"\nsystem_user = "carla"\nemail = "c@e.org"'
    )
    config = load(write(extra=extra), env=ENV)
    assert config.staff_member("carla ").role == "supervisor"
    assert config.staff_by_system_user("carla").name == "Carla"
    assert config.staff_by_system_user("") is None
    assert config.report.mail_to == ("c@e.org",)
    with pytest.raises(NotStaff, match="'Dee' is not staff here; the config names Bo, Carla"):
        config.staff_member("Dee")


def test_it_never_shows_a_secret(write):
    config = load(write({("outgoing", "username"): "help"}), env=ENV)
    redacted = config.redacted()
    for text in (repr(config), str(config), f"{config.secrets.key}", json.dumps(redacted)):
        assert "sesame" not in text
        assert "kkk" not in text
    assert redacted["mailbox"]["password"] == "<redacted>"
    assert redacted["mailbox"]["password_source"] == "environment CONCIERGE_MAILBOX_PASSWORD"
    assert redacted["secrets"]["key_source"] == "environment CONCIERGE_KEY"
    assert redacted["promises"]["high"]["first_response"] == "2h"
    assert redacted["office"]["monday"] == ["09:00-17:00"]
    assert redacted["staff"][0]["name"] == "Bo"
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(config.secrets.key)


def test_it_can_leave_secrets_alone(write):
    config = load(write(), env={}, read_secrets=False)
    with pytest.raises(RuntimeError, match="read_secrets=False"):
        config.mailbox.password.raw()
    assert config.redacted()["secrets"]["key_source"] == "not read"


def secret_file(folder, name, content, mode=0o600):
    path = folder / name
    path.write_bytes(content)
    path.chmod(mode)
    return path


def test_it_reads_secrets_from_private_files(write, folder):
    secret_file(folder, "mailbox.password", "pässwort \r\n".encode())
    (folder / "secrets").mkdir()
    raw = bytes(range(200, 231)) + b"\n"
    secret_file(folder, "secrets/desk.key", raw, 0o640)
    config = load(write({("mailbox", "password_file"): "mailbox.password"}), env={})
    assert config.mailbox.password.text() == "pässwort "
    assert config.secrets.key.raw() == raw
    assert config.mailbox.password.source == f"file {folder / 'mailbox.password'}"


SECRET_TROUBLE = {
    "others may read it": (b"secret", 0o644, {}, "others on this machine can use"),
    "empty": (b"\n", 0o600, {}, "is empty; write the secret into it"),
    "not UTF-8": (b"\xff\xfe\xff", 0o600, {}, "the password is not UTF-8; save it so"),
    "two sources": (b"x", 0o600, ENV, "there are two sources"),
}


@pytest.mark.parametrize(
    ("content", "mode", "env", "told"), SECRET_TROUBLE.values(), ids=SECRET_TROUBLE
)
def test_it_refuses_a_password_file(content, mode, env, told, write, folder):
    secret_file(folder, "pw", content, mode)
    path = write({("mailbox", "password_file"): "pw"})
    (first,) = faults_of(path, env={"CONCIERGE_KEY": "k" * 32} | env)
    assert "[mailbox] password_file: " in first
    assert told in first


def test_it_tells_of_missing_secrets_with_the_remedy(write, folder):
    mailbox, key = faults_of(write(), env={})
    assert "set CONCIERGE_MAILBOX_PASSWORD in the environment" in mailbox
    assert f"there is no file {folder}/secrets/desk.key; `concierge init`" in key
    (short,) = faults_of(write(), env=ENV | {"CONCIERGE_KEY": "k" * 31})
    assert "the key (environment CONCIERGE_KEY) has 31 bytes; at least 32 are right" in short


def test_it_never_repeats_a_password_that_stands_in_the_file(write):
    told = "\n".join(faults_of(write(
        {("mailbox", "password_env"): "hunter2!"},
        replace=[("[mailbox]", '[mailbox]\npassword = "hunter2!"\nsmtp_passwd = "hunter2!"')],
    )))  # fmt: skip
    assert told.count("a password does not belong in this file") == 2
    assert "is not the name of an environment variable" in told
    assert "hunter2" not in told


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_it_allows_plaintext_on_this_machine_only(host, write):
    given = {("mailbox", "tls"): "plaintext", ("mailbox", "host"): host}
    assert load(write(given), env=ENV).mailbox.tls == "plaintext"
    (told,) = faults_of(write(given | {("mailbox", "host"): "127.0.0.1.example.org"}))
    assert '"plaintext" would send passwords' in told


def test_it_tells_a_missing_or_unreadable_file(tmp_path):
    (told,) = faults_of(tmp_path / "config.toml")
    assert told.startswith("config.toml:1:1: the file is not there; `concierge init` creates it")
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    (told,) = faults_of(tmp_path / "config.toml")
    assert told == "config.toml:1:1: the file is not UTF-8; save it as UTF-8"


def test_it_reads_what_a_windows_editor_writes(write):
    path = write()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path, env=ENV).charity.name == "Backline Care"


def test_it_asks_to_have_every_required_line_filled_in(folder):
    path = folder / "config.toml"
    path.write_text(explained_toml(), encoding="utf-8")
    told = faults_of(path)
    required = [o for o in OPTIONS if o.required]
    assert len(told) == len(required)
    lines = path.read_text(encoding="utf-8").splitlines()
    for fault, option in zip(told, required, strict=True):
        number = int(fault.split(":")[1])
        assert lines[number - 1].startswith(f"{option.key} = ")


def test_it_means_the_same_with_every_default_written_out(write):
    shown = load(write(), env=ENV)
    path = write()
    path.write_text(re.sub(r"(?m)^#(?=[a-z_]+ = )", "", path.read_text("utf-8")), "utf-8")
    assert load(path, env=ENV) == shown


MODELS = {
    "charity": m.Charity, "mailbox": m.MailboxSettings, "outgoing": m.OutgoingSettings,
    "store": m.StoreSettings, "secrets": m.SecretSettings, "directory": m.Place,
    "templates": m.Place, "rules": m.Place, "staff": m.StaffMember, "office": m.OfficeSettings,
    "report": m.ReportSettings, "worker": m.WorkerSettings, "cases": m.CaseSettings,
    "logs": m.LogSettings,
}  # fmt: skip


@pytest.mark.parametrize("section", MODELS)
def test_it_has_a_field_for_every_option_and_no_other(section):
    fields = {field.name for field in dataclasses.fields(MODELS[section])}
    assert fields == {option.key for option in OPTIONS if option.section == section}


def test_it_knows_every_section_of_the_table():
    assert {option.section for option in OPTIONS} == set(SECTIONS)
    assert {s for s in SECTIONS if "." not in s} == set(MODELS)
    nested = [s.split(".") for s in SECTIONS if "." in s]
    assert {inner for outer, inner in nested if outer == "promises"} == set(Urgency)
    assert {inner for outer, inner in nested if outer == "routes"} == set(Route)
    assert {outer for outer, _ in nested} == {"promises", "routes"}
    assert set(MODELS) < {field.name for field in dataclasses.fields(Config)}


@pytest.mark.parametrize("option", OPTIONS, ids=lambda o: f"{o.section}.{o.key}")
def test_it_explains_every_option_in_one_sentence_with_a_right_example(option):
    assert option.meaning.endswith(".")
    assert option.meaning[0].isupper()
    if option.required:
        assert option.example is not None
    if option.example is not None:
        value = option.type.read(option.example)
        pathless = not isinstance(value, Path)
        assert not (option.check and pathless and option.check(value))


def test_the_explained_config_is_up_to_date():
    assert (ROOT / "config.toml").read_text("utf-8") == explained_toml()


def test_the_reference_is_up_to_date():
    assert (ROOT / "docs" / "configuration.md").read_text("utf-8") == markdown()


def test_the_shipped_config_loads_once_it_is_filled_in(folder):
    text = (ROOT / "config.toml").read_text("utf-8")
    for (_, key), value in FILLED.items():
        written = json.dumps(value)
        text = re.sub(rf'(?m)^{key} = (""|\[\])$', f"{key} = {written}", text, count=1)
    (folder / "config.toml").write_text(text, "utf-8")
    assert load(folder / "config.toml", env=ENV).mailbox.host == "imap.example.org"


def test_it_finds_keys_behind_texts_that_look_like_keys():
    places = Places(
        '# [a]\n[a]\nx = """\ny = 1\n[b]\n"""\nlist = [\n  "y = 2", # ]\n]\n  y = 3\n'
        "[[s]]\n[[s]]\n'z' = 1\n[p.q]\na.b = 1\ni = {k = 1}\n"
    )
    assert places.of(("a", "y")) == (10, 3)
    assert places.of(("s", 1, "z")) == (13, 1)
    assert places.of(("p", "q", "a", "b")) == (15, 1)
    assert places.of(("p", "q", "i", "k")) == (16, 1)
    assert places.of(("s", 0, "missing")) == (11, 1)
    assert places.of(("nowhere",)) == (1, 1)


@given(st.text() | st.text(alphabet="[]{}=.\"'#\n ab,0"))
def test_it_finds_a_place_in_any_text(text):
    line, column = Places(text).of(("a", "b"))
    assert line >= 1
    assert column >= 1


@given(
    st.integers(0, 2000),
    st.integers(0, 40),
    st.text(max_size=20) | st.text(alphabet="[]{}=.\"'#\n ab,019-:T", max_size=20),
)
def test_it_loads_or_refuses_any_file_with_places(shared_folder, start, length, text):
    whole = WHOLE
    start = start * 7 % len(whole)
    path = shared_folder / "config.toml"
    path.write_text(whole[:start] + text + whole[start + length :], encoding="utf-8")
    try:
        load(path, env=ENV)
    except FaultyInput as refused:
        assert all(re.match(r"config\.toml:\d+:\d+: .+; .+", fault) for fault in refused.faults)


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 20000, "a = " + "9" * 5000, f"[mailbox]\nport = 0x{'f' * 5000}", "a = 1\0"],
    ids=["deep", "long", "huge", "control"],
)
def test_it_refuses_what_no_parser_likes(text, folder):
    (folder / "config.toml").write_text(text, encoding="utf-8")
    assert faults_of(folder / "config.toml")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (
            "~nobody-lives-here/data",
            '"~nobody-lives-here/data" names nobody\'s home; write the whole',
        ),
        ("x" * 300, "there is no folder "),
        ("", "is no path; name a file or folder"),
        ("a\0b", "is no path; name a file or folder"),
    ],
)
def test_it_refuses_a_path_that_cannot_be(path, told, write):
    (fault,) = faults_of(write({("rules", "path"): path}))
    assert f"[rules] path: {told}" in fault


def test_it_refuses_a_password_without_a_login(write):
    (told,) = faults_of(write({("outgoing", "password_file"): "pw"}))
    assert "[outgoing] password_file: there is a password but no username" in told


_SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats()
_RAW = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)  # fmt: skip


@given(st.sampled_from([o for o in OPTIONS if not o.secret]), _RAW)
def test_it_reads_or_refuses_any_value_with_a_sentence(option, raw):
    try:
        value = option.type.read(raw)
        said = option.check(value) if option.check and not isinstance(value, Path) else None
    except ValueError as unfit:
        said = str(unfit)
    assert said is None or ";" in said


def test_it_is_equal_by_value_and_keeps_its_hash_to_itself():
    one, other = Secret(b"a", "file"), Secret(b"a", "environment X")
    assert one == other
    assert one != Secret(b"b", "file")
    assert hash(one) == hash(Secret(b"b", "file"))
