"""Regulation (EU) 2016/679: one file per article."""
