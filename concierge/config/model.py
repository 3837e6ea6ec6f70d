"""The config as typed, frozen values: what the rest of the software reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from concierge.config.secret import Secret
from concierge.config.values import Range, shown
from concierge.domain.findings import Route, Urgency
from concierge.domain.routes import RoutePlan, RoutePlans, plan_of
from concierge.domain.sla import OfficeHours, Promise, Promises, RoutePromise
from concierge.errors import NotStaff

if TYPE_CHECKING:
    from concierge.desk.flood import Limits

Tls = Literal["implicit", "starttls", "plaintext"]
Role = Literal["staff", "supervisor", "operator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charity:
    """Who answers."""

    name: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """How to reach and treat the mailbox."""

    host: str
    port: int
    tls: Tls
    username: str
    password_file: Path | None
    password_env: str
    password: Secret
    folders: tuple[str, ...]
    addresses: tuple[str, ...]
    authserv_ids: tuple[str, ...]
    after: Literal["move", "flag", "leave"]
    handled_folder: str
    parked_folder: str
    size_limit_mb: int
    poll_seconds: int
    idle: bool
    ca_file: Path | None
    connect_timeout_seconds: int
    read_timeout_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingSettings:
    """How replies leave; ``password`` is None when there is no login."""

    host: str
    port: int
    tls: Tls
    username: str
    password_file: Path | None
    password_env: str
    password: Secret | None
    from_address: str
    from_name: str
    sent_copy: Literal["auto", "append", "off"]
    sent_folder: str
    reply_to_plus: bool
    return_path_plus: bool
    give_up_after_hours: int
    retry_seconds: int
    lease_seconds: int
    ca_file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the database and its backups are."""

    path: Path
    backup_folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretSettings:
    """The desk's own key, at least 32 bytes."""

    key_file: Path
    key: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file or folder the desk reads."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person who may work at the desk."""

    name: str
    system_user: str
    role: Role
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSettings:
    """The week of the office in local time."""

    timezone: ZoneInfo
    monday: tuple[Range, ...]
    tuesday: tuple[Range, ...]
    wednesday: tuple[Range, ...]
    thursday: tuple[Range, ...]
    friday: tuple[Range, ...]
    saturday: tuple[Range, ...]
    sunday: tuple[Range, ...]
    closed_on: frozenset[date]

    def hours(self) -> OfficeHours:
        """The week as the domain counts it."""
        week = (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday)
        return OfficeHours(self.timezone, (*week, self.saturday, self.sunday), self.closed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSettings:
    """What the charity says of one route; empty is as :func:`plan_of` has it."""

    name: str
    who: tuple[str, ...]
    first_response: timedelta | None
    next_response: timedelta | None
    template: str
    resources: tuple[str, ...]
    questions: tuple[str, ...]
    #: Where the resources stand in the file, for faults that only the directory shows.
    told_at: str = field(default="", compare=False)

    def promise(self) -> RoutePromise:
        """How soon somebody of this route is answered."""
        return RoutePromise(self.first_response, self.next_response)

    def plan(self, route: Route) -> RoutePlan:
        """The rest, as the desk takes it."""
        return RoutePlan(
            route=route,
            name=self.name or plan_of(route).name,
            who=self.who,
            reply=Route(self.template),
            resources=self.resources,
            questions=self.questions,
            programme=self.name,
            told_at=self.told_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSettings:
    """When and to whom the report of the day goes."""

    send_at: time
    timezone: ZoneInfo
    mail_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """The pace of the background work."""

    dispatch_seconds: int
    sweep_seconds: int
    process_batch: int
    max_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSettings:
    """How long a case stays closed or claimed, and the bounds of a storm."""

    reopen_days: int
    claim_minutes: int
    flood_hours: int
    drafts_an_hour: int

    def limits(self) -> Limits:
        """The bounds of a storm as the desk takes them."""
        from concierge.desk.flood import Limits

        return Limits(timedelta(hours=self.flood_hours), self.drafts_an_hour)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """How logs look."""

    format: Literal["auto", "json", "console"]
    level: Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole config, valid, with every default filled in and every path absolute."""

    path: Path
    charity: Charity
    mailbox: MailboxSettings
    outgoing: OutgoingSettings
    store: StoreSettings
    secrets: SecretSettings
    directory: Place
    templates: Place
    rules: Place
    staff: tuple[StaffMember, ...]
    office: OfficeSettings
    promised: Mapping[Urgency, Promise]
    routes: Mapping[Route, RouteSettings]
    report: ReportSettings
    worker: WorkerSettings
    cases: CaseSettings
    logs: LogSettings

    def promises(self) -> Promises:
        """The promises and the hours they count in, as the domain takes them."""
        by_route = {route: settings.promise() for route, settings in self.routes.items()}
        return Promises(self.office.hours(), dict(self.promised), by_route)

    def route_plans(self) -> RoutePlans:
        """What is done with each route, as the desk takes it."""
        return RoutePlans({route: settings.plan(route) for route, settings in self.routes.items()})

    def staff_member(self, name: str) -> StaffMember:
        """The person of that name, in any case of letters.

        Raises:
            NotStaff: nobody of that name is in the config.
        """
        for member in self.staff:
            if member.name.casefold() == name.strip().casefold():
                return member
        names = ", ".join(member.name for member in self.staff)
        raise NotStaff(f"{name!r} is not staff here; the config names {names}")

    def staff_by_system_user(self, system_user: str) -> StaffMember | None:
        """The person who uses that login on this machine; None when nobody claims it."""
        return next((m for m in self.staff if system_user and m.system_user == system_user), None)

    def redacted(self) -> dict[str, Any]:
        """Every effective value as JSON-like data; secrets as ``<redacted>`` with their source."""
        from concierge.config.options import SECTIONS

        plain: dict[str, Any] = {"path": str(self.path)}
        for section in SECTIONS:
            outer, _, inner = section.partition(".")
            if outer == "routes":
                plain.setdefault(outer, {})[inner] = _plain(self.routes[Route(inner)])
            elif inner:
                plain.setdefault(outer, {})[inner] = _plain(self.promised[Urgency(inner)])
            elif section == "staff":
                plain["staff"] = [_plain(member) for member in self.staff]
            else:
                plain[section] = _plain(getattr(self, section))
        return plain


def _plain(settings: Any) -> dict[str, object]:
    names = (name for name in settings.__dataclass_fields__ if name != "told_at")
    values = {name: getattr(settings, name) for name in names}
    plain = {name: shown(value) for name, value in values.items()}
    sources = {f"{k}_source": v.source for k, v in values.items() if isinstance(v, Secret)}
    return plain | sources
