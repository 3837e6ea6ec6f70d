"""The rulebook: which files it is read from, and how it follows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.bootstrap.adapters import own_addresses
from concierge.domain.message import Address

if TYPE_CHECKING:
    from concierge.config import Config
    from concierge.errors import FaultyInput
    from concierge.store.rulebook import LiveRulebook
    from concierge.store.rulebook_files import RulebookFiles


_PACKAGE = Path(__file__).parent.parent


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
        routes=config.route_plans(),
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
    packaged = _PACKAGE / "_shipped"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def detectors() -> tuple[str, ...]:
    """The libraries that tell languages here, the one that decides first."""
    from concierge.rules.detectors import available

    return available()


def live_rulebook(config: Config, told: Callable[[FaultyInput | None], None]) -> LiveRulebook:
    """The rulebook that follows its files; raises FaultyInput when they are faulty at start."""
    from concierge.store.rulebook import LiveRulebook

    return LiveRulebook(rulebook_files(config), told)
