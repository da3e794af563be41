"""Regulation (EU) 2022/2554 and its standards: digital operational resilience of financial entities."""
