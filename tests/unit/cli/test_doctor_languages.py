import sys

import pytest

from concierge.cli import doctor
from concierge.rules import detectors


@pytest.fixture
def forgetful():
    """What is installed is asked anew, before and after."""
    detectors.has.cache_clear()
    yield
    detectors.has.cache_clear()


def test_it_names_the_detectors(forgetful):
    assert doctor._languages().startswith("told by py3langid")


def test_it_warns_when_langdetect_is_alone(forgetful, monkeypatch):
    monkeypatch.setitem(sys.modules, "py3langid", None)
    words = doctor._languages()
    assert "py3langid is not installed" in words
    assert "undetermined" in words
