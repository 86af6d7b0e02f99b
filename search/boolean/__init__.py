"""Everything that matches: Boolean, phrase and proximity queries, unranked, complete, in a stable order."""
