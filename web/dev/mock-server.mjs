// A stand-in for the VLOK server: `npm run mock` beside `npm run dev`, or with `--static DIR` to serve a build under
// the production content security policy. Nothing is kept; who restarts it starts again.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buildSchema, graphql } from 'graphql';
import { documenten, dossier, entiteiten, organisaties, pand, panden, taken, vivoo } from './mock-data.mjs';
import { handelingen } from './mock-handelingen.mjs';
import { formulier, voerUit } from './mock-wizard.mjs';

const POORT = Number(process.env.PORT ?? 8001);
const statisch = process.argv.includes('--static') ? process.argv[process.argv.indexOf('--static') + 1] : null;
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'self'";
const SOORTEN = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

let actief = 'gent';
let aangemeld = false;
const gevraagd = new Map();

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const lijst = (alles, { first, after }) => {
  const vanaf = after ? Number(after) : 0;
  const deel = alles.slice(vanaf, vanaf + first);
  const einde = vanaf + deel.length;
  return {
    edges: deel.map((n, i) => ({ cursor: String(vanaf + i + 1), node: n })),
    pageInfo: { hasNextPage: einde < alles.length, endCursor: String(einde) },
    totalCount: alles.length,
  };
};
const bevat = (object, zoek) =>
  !zoek ||
  JSON.stringify(Object.values(object).filter((w) => typeof w === 'string'))
    .toLowerCase()
    .includes(zoek.toLowerCase());

/** A document that is still being made becomes ready after it was asked for three times. */
function vind(id) {
  const gevonden = [dossier, ...panden, ...documenten, ...dossier.oo.beslissingen].find(
    (n) => n.id === id || n.referte === id,
  );
  if (gevonden?.__typename !== 'Document' || gevonden.beschikbaar) return gevonden ?? null;
  const keer = (gevraagd.get(id) ?? 0) + 1;
  gevraagd.set(id, keer);
  return { ...gevonden, beschikbaar: keer > 3 };
}

const wortel = {
  ik() {
    const nu = organisaties.find((o) => o.code === actief);
    return {
      id: 'UGVyc29vbjox',
      naam: 'An Peeters',
      email: 'an.peeters@voorbeeld.be',
      organisatie: {
        ...nu,
        globaleId: `Organisatie:${actief}`,
        soort: actief === 'vlabel' ? 'vlabel' : 'lokaal_bestuur',
      },
      rollen: nu.rollen,
      schermen: nu.schermen,
      vervangt: [],
      namens: null,
      organisaties: organisaties.map((o) => ({ ...o, actief: o.code === actief })),
    };
  },
  werklijst: ({ filter, ...rest }) =>
    lijst(
      taken.filter((t) => bevat(t, filter?.zoek) && (!filter?.enkelTeLaat || t.teLaat)),
      rest,
    ),
  panden: ({ zoek, ...rest }) =>
    lijst(
      panden.filter((p) => bevat(p, zoek)),
      rest,
    ),
  pand: ({ referte }) =>
    panden.find((p) => p.referte === referte) ?? (entiteiten.some((e) => e.referte === referte) ? pand : null),
  dossier: ({ referte }) => (referte === dossier.referte ? dossier : null),
  handelingen: ({ subject }) => (actief === 'gent' ? (handelingen[vind(subject)?.__typename] ?? []) : []),
  vivoo: ({ zoek, enkelOpgenomen, ...rest }) =>
    lijst(
      vivoo.filter((v) => bevat(v, zoek) && (!enkelOpgenomen || !v.datumSchrapping)),
      rest,
    ),
  node: ({ id }) => vind(id),
  formulier,
  voerHandelingUit: voerUit,
};

function pdf(tekst) {
  const inhoud = `BT /F1 20 Tf 72 740 Td (${tekst}) Tj ET`;
  return Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length ${inhoud.length}>>stream
${inhoud}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF`);
}

async function lees(request) {
  const delen = [];
  for await (const deel of request) delen.push(deel);
  return Buffer.concat(delen);
}

function stuur(response, status, inhoud, soort = 'application/json') {
  response.writeHead(status, { 'Content-Type': soort, 'Content-Security-Policy': CSP });
  response.end(soort === 'application/json' ? JSON.stringify(inhoud) : inhoud);
}

async function query(request, response) {
  if (!aangemeld)
    return stuur(response, 200, {
      data: null,
      errors: [{ message: 'Niet aangemeld', extensions: { code: 'NIET_AANGEMELD' } }],
    });
  const { query: source, variables: variableValues } = JSON.parse(await lees(request));
  return stuur(response, 200, await graphql({ schema, source, variableValues, rootValue: wortel }));
}

async function bestand(request, response) {
  const inhoud = await lees(request);
  const naam = /filename="([^"]+)"/.exec(inhoud.toString('latin1'))?.[1] ?? 'bestand';
  if (!naam.endsWith('.pdf'))
    return stuur(response, 422, {
      code: 'GEEN_PDF',
      tekst: `${naam} is geen PDF. Bewaar het document als PDF en laad het opnieuw op.`,
    });
  return stuur(response, 201, { id: `bestand-${Date.now()}`, naam, grootte: inhoud.length });
}

function pagina(response, pad) {
  if (!statisch) return stuur(response, 404, 'Gebruik npm run dev voor de pagina.', 'text/plain');
  const bestandspad = SOORTEN[extname(pad)] ? pad : '/index.html';
  try {
    return stuur(response, 200, readFileSync(join(statisch, normalize(bestandspad))), SOORTEN[extname(bestandspad)]);
  } catch {
    return stuur(response, 404, 'Niet gevonden', 'text/plain');
  }
}

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/aanmelden') {
    aangemeld = true;
    response.writeHead(302, { Location: url.searchParams.get('terug') ?? '/' });
    return response.end();
  }
  if (request.method === 'POST' && request.headers['x-vlok'] !== '1')
    return stuur(response, 403, { code: 'CSRF', tekst: 'Geweigerd' });
  if (url.pathname === '/graphql') return query(request, response);
  if (url.pathname === '/bestanden') return bestand(request, response);
  if (url.pathname.startsWith('/documenten/'))
    return stuur(response, 200, pdf(url.pathname.split('/')[2]), 'application/pdf');
  if (url.pathname === '/organisatie') {
    actief = JSON.parse(await lees(request)).code;
    response.writeHead(204);
    return response.end();
  }
  if (url.pathname === '/afmelden') {
    aangemeld = false;
    return stuur(response, 200, { url: '/' });
  }
  return pagina(response, url.pathname);
}).listen(POORT, () => console.log(`Mock op http://localhost:${POORT}`));
