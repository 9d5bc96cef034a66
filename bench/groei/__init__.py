"""The part ``groei``: the product's own compiled statements, timed in the database at growing numbers of tasks."""
