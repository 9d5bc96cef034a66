import { graphql } from '../gql';

export const DOSSIER = graphql(`
  query Dossier($referte: String!, $max: Int!) {
    dossier(referte: $referte) {
      id
      referte
      soort
      soortNaam
      status
      info
      gestartOp
      organisatieNaam
      onderwerp {
        id
        referte
        soort
        titel
      }
      deelprocedures(first: $max) {
        id
        referte
        status
        entiteit {
          id
          referte
          titel
          soortNaam
        }
      }
      taken(first: $max) {
        ...TaakRij
      }
      documenten(first: $max) {
        ...DocumentRij
      }
      opmerkingen(first: $max) {
        ...OpmerkingRij
      }
      tijdlijn(first: $max) {
        id
        tijdstip
        titel
        wie
        organisatieNaam
        samenvatting
      }
      oo {
        ...OoProcedureDelen
      }
    }
  }
`);

export const OO_PROCEDURE = graphql(`
  fragment OoProcedureDelen on OoProcedure {
    id
    datumVerzoek
    initiatiefnemer
    datumAdviesvraag
    termijnBurgemeester
    hoorplichtTot
    adviezen(first: 50) {
      id
      referte
      uitslag
      status
      datum
      entiteit {
        id
        referte
        titel
      }
    }
    reacties(first: 50) {
      id
      referte
      datum
      wijze
      personen
    }
    beslissingen(first: 50) {
      ...OoBeslissingRij
    }
  }
`);

export const OO_BESLISSING = graphql(`
  fragment OoBeslissingRij on OoBeslissing {
    id
    referte
    soort
    soortNaam
    status
    datum
    datumBetekening
    entiteit {
      id
      referte
      titel
    }
    documenten(first: 5) {
      ...DocumentRij
    }
  }
`);
