// Everything that a search looks into, as one index: the provision, what stands above it, the title of its document, and what it
// may be narrowed to, as the same tokens that the embedded store indexes. An index of vectors is made with the
// first of a model, whose length it needs. Provisions written before lack these tokens, and have vectors where they are no longer
// looked for: their documents are read again by the next ingest.
DROP INDEX provision_words IF EXISTS;
CREATE FULLTEXT INDEX provision_tokens IF NOT EXISTS FOR (n:Provision)
    ON EACH [n.words, n.bigrams, n.heading_words, n.heading_bigrams, n.context_words, n.context_bigrams, n.title_bigrams, n.id, n.document]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
DROP INDEX provision_vectors IF EXISTS;
DROP INDEX provision_model IF EXISTS;
MATCH (p:Provision) CALL (p) { REMOVE p.vector, p.model } IN TRANSACTIONS OF 10000 ROWS;
MATCH (d:Document) SET d.extractor = '', d.embedded = '';
