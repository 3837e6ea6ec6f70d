"""The one place that names concrete adapters; the app and the tests both use it.

Adapters are imported inside the functions that make them, because importing SQLModel alone takes
longer than most commands run.
"""

from concierge.bootstrap.adapters import (
    MailComposer,
    SystemClock,
    desk_sender,
    open_courier,
    open_mailbox,
    open_store,
    open_views,
    own_addresses,
    worker_lock,
)
from concierge.bootstrap.rules import (
    detectors,
    live_rulebook,
    rulebook_files,
    shipped_folder,
    shipped_rulebook_files,
)
from concierge.bootstrap.services import (
    copies_to_sent,
    make_admission,
    make_approvals,
    make_casework,
    make_dispatch,
    make_intake,
    make_rereader,
    make_rescue,
    report_post,
)

__all__ = [
    "MailComposer",
    "SystemClock",
    "copies_to_sent",
    "desk_sender",
    "detectors",
    "live_rulebook",
    "make_admission",
    "make_approvals",
    "make_casework",
    "make_dispatch",
    "make_intake",
    "make_rereader",
    "make_rescue",
    "open_courier",
    "open_mailbox",
    "open_store",
    "open_views",
    "own_addresses",
    "report_post",
    "rulebook_files",
    "shipped_folder",
    "shipped_rulebook_files",
    "worker_lock",
]
