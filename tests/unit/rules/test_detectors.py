"""The libraries that tell languages apart, and answers without the optional ones."""

from __future__ import annotations

import pytest

from concierge.rules import detectors
from concierge.rules.language import language_of

LETTER = "Soy cantante y desde que terminó la gira no consigo dormir. ¿Me pueden ayudar?"


@pytest.mark.parametrize(
    "gone", [(), ("eldc",), ("langdetect_rs",), ("eldc", "langdetect_rs"), ("py3langid", "eldc")]
)
def test_it_answers_with_whatever_is_installed(gone, monkeypatch):
    installed = detectors.has
    monkeypatch.setattr(detectors, "has", lambda module: module not in gone and installed(module))
    assert not set(gone) & set(detectors.available())
    assert language_of(LETTER).value == "es"


def test_it_always_names_langdetect_last():
    assert detectors.available()[-1] == "langdetect"


@pytest.mark.parametrize(
    "noise",
    ["x x x x", "word word word word", "hahaha", "lalala", "asdf sdfg dfgh fghj", "Anna Kovács"],
)
def test_it_takes_noise_for_no_language(noise):
    assert language_of(noise).undetermined


def test_one_foreign_sentence_is_named_and_does_not_tip_the_answer():
    finding = language_of(f"I am sorry that my English is so very poor today. {LETTER}")
    also = [said.found for said in finding.evidence if said.rule == "language.also"]
    assert (finding.value, also) == ("es", ["en"])


@pytest.mark.parametrize("text", ["a" * 2_000_000, "\u200f" * 5_000, "न" * 9_000, "é́" * 4_000])
def test_it_bears_what_is_no_letter(text):
    assert language_of(text).evidence
