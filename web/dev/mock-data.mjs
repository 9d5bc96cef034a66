// Believable sample data for developing the web application without a server. The addresses do not exist.

const id = (soort, nummer) => Buffer.from(`${soort}:${nummer}`).toString('base64');
const node = (soort, nummer, rest) => ({ __typename: soort, id: id(soort, nummer), ...rest });

export const organisaties = [
  {
    code: 'gent',
    naam: 'Gent',
    rollen: [{ code: 'DB', naam: 'Dossierbeheerder' }],
    schermen: ['werklijst', 'panden', 'vivoo'],
  },
  {
    code: 'merelbeke',
    naam: 'Merelbeke-Melle',
    rollen: [{ code: 'LZ', naam: 'Lezer' }],
    schermen: ['werklijst', 'panden', 'vivoo'],
  },
  { code: 'vlabel', naam: 'Vlaamse Belastingdienst', rollen: [{ code: 'VL', naam: 'Lezer' }], schermen: ['vivoo'] },
];

const onderwerp = {
  __typename: 'Onderwerp',
  id: id('Pand', 1),
  referte: 'PA26-000001',
  soort: 'pand',
  titel: 'Zonnestraat 48, 9000 Gent',
};

export const entiteiten = ['B1', 'B2', '0101'].map((bus, i) =>
  node('Entiteit', i + 1, {
    referte: `EN26-00000${i + 1}`,
    titel: `Zonnestraat 48 bus ${bus}`,
    soort: i === 2 ? 'NZW' : 'ZW',
    soortNaam: i === 2 ? 'Niet-zelfstandige woning (kamer)' : 'Zelfstandige woning',
    busnummer: bus,
    capakeys: ['44021A0129/00F003'],
    betrokkenen: [],
  }),
);

const document = (n, rest) =>
  node('Document', n, {
    referte: `DO26-00000${n}`,
    status: 'Ondertekend',
    concept: false,
    beschikbaar: true,
    url: `/documenten/DO26-00000${n}`,
    aangemaaktOp: '2026-11-12T09:14:00Z',
    ondertekendOp: null,
    eigen: true,
    organisatieNaam: 'Gent',
    versie: 1,
    ...rest,
  });

export const documenten = [
  document(1, {
    soort: 'DT034',
    soortNaam: 'Beslissing burgemeester',
    titel: 'Besluit ongeschiktheid EN26-000001',
    status: 'Ter manuele ondertekening',
    concept: true,
  }),
  document(2, {
    soort: 'DT023',
    soortNaam: 'Advies gewestelijk ambtenaar',
    titel: 'Advies AD26-000001',
    organisatieNaam: 'Wonen in Vlaanderen',
    ondertekendOp: '2026-10-02T10:00:00Z',
  }),
  document(3, {
    soort: 'DT035',
    soortNaam: 'Brief betrokkenen',
    titel: 'Brief aan de houder van het zakelijk recht',
    status: 'In opmaak',
    beschikbaar: false,
  }),
];

export const dossier = node('Dossier', 1, {
  referte: 'OO26-000001',
  soort: 'OO',
  soortNaam: 'Procedure OO',
  status: 'Lopende',
  info: 'De burgemeester beslist ten laatste op 03/01/2027 (3 maanden na het verzoek).',
  gestartOp: '2026-09-14',
  versie: 4,
  onderwerp,
  organisatieNaam: 'Gent',
  documenten,
});

const deelprocedures = entiteiten.map((entiteit, i) =>
  node('Deelprocedure', i + 1, {
    referte: `DP26-00000${i + 1}`,
    status: ['Beslissing in opmaak', 'Gestart', 'Hersteld'][i],
    entiteit,
    dossier,
  }),
);
entiteiten.forEach((entiteit, i) => (entiteit.deelprocedures = [deelprocedures[i]]));

const taakSoorten = [
  [52, 'Beslissing burgemeester maken', '2026-11-10', true],
  [7, 'Advies vragen aan Wonen in Vlaanderen', '2026-12-01', false],
  [406, 'Hoorplicht starten', null, false],
  [181, 'Beslissing versturen naar Wonen in Vlaanderen', '2026-11-20', true],
];
export const taken = Array.from({ length: 30 }, (_, i) => {
  const [nummer, naam, deadline, teLaat] = taakSoorten[i % 4];
  return node('Taak', i + 1, {
    referte: `TK26-${String(i + 1).padStart(6, '0')}`,
    nummer,
    naam,
    deadline,
    teLaat,
    aangemaaktOp: '2026-10-28T08:30:00Z',
    geslotenOp: null,
    organisatieNaam: 'Gent',
    rolNaam: 'Dossierbeheerder',
    toegewezenAan: i % 5 ? null : 'An Peeters',
    onderwerp,
    dossier: i % 3 ? dossier : null,
  });
});

