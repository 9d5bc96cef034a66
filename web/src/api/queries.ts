import { graphql } from '../gql';

/** Who is signed in. Fails with NIET_AANGEMELD when nobody is. */
export const IK = graphql(`
  query Ik {
    ik {
      id
      naam
      schermen
      vervangt
      namens
      organisatie {
        globaleId
        code
        naam
        soort
      }
      rollen {
        code
        naam
      }
      organisaties {
        code
        naam
        actief
        rollen {
          code
          naam
        }
      }
    }
  }
`);

export const WERKLIJST = graphql(`
  query Werklijst($first: Int!, $after: String, $filter: WerklijstFilter) {
    werklijst(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...TaakRij
        }
      }
    }
  }
`);

export const TAAK_RIJ = graphql(`
  fragment TaakRij on Taak {
    id
    referte
    nummer
    naam
    deadline
    teLaat
    aangemaaktOp
    geslotenOp
    organisatieNaam
    rolNaam
    toegewezenAan
    onderwerp {
      id
      referte
      soort
      titel
    }
    dossier {
      id
      referte
      soortNaam
    }
  }
`);

/** The dossier with exactly this reference, for who typed one in the search box. */
export const DOSSIER_MET_REFERTE = graphql(`
  query DossierMetReferte($referte: String!) {
    dossier(referte: $referte) {
      referte
    }
  }
`);

export const PANDEN = graphql(`
  query Panden($zoek: String!, $first: Int!, $after: String) {
    panden(zoek: $zoek, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          referte
          titel
          straat
          huisnummer
          postcode
          gemeente
          actief
        }
      }
    }
  }
`);

export const DOCUMENT_RIJ = graphql(`
  fragment DocumentRij on Document {
    id
    referte
    soort
    titel
    status
    concept
    beschikbaar
    url
    aangemaaktOp
    ondertekendOp
    organisatieNaam
    afscherming {
      id
      redenNaam
      toelichting
      afgeschermdDoor
      afgeschermdOp
    }
  }
`);

/** Asked again and again while a document is being made. */
export const DOCUMENT = graphql(`
  query Document($id: ID!) {
    node(id: $id) {
      __typename
      ... on Document {
        ...DocumentRij
      }
    }
  }
`);
