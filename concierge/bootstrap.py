"""Bootstrap: the one place that names concrete adapters; the app and the tests both use it.

Adapters are imported inside the functions that make them, because importing SQLModel alone takes
longer than most commands run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.desk.ports.composer import Composed, Letter
from concierge.domain.message import Address

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.desk.admission import Admission
    from concierge.desk.approvals import Approvals
    from concierge.desk.casework import Casework
    from concierge.desk.daily import ReportPost
    from concierge.desk.dispatch import Dispatch
    from concierge.desk.intake import Intake
    from concierge.desk.ports.courier import Courier
    from concierge.desk.ports.mailbox import Mailbox
    from concierge.desk.ports.store import Store
    from concierge.desk.rereading import Rereader
    from concierge.desk.rescue import Rescue
    from concierge.desk.triage import Rulebook
    from concierge.errors import FaultyInput
    from concierge.mail.imap import ImapMailbox
    from concierge.mail.smtp import SmtpCourier
    from concierge.store.rulebook import LiveRulebook
    from concierge.store.rulebook_files import RulebookFiles
    from concierge.store.sqlite import SqliteStore
    from concierge.store.views import SqliteViews

#: Hosts whose submission server saves the Sent copy by itself, so that `auto` must not.
_SAVE_BY_THEMSELVES = ("gmail.com", "googlemail.com", "office365.com", "outlook.com")
_MEGABYTE = 1_000_000


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class MailComposer:
    """Composes replies under the charity's address."""

    sender: Address
    reply_to_plus: bool
    return_path_plus: bool = False

    def compose(self, letter: Letter) -> Composed:
        """The exact bytes of a reply; see :class:`concierge.desk.ports.composer.Composer`."""
        from concierge.mail.compose import OutgoingReply, compose_reply, return_path

        mail = compose_reply(
            OutgoingReply(
                from_=self.sender,
                to=letter.to,
                subject=letter.subject,
                text=letter.text,
                message_id=letter.message_id,
                date=letter.date,
                in_reply_to=letter.in_reply_to,
                references=letter.references,
                reference=letter.reference,
                reply_to_plus=self.reply_to_plus,
            )
        )
        return Composed(mail, return_path(self.sender, letter.reference * self.return_path_plus))


def own_addresses(config: Config) -> frozenset[str]:
    """Our own addresses as they are compared: never requester, recipient or parent."""
    ours = {*config.mailbox.addresses, config.outgoing.from_address}
    return frozenset(Address(address).key for address in ours)


def desk_sender(config: Config) -> Address:
    """Whom our mail comes from."""
    return Address(config.outgoing.from_address, config.outgoing.from_name)


def open_store(config: Config) -> SqliteStore:
    """The store for writing.

    Raises:
        StoreUnavailable: it is missing or of another schema version.
    """
    from concierge.store.sqlite import SqliteStore

    return SqliteStore(config.store.path, index_key=config.secrets.key.raw())


def open_views(config: Config) -> SqliteViews:
    """The store for reading; needs neither SQLModel nor the desk key."""
    from concierge.store.views import SqliteViews

    return SqliteViews(config.store.path)


def worker_lock(config: Config) -> AbstractContextManager[None]:
    """The lock that makes one worker the only one; raises AlreadyRunning."""
    from concierge.store.lock import worker_lock as lock

    return lock(config.store.path)


def open_mailbox(config: Config) -> ImapMailbox:
    """The mailbox, connected on first use."""
    from concierge.mail.imap import ImapMailbox, ImapSettings

    box = config.mailbox
    return ImapMailbox(
        ImapSettings(
            host=box.host,
            port=box.port,
            tls=box.tls,
            username=box.username,
            password=box.password.text(),
            size_limit=box.size_limit_mb * _MEGABYTE,
            ca_file=str(box.ca_file or ""),
            connect_timeout=float(box.connect_timeout_seconds),
            read_timeout=float(box.read_timeout_seconds),
        )
    )


def open_courier(config: Config) -> SmtpCourier:
    """The courier, connected on first use."""
    from concierge.mail.smtp import SmtpCourier, SmtpSettings

    out = config.outgoing
    return SmtpCourier(
        SmtpSettings(
            host=out.host,
            port=out.port,
            tls=out.tls,
            username=out.username,
            password=out.password.text() if out.password else "",
            ca_file=str(out.ca_file or ""),
            hostname=Address(out.from_address).domain,
        )
    )


def rulebook_files(config: Config) -> RulebookFiles:
    """Where the rulebook's files are."""
    from concierge.store.rulebook_files import RulebookFiles

    return RulebookFiles(
        directory=config.directory.path,
        templates=config.templates.path,
        rules=config.rules.path,
        charity=config.charity.name,
        signature=config.charity.signature,
        own_addresses=own_addresses(config),
        sender_name=config.outgoing.from_name,
        staff_addresses=frozenset(Address(m.email).key for m in config.staff if m.email),
        authserv_ids=frozenset(config.mailbox.authserv_ids),
    )


