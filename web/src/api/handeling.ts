import { graphql } from '../gql';

/** What the signed-in person may do to this subject, also what is not possible now (with the reason). */
export const HANDELINGEN = graphql(`
  query Handelingen($subject: ID!) {
    handelingen(subject: $subject, ookNietBeschikbaar: true) {
      sleutel
      titel
      omschrijving
      groep
      beschikbaar
      reden
      gevaarlijk
    }
  }
`);

/** The wizard as it looks after the answers so far. */
export const FORMULIER = graphql(`
  query Formulier($handeling: String!, $subject: ID!, $invoer: JSON) {
    formulier(handeling: $handeling, subject: $subject, invoer: $invoer) {
      handeling
      titel
      uitleg
      knop
      zichtNadien
      subjectId
      subjectReferte
      subjectTitel
      versie
      waarden
      stappen {
        sleutel
        titel
        uitleg
        lijst
        itemSleutel
        items {
          sleutel
          titel
          details {
            label
            waarde
          }
        }
        velden {
          ...VeldDelen
        }
      }
    }
  }
`);

export const VELD = graphql(`
  fragment VeldDelen on Veld {
    naam
    label
    soort
    verplicht
    hulp
    minimum
    maximum
    toonAls {
      veld
      waarden
    }
    opties {
      waarde
      label
      details {
        label
        waarde
      }
    }
  }
`);

export const VOER_UIT = graphql(`
  mutation VoerHandelingUit(
    $handeling: String!
    $subject: ID!
    $invoer: JSON
    $dryRun: Boolean!
    $bevestigd: Boolean!
    $versie: Int
    $sleutel: String
  ) {
    voerHandelingUit(
      handeling: $handeling
      subject: $subject
      invoer: $invoer
      dryRun: $dryRun
      bevestigd: $bevestigd
      versie: $versie
      idempotentiesleutel: $sleutel
    ) {
      uitgevoerd
      bevestigingNodig
      bericht
      meldingen {
        nummer
        code
        tekst
        ernst
        stap
        veld
        entiteit
      }
      conflict {
        uwVersie
        huidigeVersie
        gewijzigdDoor
        gewijzigdOp
      }
      subject {
        __typename
        id
        ... on Pand {
          referte
        }
        ... on Dossier {
          referte
        }
      }
    }
  }
`);
