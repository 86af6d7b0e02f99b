"""The fields of a document: masthead, metadata table, signature, with every candidate and the reason for the choice."""