Object.assign(dossier, {
  deelprocedures,
  taken: taken.slice(0, 3),
  tijdlijn: [
    {
      id: 't3',
      tijdstip: '2026-11-12T09:14:00Z',
      titel: 'Beslissing burgemeester gemaakt',
      wie: 'An Peeters',
      organisatieNaam: 'Gent',
      samenvatting: 'Ongeschikt voor EN26-000001',
    },
    {
      id: 't2',
      tijdstip: '2026-10-02T10:00:00Z',
      titel: 'Advies verstuurd',
      wie: 'Jan Claes',
      organisatieNaam: 'Wonen in Vlaanderen',
      samenvatting: null,
    },
    {
      id: 't1',
      tijdstip: '2026-09-14T13:41:00Z',
      titel: 'Procedure gestart',
      wie: 'An Peeters',
      organisatieNaam: 'Gent',
      samenvatting: 'Verzoek van de bewoner',
    },
  ],
  oo: {
    __typename: 'OoProcedure',
    id: 'oo1',
    datumVerzoek: '2026-09-12',
    initiatiefnemer: 'Bewoner',
    datumAdviesvraag: '2026-09-15',
    termijnBurgemeester: '2027-01-03',
    hoorplichtTot: '2026-10-30',
    adviezen: entiteiten.slice(0, 2).map((entiteit, i) =>
      node('OoAdvies', i + 1, {
        referte: `AD26-00000${i + 1}`,
        uitslag: ['OG', 'VOL'][i],
        status: 'Verstuurd',
        datum: '2026-10-02',
        entiteit,
      }),
    ),
    reacties: [
      node('OoReactie', 1, {
        referte: 'HR26-000001',
        datum: '2026-10-12',
        wijze: 'Schriftelijk',
        personen: 'Wim Aerts',
      }),
    ],
    beslissingen: [
      node('OoBeslissing', 1, {
        referte: 'BS26-000001',
        soort: 'OG',
        soortNaam: 'Ongeschikt',
        status: 'Ter ondertekening',
        datum: '2026-11-24',
        datumBetekening: null,
        entiteit: entiteiten[0],
        documenten: documenten.slice(0, 1),
      }),
    ],
  },
});

const plaatsen = [
  ['Gent', 'Oost-Vlaanderen', '44021'],
  ['Aalst', 'Oost-Vlaanderen', '41002'],
  ['Leuven', 'Vlaams-Brabant', '24062'],
];
export const vivoo = Array.from({ length: 70 }, (_, i) => {
  const [gemeente, provincie, nis] = plaatsen[i % 3];
  return node('VivooRegistratie', i + 1, {
    referte: `VI26-${String(i + 1).padStart(6, '0')}`,
    entiteitReferte: `EN18-${String(16485 + i).padStart(6, '0')}`,
    adres: `Zonnestraat ${i + 1} bus B${(i % 4) + 1}`,
    gemeente,
    provincie,
    lijst: i % 5 ? 'OO' : 'NGW',
    datumOpname: `20${10 + (i % 15)}-03-1${i % 10}`,
    datumSchrapping: i % 2 ? '2026-05-04' : null,
    redenSchrapping: i % 2 ? 'Conformiteitsattest' : null,
    capakeys: [`${nis}B0${100 + i}/00F003`],
    opmerking: null,
  });
});

export const pand = node('Pand', 1, {
  referte: 'PA26-000001',
  titel: onderwerp.titel,
  straat: 'Zonnestraat',
  huisnummer: '48',
  postcode: '9000',
  gemeente: 'Gent',
  provincie: 'Oost-Vlaanderen',
  actief: true,
  versie: 2,
  capakeys: ['44021A0129/00F003'],
  entiteiten,
  dossiers: [dossier],
  documenten,
  taken: taken.slice(0, 4),
  vivoo: vivoo.slice(0, 1),
  betrokkenen: [
    node('Betrokkene', 1, {
      naam: 'Wim Aerts',
      soort: 'natuurlijk_persoon',
      rolNaam: 'Houder zakelijk recht',
      adres: 'Maanlaan 3, 9000 Gent',
      nummer: '***',
    }),
    node('Betrokkene', 2, {
      naam: 'Zonnehuis bv',
      soort: 'onderneming',
      rolNaam: 'Syndicus',
      adres: 'Sterrenplein 1, 9300 Aalst',
      nummer: '0403.170.701',
    }),
  ],
  onderzoeken: [
    node('Onderzoek', 1, {
      referte: 'ON26-000001',
      status: 'Ondertekend',
      datum: '2026-09-22',
      redenNaam: 'Onderzoek op verzoek',
      organisatieNaam: 'Gent',
      ondertekendOp: '2026-09-23T08:00:00Z',
      resultaten: entiteiten.map((entiteit, i) => ({ id: `r${i}`, entiteit, uitslag: ['OG', 'OG/OB', 'VOL'][i] })),
    }),
  ],
});
export const panden = [
  pand,
  ...Array.from({ length: 29 }, (_, i) => ({
    ...pand,
    id: id('Pand', i + 2),
    referte: `PA26-${String(i + 2).padStart(6, '0')}`,
    huisnummer: String(50 + 2 * i),
    titel: `Zonnestraat ${50 + 2 * i}, 9000 Gent`,
    actief: i % 7 !== 3,
  })),
];
