"""What tests of kernel and plugins share: a throw-away PostgreSQL and builders."""
