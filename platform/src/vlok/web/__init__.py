"""HTTP: GraphQL, files, the single-page application, and the guards in front of them."""
