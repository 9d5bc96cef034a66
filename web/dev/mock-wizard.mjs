// The wizards of the mock: enough kinds of fields, messages, warnings and a conflict to see every screen.
import { dossier, entiteiten } from './mock-data.mjs';

const veld = (naam, label, soort, rest = {}) => ({
  naam,
  label,
  soort,
  verplicht: false,
  hulp: null,
  opties: [],
  toonAls: null,
  minimum: null,
  maximum: null,
  ...rest,
});
const optie = (waarde, label, details = []) => ({ waarde, label, details });
const stap = (sleutel, titel, velden, rest = {}) => ({
  sleutel,
  titel,
  uitleg: null,
  velden,
  lijst: null,
  itemSleutel: null,
  items: [],
  ...rest,
});
const details = (i) => [
  { label: 'Onderzoek', waarde: ['OG', 'OG/OB', 'VOL'][i] },
  { label: 'Advies', waarde: ['OG', 'VOL', 'geen advies'][i] },
];
const als = (naam, ...waarden) => ({ toonAls: { veld: naam, waarden } });

const BESLISSING = [
  veld('beslissing', 'Beslissing', 'KEUZE', {
    verplicht: true,
    opties: [
      optie('VOL', 'Voldoet'),
      optie('OG', 'Ongeschikt'),
      optie('OG/OB', 'Ongeschikt en onbewoonbaar'),
      optie('UITSTEL', 'Uitstel'),
      optie('ANDERE', 'Andere beslissing'),
    ],
  }),
  veld('datum', 'Datum beslissing', 'DATUM', {
    verplicht: true,
    hulp: 'De datum van het besluit zelf, niet van de verzending.',
  }),
  veld('uitstelTot', 'Uitstel tot', 'DATUM', als('beslissing', 'UITSTEL')),
  veld('reden', 'Reden waarom u geen beslissing neemt', 'TEKSTVAK', {
    ...als('beslissing', 'ANDERE'),
  }),
  veld('snelherstel', 'Snelherstel opleggen', 'VINKJE', als('beslissing', 'OG/OB')),
  veld('snelherstelDagen', 'Termijn voor het snelherstel (dagen)', 'GETAL', {
    minimum: 1,
    maximum: 15,
    ...als('snelherstel', 'true'),
  }),
  veld('herhuisvesting', 'Herhuisvesting', 'VINKJE', als('beslissing', 'OG/OB')),
  veld('recuperatieKosten', 'Recuperatie herhuisvestingskosten', 'BEDRAG', als('herhuisvesting', 'true')),
];

const isVerleden = (datum) => Boolean(datum) && datum < new Date().toISOString().slice(0, 10);

function beslissing(invoer) {
  const gekozen = invoer.entiteiten?.entiteiten ?? [];
  const datum = invoer.standaard?.datum ?? '2026-12-01';
  const items = entiteiten.filter((e) => gekozen.includes(e.referte));
  const rijen = items.map((e) => ({
    beslissing: null,
    datum,
    snelherstel: false,
    herhuisvesting: false,
    ...invoer.beslissingen?.beslissingen?.find((r) => r.entiteit === e.referte),
    entiteit: e.referte,
  }));
  const stappen = [
    stap('entiteiten', 'Entiteiten', [
      veld('entiteiten', 'Entiteiten', 'MEERKEUZE', {
        verplicht: true,
        opties: entiteiten.map((e, i) => optie(e.referte, `${e.titel} (${e.referte})`, details(i))),
      }),
    ]),
    stap(
      'standaard',
      'Standaard parameters',
      [
        veld('datum', 'Datum beslissing', 'DATUM', { verplicht: true }),
        veld('burgemeester', 'Naam burgemeester', 'TEKST'),
      ],
      {
        uitleg: 'Deze waarden gelden voor alle gekozen entiteiten; u kan ze in de volgende stap per entiteit wijzigen.',
      },
    ),
    stap('beslissingen', 'Beslissing per entiteit', BESLISSING, {
      lijst: 'beslissingen',
      itemSleutel: 'entiteit',
      items: items.map((e) => ({
        sleutel: e.referte,
        titel: `${e.titel} (${e.referte})`,
        details: details(entiteiten.indexOf(e)),
      })),
    }),
    isVerleden(datum)
      ? stap('documenten', 'Beslissingsdocument opladen', [
          veld('bestand', 'Beslissingsdocument (PDF)', 'BESTAND', {
            hulp: 'U mag dit ook later doen, vanuit de beslissing.',
          }),
        ])
      : stap('ondertekening', 'Manier van ondertekenen', [
          veld('flow', 'Ondertekenflow', 'KEUZE', {
            verplicht: true,
            opties: [optie('manueel', 'Manueel ondertekenen'), optie('digitaal', 'Digitaal ondertekenen in VLOK')],
          }),
        ]),
  ];
  const waarden = {
    entiteiten: { entiteiten: gekozen },
    standaard: { datum, burgemeester: 'Els De Smet', ...invoer.standaard },
    beslissingen: { beslissingen: rijen },
    ondertekening: { flow: null, ...invoer.ondertekening },
    documenten: { bestand: null, ...invoer.documenten },
  };
  return { titel: 'Beslissing burgemeester maken', uitleg: null, knop: 'Voltooien', stappen, waarden };
}

