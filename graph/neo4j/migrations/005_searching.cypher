// Everything that a search looks into, as one index: the provision, what stands above it, the title of its document, and what it
// may be narrowed to, as the same tokens that the embedded store indexes. The vector index is made with the first vectors, whose
// length it needs. Provisions written before lack these tokens: their documents are read again by the next ingest.
DROP INDEX provision_words IF EXISTS;
CREATE FULLTEXT INDEX provision_tokens IF NOT EXISTS FOR (n:Provision)
    ON EACH [n.words, n.bigrams, n.heading_words, n.heading_bigrams, n.context_words, n.context_bigrams, n.title_bigrams, n.id, n.document]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
MATCH (d:Document) SET d.extractor = '';
