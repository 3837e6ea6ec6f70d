"""What the desk does, each with the adapters it needs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from concierge.bootstrap.adapters import MailComposer, SystemClock, desk_sender, own_addresses
from concierge.bootstrap.rules import rulebook_files
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

#: Hosts whose submission server saves the Sent copy by itself, so that `auto` must not.
_SAVE_BY_THEMSELVES = ("gmail.com", "googlemail.com", "office365.com", "outlook.com")


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
