"""The concierge desk: mail in, triage with reasons, a draft a person approves, the reply out."""

__version__ = "0.1.0"
