import { Status } from '../components/klein';
import type { Kolom } from '../components/Tabel';
import type { WiZaakDelenFragment } from '../gql/wi/graphql';
import { datum } from '../lib/format';
import { t } from '../messages.nl';

/** The columns of the parts of a judicial dossier. */

type Deel<N extends keyof WiZaakDelenFragment> = WiZaakDelenFragment[N] extends (infer R)[] ? R : never;

const k = t.wi.kolommen;
const { leeg } = t.app;
const woord = (code: string) => t.wi.codes[code] ?? code;
const euro = (bedrag: number | null | undefined) => (bedrag ? t.wi.zaak.perDag(bedrag) : leeg);

export const PARTIJ: readonly Kolom<Deel<'partijen'>>[] = [
  { naam: t.kolom.naam, cel: (p) => p.naam, kop: true },
  { naam: k.hoedanigheid, cel: (p) => p.hoedanigheid },
  { naam: t.kolom.nummer, cel: (p) => <span className="code">{p.nummer ?? leeg}</span>, klasse: 'eenregel' },
  { naam: t.kolom.adres, cel: (p) => p.adres ?? leeg },
];

export const OPDRACHT: readonly Kolom<Deel<'opdrachten'>>[] = [
  { naam: k.controleur, cel: (o) => o.controleur, kop: true },
  { naam: k.bezoek, cel: (o) => datum(o.datum), klasse: 'eenregel' },
  { naam: k.aandacht, cel: (o) => <Punten punten={o.checklist} /> },
  { naam: t.kolom.status, cel: (o) => <Status>{o.status}</Status> },
];

export const RESULTAAT: readonly Kolom<Deel<'resultaten'>>[] = [
  { naam: t.kolom.entiteit, cel: (r) => r.entiteit?.titel ?? leeg, kop: true },
  { naam: t.kolom.datum, cel: (r) => datum(r.datum), klasse: 'eenregel' },
  { naam: t.kolom.uitslag, cel: (r) => <Status>{r.uitslag}</Status> },
  { naam: k.bevindingen, cel: (r) => r.bevindingen || leeg },
  { naam: k.controleur, cel: (r) => r.controleur },
  { naam: k.validatie, cel: (r) => (r.gevalideerd ? t.wi.zaak.gevalideerd : t.wi.zaak.nogNiet) },
];

export const PV: readonly Kolom<Deel<'processenVerbaal'>>[] = [
  { naam: t.kolom.nummer, cel: (p) => <span className="code">{p.nummer}</span>, klasse: 'eenregel', kop: true },
  { naam: t.kolom.soort, cel: (p) => woord(p.soort) },
  { naam: t.kolom.datum, cel: (p) => datum(p.datum), klasse: 'eenregel' },
  { naam: t.kolom.status, cel: (p) => <Status>{p.status}</Status> },
  { naam: k.parket, cel: (p) => p.parket ?? leeg },
  { naam: k.verzonden, cel: (p) => datum(p.verzondenOp), klasse: 'eenregel' },
];

export const VORDERING: readonly Kolom<Deel<'herstelvorderingen'>>[] = [
  { naam: t.kolom.nummer, cel: (v) => <span className="code">{v.nummer}</span>, klasse: 'eenregel', kop: true },
  { naam: k.maatregel, cel: (v) => woord(v.maatregel) },
  { naam: k.termijn, cel: (v) => t.wi.zaak.maanden(v.termijnMaanden) },
  { naam: k.dwangsom, cel: (v) => euro(v.dwangsom) },
  { naam: t.kolom.status, cel: (v) => <Status>{v.status}</Status> },
  { naam: k.ingeschreven, cel: (v) => datum(v.ingeschrevenOp), klasse: 'eenregel' },
];

export const GEVOLG: readonly Kolom<Deel<'gevolgen'>>[] = [
  { naam: t.kolom.soort, cel: (g) => woord(g.soort), kop: true },
  { naam: t.kolom.datum, cel: (g) => datum(g.datum), klasse: 'eenregel' },
  { naam: k.toelichting, cel: (g) => g.toelichting || leeg },
];

export const UITSPRAAK: readonly Kolom<Deel<'uitspraken'>>[] = [
  { naam: k.instantie, cel: (u) => u.instantie, kop: true },
  { naam: t.kolom.datum, cel: (u) => datum(u.datum), klasse: 'eenregel' },
  { naam: t.kolom.beslissing, cel: (u) => (u.herstel ? t.wi.zaak.bevolen : t.wi.zaak.nietBevolen) },
  { naam: k.hersteltermijn, cel: (u) => datum(u.hersteltermijn), klasse: 'eenregel' },
  { naam: k.dwangsom, cel: (u) => euro(u.dwangsom) },
  { naam: k.beschikking, cel: (u) => u.beschikking },
];

function Punten({ punten }: { punten: readonly string[] }) {
  return (
    <ul className="kaal">
      {punten.map((punt) => (
        <li key={punt}>{punt}</li>
      ))}
    </ul>
  );
}
