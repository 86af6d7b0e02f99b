"""Places, bodies and systems: who an organisation is, where it belongs, what it is for, and how names are written."""
