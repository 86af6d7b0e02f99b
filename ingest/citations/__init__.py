"""Instruments that a text names: title, number, relation, kind and effect."""
