import { graphql } from '../gql';

/** Why the user sees something, or may (not) do something with it. Safe to ask about what is not there. */
export const WAAROM = graphql(`
  query Waarom($subject: ID!, $handeling: String) {
    waarom(subject: $subject, handeling: $handeling) {
      zichtbaar
      toegestaan
      reden
      regels {
        rolNaam
        via
        bereik
        bron
      }
    }
  }
`);

export const LOGREGEL = graphql(`
  fragment LogregelRij on Logregel {
    id
    tijdstip
    soort
    soortNaam
    omschrijving
    doel
    gebruiker
    organisatie
    namens
    rollen
    aantal
    verzoekId
    dossier {
      id
      referte
    }
    document {
      id
      referte
      titel
    }
    onderwerp {
      id
      referte
      titel
    }
  }
`);

export const LOGBOEK = graphql(`
  query Logboek(
    $subject: String
    $gebruiker: String
    $van: Date
    $tot: Date
    $soort: String
    $first: Int!
    $after: String
  ) {
    logboek(
      subject: $subject
      gebruiker: $gebruiker
      van: $van
      tot: $tot
      soort: $soort
      first: $first
      after: $after
    ) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...LogregelRij
        }
      }
    }
  }
`);

export const LEESREGISTER = graphql(`
  query Leesregister($persoon: String!, $reden: String!, $toelichting: String!, $first: Int!, $after: String) {
    leesregister(persoon: $persoon, reden: $reden, toelichting: $toelichting, first: $first, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          ...LogregelRij
        }
      }
    }
  }
`);

export const INZAGEREDENEN = graphql(`
  query Inzageredenen {
    inzageredenen {
      code
      naam
    }
  }
`);

export const PERSONEN = graphql(`
  query Personen(
    $naam: String
    $voornaam: String
    $insz: String
    $reden: String!
    $toelichting: String!
    $first: Int!
  ) {
    personenZoeken(
      naam: $naam
      voornaam: $voornaam
      insz: $insz
      reden: $reden
      toelichting: $toelichting
      first: $first
    ) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          referte
          naam
          soortNaam
          rolNaam
          nummer
          adres
          van
          tot
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

export const OPMERKING_RIJ = graphql(`
  fragment OpmerkingRij on Opmerking {
    id
    tekst
    auteur
    organisatieNaam
    geschrevenOp
    zichtbaarheid
    gelezenDoorAndere
    eigen
  }
`);
