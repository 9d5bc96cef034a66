import { graphql } from '../gql/wi';

/** A judicial dossier with all that belongs to it. */
export const WI_DOSSIER = graphql(`
  query WiDossier($referte: String!, $max: Int!) {
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
      wi {
        ...WiZaakDelen
      }
    }
  }
`);

export const WI_ZAAK = graphql(`
  fragment WiZaakDelen on WiZaak {
    id
    aanleiding
    omschrijving
    stappen
    melding {
      ...WiMeldingRij
    }
    partijen(first: 100) {
      id
      hoedanigheid
      naam
      nummer
      adres
    }
    opdrachten(first: 50) {
      ...WiOpdrachtRij
    }
    resultaten(first: 100) {
      id
      datum
      uitslag
      bevindingen
      gevalideerd
      controleur
      entiteit {
        id
        titel
      }
    }
    processenVerbaal(first: 50) {
      id
      nummer
      soort
      datum
      status
      parket
      verzondenOp
    }
    herstelvorderingen(first: 50) {
      id
      nummer
      datum
      maatregel
      termijnMaanden
      dwangsom
      status
      ingeschrevenOp
    }
    gevolgen(first: 50) {
      id
      soort
      datum
      toelichting
    }
    uitspraken(first: 50) {
      id
      datum
      instantie
      herstel
      hersteltermijn
      dwangsom
      beschikking
    }
  }
`);
