import { graphql } from '../gql';

/** Everything on the page of a property; the lists are as long as LIJST_MAX in the page. */
export const PAND = graphql(`
  query Pand($referte: String!, $max: Int!) {
    pand(referte: $referte) {
      id
      referte
      titel
      straat
      huisnummer
      postcode
      gemeente
      provincie
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
      betrokkenen(first: $max) {
        ...BetrokkeneRij
      }
      onderzoeken(first: $max) {
        ...OnderzoekRij
      }
      vivoo(first: $max) {
        ...VivooRij
      }
    }
  }
`);

export const ENTITEIT_RIJ = graphql(`
  fragment EntiteitRij on Entiteit {
    id
    referte
    titel
    soort
    soortNaam
    busnummer
    capakeys
    deelprocedures(first: 5) {
      id
      referte
      status
      dossier {
        id
        referte
        soortNaam
      }
    }
  }
`);

export const DOSSIER_RIJ = graphql(`
  fragment DossierRij on Dossier {
    id
    referte
    soort
    soortNaam
    status
    info
    gestartOp
    organisatieNaam
  }
`);

export const BETROKKENE_RIJ = graphql(`
  fragment BetrokkeneRij on Betrokkene {
    id
    naam
    soort
    rolNaam
    adres
    nummer
  }
`);

export const ONDERZOEK_RIJ = graphql(`
  fragment OnderzoekRij on Onderzoek {
    id
    referte
    status
    datum
    redenNaam
    organisatieNaam
    ondertekendOp
    resultaten(first: 20) {
      id
      uitslag
      entiteit {
        id
        referte
        titel
      }
    }
  }
`);
