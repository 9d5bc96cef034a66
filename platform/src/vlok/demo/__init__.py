"""The demo: the whole product on one machine, with an identity provider of its own and sample data."""

from vlok.demo.run import demo_settings, run

__all__ = ["demo_settings", "run"]
