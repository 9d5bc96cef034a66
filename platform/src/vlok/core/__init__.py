"""What the kernel itself offers: dossiers, tasks and documents, by the same hooks that plugins use."""
