"""Scripts that make the tables of ``data/reference`` from public data; not used at run time."""
