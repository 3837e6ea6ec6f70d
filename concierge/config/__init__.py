"""The config: one option table, loaded whole with every fault told at once.

The names below are imported when first used, so that ``concierge --help`` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concierge.config.loading import load
    from concierge.config.model import Config, StaffMember
    from concierge.config.reference import explained_toml
    from concierge.config.secret import Secret

__all__ = ["Config", "Secret", "StaffMember", "explained_toml", "load"]

_HOMES = {
    "Config": "model",
    "Secret": "secret",
    "StaffMember": "model",
    "explained_toml": "reference",
    "load": "loading",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
