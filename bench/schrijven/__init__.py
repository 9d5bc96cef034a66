"""The write path: the decision wizard on dossiers that are ready for it, beside two references that write the same."""
