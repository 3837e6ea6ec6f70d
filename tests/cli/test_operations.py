"""What an operator does: set up, check, watch, upgrade, back up."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime

import pytest
from servers.embedded_imap import PASSWORD, USERNAME, EmbeddedImap
from servers.smtp import SmtpServer
from support.deployment import Deployment, deploy

from concierge.domain.case import CaseState


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_it_writes_a_deployment_folder_once(tmp_path, concierge):
    code, out, _ = concierge(tmp_path, "init", "desk")
    made = tmp_path / "desk"
    assert code == 0
    assert "db upgrade && concierge doctor" in out
    assert {path.name for path in made.iterdir()} == {"config.toml", "templates", "data", "secrets"}
    assert mode(made / "secrets") == 0o700
    assert mode(made / "secrets" / "desk.key") == 0o600
    key = (made / "secrets" / "desk.key").read_bytes()
    (made / "config.toml").write_text("# mine\n")

    code, _, err = concierge(tmp_path, "init", "desk")
    assert code == 2
    assert "nothing was written" in err
    assert (made / "config.toml").read_text() == "# mine\n"

    # Without a config it is completed; what is there, above all the key, stays.
    (made / "config.toml").unlink()
    shutil.rmtree(made / "templates")
    assert concierge(tmp_path, "init", "desk")[0] == 0
    assert (made / "secrets" / "desk.key").read_bytes() == key
    assert (made / "templates" / "en").is_dir()


@pytest.fixture(scope="module")
def imap():
    with EmbeddedImap() as server:
        yield server


@pytest.fixture(scope="module")
def smtp():
    with SmtpServer() as server:
        yield server


@pytest.fixture
def served(tmp_path, imap, smtp) -> Deployment:
    """A desk whose servers are there."""
    return deploy(
        tmp_path,
        {
            ("mailbox", "port"): imap.port,
            ("mailbox", "tls"): "plaintext",
            ("mailbox", "username"): USERNAME,
            ("outgoing", "port"): smtp.port,
        },
        mailbox_password=PASSWORD,
    )


def examined(concierge, desk):
    code, out, err = concierge(desk, "doctor", "--json")
    assert err == ""
    return code, {found["what"]: found for found in map(json.loads, out.splitlines())}


def test_it_finds_nothing_wrong_with_a_good_desk(served, concierge):
    code, found = examined(concierge, served)
    assert code == 0, found
    assert len(found) == 7


def test_it_names_the_remedy_for_a_wrong_password(served, concierge):
    (served.folder / "secrets" / "mailbox.password").write_text("wrong")
    code, found = examined(concierge, served)
    assert code == 1
    assert [what for what, one in found.items() if not one["ok"]] == ["mailbox"]
    assert "password" in found["mailbox"]["words"]


def test_it_names_the_remedy_for_each_thing_missing(served, concierge):
    faulty = served.folder / "templates" / "en"
    faulty.mkdir(parents=True)
    (faulty / "crisis.txt.j2").write_text("{% if %}\n")
    served.configure(
        {
            ("mailbox", "port"): 9,
            ("mailbox", "tls"): "plaintext",
            ("outgoing", "port"): 9,
            ("templates", "path"): "templates",
        }
    )
    for file in served.folder.glob("concierge.db*"):
        file.unlink()
    code, found = examined(concierge, served)
    assert code == 1
    failed = {what: one["words"] for what, one in found.items() if not one["ok"]}
    assert list(failed) == ["store", "directory, templates and rules", "mailbox", "outgoing mail"]
    assert "concierge db upgrade" in failed["store"]
    assert "crisis.txt.j2:1" in failed["directory, templates and rules"]
    assert "[mailbox] host, port and tls" in failed["mailbox"]
    assert "[outgoing] host, port and tls" in failed["outgoing mail"]


def test_it_knows_health_before_and_after_a_pass(served, concierge):
    code, out, _ = concierge(served, "health")
    assert code == 1
    assert "is the worker running?" in out
    done = served.run("worker", "--once")
    assert done.returncode == 0, done.stderr
    assert concierge(served, "health")[:2] == (0, "ok\n")
    (report,) = served.ask("health")
    assert report["ok"]
    assert report["last_good_poll"].startswith(f"{datetime.now(UTC):%Y-}")


def test_it_backs_up_a_desk_that_can_be_restored(desk, concierge):
    target = desk.folder / "copies" / "desk.db"
    assert concierge(desk, "db", "backup", str(target))[:2] == (0, f"{target}\n")
    assert mode(target) == 0o600
    code, _, err = concierge(desk, "db", "backup", str(target))
    assert code == 2
    assert "exists already" in err

    before = concierge(desk, "case", "list", "--json")[1]
    assert concierge(desk, "case", "resolve", "3")[0] == 0
    for file in desk.folder.glob("concierge.db*"):
        file.unlink()
    shutil.copy(target, desk.database)
    assert concierge(desk, "db", "upgrade")[:2] == (0, "The store is up to date.\n")
    assert concierge(desk, "case", "list", "--json")[1] == before
    with desk.views() as views:
        assert views.case(3).case.state is CaseState.OPEN


def test_it_names_a_backup_by_the_time_when_none_is_named(desk, concierge):
    code, out, _ = concierge(desk, "db", "backup")
    assert code == 0
    made = desk.folder / out.strip()
    assert made.name.startswith(f"concierge-{datetime.now(UTC):%Y}")
    assert (mode(made), mode(made.parent)) == (0o600, 0o700)
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_it_makes_a_store_that_only_its_owner_reads(tmp_path, served, concierge):
    for file in served.folder.glob("concierge.db*"):
        file.unlink()
    code, out, _ = concierge(served, "db", "upgrade")
    assert code == 0
    assert out.startswith("Made ")
    assert mode(served.database) == 0o600
