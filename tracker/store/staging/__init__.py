"""Very many shares on their way in: staged beside the ledger, held against it as one set, written in its order."""
