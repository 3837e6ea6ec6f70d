"""What staff read of a topic: "because speaks of suicide", never a rule's name."""

from __future__ import annotations

from typing import Final

#: Only words that say more than the topic's own name in the table.
_WORDS: Final = {
    "business": "business, such as an invoice or an offer",
    "career": "work and career",
    "domestic_violence": "violence at home",
    "eating_disorder": "eating and the body",
    "events": "events or safe spaces at them",
    "financial_hardship": "money trouble",
    "find_therapist": "therapy or counselling",
    "guide": "the guide",
    "injury_hearing": "an injury or hearing",
    "legal": "a legal matter",
    "lgbtq": "LGBTQ+ life",
    "loneliness_relationships": "loneliness or relationships",
    "partnerships": "a partnership, the press or giving",
    "performance_anxiety": "stage fright",
    "self_harm": "self-harm",
    "sexual_assault": "sexual violence",
    "songwriters": "songwriting sessions",
    "substance_use": "alcohol or drugs",
    "therapy_fund": "the therapy fund or paying for therapy",
    "visa_immigration": "a visa or immigration",
}


def speaks_of(topic: str) -> str:
    """What a message does that names this topic, in words; a topic new to us is named as it is."""
    return f"speaks of {_WORDS.get(topic) or topic.replace('_', ' ')}"
