import type { VivooRijFragment } from '../gql/graphql';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import { Capakeys } from './klein';
import { type Kolom, Tabel } from './Tabel';

/** The columns of the published report "VIVOO - inventarisatie en schrapping" (infosessie 11/03/2020). */
const KOLOMMEN: Kolom<VivooRijFragment>[] = [
  { naam: t.kolom.referte, cel: (r) => <span className="code">{r.entiteitReferte}</span>, klasse: 'eenregel' },
  { naam: t.kolom.adres, cel: (r) => r.adres, kop: true },
  { naam: t.kolom.gemeente, cel: (r) => r.gemeente },
  { naam: t.kolom.provincie, cel: (r) => r.provincie, klasse: 'eenregel' },
  { naam: t.kolom.proc, cel: (r) => r.lijst },
  { naam: t.kolom.aanvang, cel: (r) => datum(r.datumOpname), klasse: 'eenregel' },
  { naam: t.kolom.schrapping, cel: (r) => datum(r.datumSchrapping), klasse: 'eenregel' },
  { naam: t.kolom.redenSchrapping, cel: (r) => r.redenSchrapping ?? t.app.leeg },
  { naam: t.kolom.capakeys, cel: (r) => <Capakeys capakeys={r.capakeys} /> },
];

export function VivooTabel({ rijen }: { rijen: readonly VivooRijFragment[] }) {
  return <Tabel bijschrift={t.vivoo.inleiding} kolommen={KOLOMMEN} rijen={rijen} sleutel={(r) => r.id} />;
}
