"""From a file to records: readers, masthead, outline and one module for each kind of fact. Knows no store."""
