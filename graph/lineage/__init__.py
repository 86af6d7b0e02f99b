"""Lineage between texts: which measure derives from which, and what changed. Pure functions over records, no store."""
