import { graphql } from '../gql';

export const VIVOO_RIJ = graphql(`
  fragment VivooRij on VivooRegistratie {
    id
    referte
    entiteitReferte
    adres
    gemeente
    provincie
    lijst
    datumOpname
    datumSchrapping
    redenSchrapping
    capakeys
  }
`);

export const VIVOO = graphql(`
  query Vivoo($zoek: String, $enkelOpgenomen: Boolean!, $first: Int!, $after: String) {
    vivoo(zoek: $zoek, enkelOpgenomen: $enkelOpgenomen, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...VivooRij
        }
      }
    }
  }
`);
