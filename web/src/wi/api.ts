import { graphql } from '../gql/wi';

/** The questions that only the judicial side answers. */

export const WI_DOSSIERS = graphql(`
  query WiDossiers($zoek: String, $status: String, $first: Int!, $after: String) {
    wiDossiers(zoek: $zoek, status: $status, first: $first, after: $after) {
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
          status
          gestartOp
          gewijzigdOp
          onderwerp {
            id
            referte
            soort
            titel
          }
        }
      }
    }
  }
`);

export const WI_MELDING_RIJ = graphql(`
  fragment WiMeldingRij on WiMelding {
    id
    soort
    datum
    omschrijving
    melder
    ooReferte
    ontvangenOp
    status
    beantwoordOp
    pand {
      id
      referte
      titel
    }
    dossier {
      id
      referte
    }
  }
`);

export const WI_MELDINGEN = graphql(`
  query WiMeldingen($status: String, $first: Int!, $after: String) {
    wiMeldingen(status: $status, first: $first, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...WiMeldingRij
        }
      }
    }
  }
`);

export const WI_OPDRACHT_RIJ = graphql(`
  fragment WiOpdrachtRij on WiOpdracht {
    id
    datum
    checklist
    controleur
    status
  }
`);

export const OPDRACHTEN = graphql(`
  query Opdrachten($first: Int!, $after: String) {
    opdrachten(first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...WiOpdrachtRij
          pand {
            id
            referte
            titel
          }
        }
      }
    }
  }
`);

/** Everything on the page of a property as the judicial side sees it. */
export const WI_PAND = graphql(`
  query WiPand($referte: String!, $max: Int!) {
    pand(referte: $referte) {
      id
      referte
      titel
      postcode
      gemeente
      actief
      capakeys
      entiteiten(first: $max) {
        ...EntiteitRij
      }
      dossiers(first: $max) {
        ...DossierRij
      }
      documenten(first: $max) {
        ...DocumentRij
      }
      taken(first: $max) {
        ...TaakRij
      }
      wiMeldingen(first: $max) {
        ...WiMeldingRij
      }
      betrokkenen(first: $max) {
        ...BetrokkeneRij
      }
      opmerkingen(first: $max) {
        ...OpmerkingRij
      }
    }
  }
`);
