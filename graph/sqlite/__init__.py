"""The embedded engine: one SQLite file of ordinary tables."""
