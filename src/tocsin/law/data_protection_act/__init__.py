"""Loi Informatique et Libertés (law 78-17): the powers of the French authority."""
