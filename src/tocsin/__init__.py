"""Tocsin: from the evidence of an intrusion to everyone who must be told, with proof."""

__version__ = "0.1.0"
