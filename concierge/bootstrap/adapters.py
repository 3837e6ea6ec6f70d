"""The adapters at the edges: clock, composer, store, mailbox, courier."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from concierge.desk.ports.composer import Composed, Letter
from concierge.domain.message import Address

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.mail.imap import ImapMailbox
    from concierge.mail.smtp import SmtpCourier
    from concierge.store.sqlite import SqliteStore
    from concierge.store.views import SqliteViews

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