const eenvoudig =
  (titel, knop, velden, waarden = {}) =>
  () => ({
    titel,
    uitleg: null,
    knop,
    stappen: velden.length ? [stap('gegevens', 'Gegevens', velden)] : [],
    waarden: { gegevens: waarden },
  });
const FORMULIEREN = {
  'oo.beslissing-burgemeester-maken': beslissing,
  'oo.stopzetten': eenvoudig('Procedure stopzetten', 'Stopzetten', [
    veld('reden', 'Reden', 'TEKSTVAK', { verplicht: true }),
  ]),
  'oo.conflict': eenvoudig('Reactie hoorplicht registreren', 'Registreren', [
    veld('datum', 'Datum reactie', 'DATUM', { verplicht: true }),
    veld('wijze', 'Wijze', 'TEKST'),
  ]),
  'oo.starten': eenvoudig('Procedure OO starten', 'Starten', [
    veld('datumVerzoek', 'Datum verzoek', 'DATUM', { verplicht: true }),
  ]),
  'document.vervangen': eenvoudig('Document vervangen', 'Vervangen', [
    veld('bestand', 'Nieuw document (PDF)', 'BESTAND', { verplicht: true }),
  ]),
  'pand.wijzigen': eenvoudig('Pand wijzigen', 'Bewaren', []),
};

let versie = 4;
let conflictGemaakt = false;

export function formulier({ handeling, invoer }) {
  const maak = FORMULIEREN[handeling];
  if (!maak) return null;
  return {
    handeling,
    subjectId: dossier.id,
    subjectReferte: dossier.referte,
    subjectTitel: 'Zonnestraat 48, 9000 Gent',
    versie,
    ...maak(invoer ?? {}),
  };
}

const melding = (nummer, tekst, stapSleutel, veldNaam, entiteit = null, ernst = 'FOUT') => ({
  nummer,
  code: `OO-${ernst === 'FOUT' ? 'B' : 'W'}${nummer}`,
  tekst,
  ernst,
  stap: stapSleutel,
  veld: veldNaam,
  entiteit,
});

function controleer(invoer) {
  if (!invoer?.entiteiten?.entiteiten?.length)
    return [melding(1, 'Kies de entiteiten waarvoor u een beslissing wilt maken.', 'entiteiten', 'entiteiten')];
  const perRij = (invoer.beslissingen?.beslissingen ?? []).flatMap((rij) => {
    const zeg = (nummer, tekst, naam, ernst) =>
      melding(nummer, `Entiteit ${rij.entiteit}: ${tekst}`, 'beslissingen', naam, rij.entiteit, ernst);
    return [
      !rij.beslissing && zeg(9, 'Vul de beslissing in voor de entiteit.', 'beslissing'),
      !rij.datum && zeg(5, 'Vul de datum beslissing in.', 'datum'),
      rij.beslissing === 'UITSTEL' && !rij.uitstelTot && zeg(2, 'Vul in tot wanneer u uitstel verleent.', 'uitstelTot'),
      rij.beslissing === 'OG/OB' &&
        rij.entiteit === 'EN26-000001' &&
        zeg(
          1,
          'De beslissing mag niet zwaarder zijn dan het advies voor een gemeente die niet ontvoogd is.',
          'beslissing',
          'WAARSCHUWING',
        ),
    ].filter(Boolean);
  });
  const zonderFlow = invoer.ondertekening && !invoer.ondertekening.flow;
  return [
    ...perRij,
    ...(zonderFlow
      ? [melding(23, 'Duid aan of de besluiten manueel of digitaal worden ondertekend.', 'ondertekening', 'flow')]
      : []),
  ];
}

const antwoord = (rest) => ({
  uitgevoerd: false,
  meldingen: [],
  bevestigingNodig: false,
  subject: dossier,
  conflict: null,
  bericht: null,
  ...rest,
});

export function voerUit({ handeling, invoer, dryRun, bevestigd, versie: van }) {
  if (handeling === 'oo.conflict' && !conflictGemaakt) {
    conflictGemaakt = true;
    versie += 1;
  }
  if (handeling === 'oo.conflict' && van !== versie)
    return antwoord({
      conflict: {
        uwVersie: van,
        huidigeVersie: versie,
        gewijzigdDoor: 'Jan Claes',
        gewijzigdOp: new Date().toISOString(),
        uwInvoer: invoer,
        huidig: {},
      },
    });
  const meldingen = handeling === 'oo.beslissing-burgemeester-maken' ? controleer(invoer) : [];
  if (meldingen.some((m) => m.ernst === 'FOUT')) return antwoord({ meldingen });
  if (meldingen.length && !bevestigd) return antwoord({ meldingen, bevestigingNodig: true });
  return dryRun
    ? antwoord({ meldingen })
    : antwoord({ uitgevoerd: true, bericht: 'De handeling is uitgevoerd. De documenten worden gemaakt.' });
}
