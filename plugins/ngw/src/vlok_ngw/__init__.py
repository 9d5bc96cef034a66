"""Plugin ``ngw``: besluit artikel 135 Nieuwe Gemeentewet."""
