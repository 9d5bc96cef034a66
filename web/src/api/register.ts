import { graphql } from '../gql';

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
