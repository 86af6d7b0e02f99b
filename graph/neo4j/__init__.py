"""The store on a Neo4j server: the same protocol as the embedded one, as labels and relationships that people can query."""
