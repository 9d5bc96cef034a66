"""The kernel: organisations, roles, dossiers, tasks, documents. It knows no dwelling and no procedure."""
