"""Corpus and training of the bundled models; never imported at run time."""
