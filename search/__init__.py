"""Keyword index, fusion with vectors, understanding of the question, answers."""
