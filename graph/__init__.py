"""The store protocol, its engines, loading of records, links between documents, vectors and named queries."""
