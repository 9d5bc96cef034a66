import { Link } from 'react-router';
import { type Kolom, Tabel } from '../components/Tabel';
import type { LogregelRijFragment } from '../gql/graphql';
import { padVanDossier, padVanPand, tijdstip } from '../lib/format';
import { t } from '../messages.nl';

const k = t.logboek.kolommen;

const KOLOMMEN: readonly Kolom<LogregelRijFragment>[] = [
  { naam: k.wanneer, cel: (r) => <time dateTime={r.tijdstip}>{tijdstip(r.tijdstip)}</time>, klasse: 'eenregel' },
  {
    naam: k.wie,
    kop: true,
    cel: (r) => (
      <>
        {r.gebruiker}
        <small className="logregel__bij">{r.namens ? t.logboek.namens(r.organisatie, r.namens) : r.organisatie}</small>
      </>
    ),
  },
  { naam: k.soort, cel: (r) => r.soortNaam },
  {
    naam: k.wat,
    cel: (r) => (
      <>
        {t.logboek.wat[r.omschrijving.split(':')[0] ?? ''] ?? r.omschrijving}
        <small className="logregel__bij">
          <Waarover regel={r} />
        </small>
      </>
    ),
  },
  { naam: k.doel, cel: (r) => r.doel ?? t.app.leeg },
  { naam: k.verzoek, cel: (r) => <span className="code">{r.verzoekId.slice(0, 8) || t.app.leeg}</span> },
];

function Waarover({ regel }: { regel: LogregelRijFragment }) {
  if (regel.dossier) return <Link to={padVanDossier(regel.dossier.referte)}>{regel.dossier.referte}</Link>;
  if (regel.document) return <>{`${regel.document.referte} ${regel.document.titel}`}</>;
  if (regel.onderwerp) return <Link to={padVanPand(regel.onderwerp.referte)}>{regel.onderwerp.titel}</Link>;
  return regel.aantal > 0 && t.logboek.aantal(regel.aantal);
}

/** Lines of the audit trail; on a phone a card each. */
export function LogTabel({ bijschrift, regels }: { bijschrift: string; regels: readonly LogregelRijFragment[] }) {
  return <Tabel bijschrift={bijschrift} kolommen={KOLOMMEN} rijen={regels} sleutel={(regel) => regel.id} />;
}
