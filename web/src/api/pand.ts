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
      opmerkingen(first: $max) {
        ...OpmerkingRij
      }
    }
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
