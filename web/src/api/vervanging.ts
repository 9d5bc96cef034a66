import { graphql } from '../gql';

/** The substitutions in one organisation that the user may know of, the last one first. */
export const VERVANGINGEN = graphql(`
  query Vervangingen($organisatie: ID!, $max: Int!) {
    node(id: $organisatie) {
      __typename
      id
      ... on Organisatie {
        vervangingen(first: $max) {
          id
          afwezige
          vervanger
          van
          tot
          reden
          ingesteldDoor
          beeindigdOp
        }
      }
    }
  }
`);
