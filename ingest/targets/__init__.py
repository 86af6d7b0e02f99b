"""Quantities and dated results that a text sets."""
