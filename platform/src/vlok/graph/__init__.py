"""The GraphQL schema, assembled from declarations, and the reading of a selection in one statement."""