def shipped_rulebook_files() -> RulebookFiles:
    """The rulebook that comes with the program, for dry runs without any config."""
    from concierge.store.rulebook_files import RulebookFiles

    folder = shipped_folder()
    return RulebookFiles(
        directory=folder / "data" / "resources.csv",
        templates=folder / "templates",
        rules=folder / "data",
        charity="The Concierge Desk",
        signature="",
    )


def shipped_folder() -> Path:
    """Where the files are that ship with the program: in the package, or in the checkout."""
    packaged = Path(__file__).parent / "_shipped"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent


def live_rulebook(config: Config, told: Callable[[FaultyInput | None], None]) -> LiveRulebook:
    """The rulebook that follows its files; raises FaultyInput when they are faulty at start."""
    from concierge.store.rulebook import LiveRulebook

    return LiveRulebook(rulebook_files(config), told)


def make_intake(config: Config, store: Store, mailbox: Mailbox) -> Intake:
    """What collects mail."""
    from concierge.desk.intake import Intake, Settling

    box = config.mailbox
    settling = Settling(box.after, box.handled_folder, box.parked_folder)
    return Intake(store, mailbox, SystemClock(), settling)


def make_admission(config: Config, store: Store, rulebook: Callable[[], Rulebook]) -> Admission:
    """What puts stored mail before staff."""
    from concierge.desk.admission import Admission, AdmissionSettings
    from concierge.mail.mime import read

    settings = AdmissionSettings(
        promises=config.promises(),
        key=config.secrets.key.raw(),
        reopen=timedelta(days=config.cases.reopen_days),
        max_attempts=config.worker.max_attempts,
        limits=config.cases.limits(),
    )
    return Admission(
        store,
        SystemClock(),
        lambda raw, complete, size: read(raw, complete=complete, size=size),
        rulebook,
        settings,
    )


def make_rereader(config: Config) -> Rereader:
    """What reads stored messages again when staff ask for it."""
    from concierge.desk.rereading import Rereader
    from concierge.mail.mime import read
    from concierge.store.rulebook import read_rulebook

    return Rereader(
        lambda raw, complete, size: read(raw, complete=complete, size=size),
        lambda: read_rulebook(rulebook_files(config)),
        config.secrets.key.raw(),
    )


def make_rescue(config: Config, store: Store) -> Rescue:
    """What ends a message's quarantine."""
    from concierge.desk.rescue import Rescue

    return Rescue(store, SystemClock(), make_rereader(config), config.promises())


def make_approvals(config: Config, store: Store) -> Approvals:
    """What turns drafts into approved mail."""
    import secrets

    from concierge.desk.approvals import Approvals

    out = config.outgoing
    return Approvals(
        store,
        SystemClock(),
        MailComposer(desk_sender(config), out.reply_to_plus, out.return_path_plus),
        key=config.secrets.key.raw(),
        domain=Address(out.from_address).domain,
        own_addresses=own_addresses(config),
        nonce=lambda: secrets.token_hex(8),
    )


def make_casework(config: Config, store: Store) -> Casework:
    """What staff do to a case beside answering it."""
    from concierge.desk.casework import Casework

    return Casework(
        store,
        SystemClock(),
        config.promises(),
        claim_for=timedelta(minutes=config.cases.claim_minutes),
    )


def make_dispatch(config: Config, store: Store, courier: Courier) -> Dispatch:
    """What sends approved mail; claims are made in the name of this process."""
    import secrets
    import socket

    from concierge.desk.dispatch import Dispatch, DispatchSettings

    out = config.outgoing
    settings = DispatchSettings(
        promises=config.promises(),
        lease=timedelta(seconds=out.lease_seconds),
        give_up_after=timedelta(hours=out.give_up_after_hours),
        copy_to_sent=copies_to_sent(config),
        first_delay=timedelta(seconds=out.retry_seconds),
    )
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    return Dispatch(store, SystemClock(), courier, settings, worker=worker)


def copies_to_sent(config: Config) -> bool:
    """Whether we put sent replies into the Sent folder ourselves."""
    out = config.outgoing
    if out.sent_copy == "auto":
        return not out.host.casefold().endswith(_SAVE_BY_THEMSELVES)
    return out.sent_copy == "append"


def report_post(config: Config) -> ReportPost:
    """When and to whom the report of the day goes, and how it becomes a mail."""
    from concierge.desk.daily import ReportPost
    from concierge.mail.report_mail import ReportComposer

    sender = desk_sender(config)
    return ReportPost(
        send_at=config.report.send_at,
        zone=config.report.timezone,
        sender=sender.address,
        recipients=config.report.mail_to,
        compose=ReportComposer(sender).compose,
    )
