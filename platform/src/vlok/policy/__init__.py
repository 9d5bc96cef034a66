"""Who may see and do what: policy files → scopes → SQL."""
