import { DossierLink, OnderwerpLink, Status } from '../components/klein';
import { type Kolom, Tabel } from '../components/Tabel';
import type { WiMeldingRijFragment } from '../gql/wi/graphql';
import { useHandelingenKolom } from '../handelingen/Handelingen';
import { datum } from '../lib/format';
import { t } from '../messages.nl';

type Rij = WiMeldingRijFragment;
const k = t.wi.kolommen;

const KOLOMMEN: readonly Kolom<Rij>[] = [
  { naam: t.kolom.datum, cel: (m) => datum(m.datum), klasse: 'eenregel' },
  {
    naam: k.pand,
    cel: (m) => <OnderwerpLink onderwerp={m.pand && { ...m.pand, soort: 'pand' }} />,
    kop: true,
  },
  { naam: t.kolom.soort, cel: (m) => t.wi.codes[m.soort] ?? m.soort },
  { naam: k.gemeld, cel: (m) => m.melder },
  { naam: k.oo, cel: (m) => <span className="code">{m.ooReferte}</span>, klasse: 'eenregel' },
  { naam: t.kolom.omschrijving, cel: (m) => m.omschrijving },
  { naam: t.kolom.status, cel: (m) => <Stand melding={m} /> },
];

function Stand({ melding }: { melding: Rij }) {
  return (
    <>
      <Status>{melding.status}</Status> {melding.dossier && <DossierLink dossier={melding.dossier} />}
    </>
  );
}

/** Meldingen of municipalities, each with what can be done with it. */
export function MeldingenTabel({ meldingen }: { meldingen: readonly Rij[] }) {
  const kolommen = [...KOLOMMEN, ...useHandelingenKolom(meldingen, (m) => t.wi.meldingen.deze(m.pand?.titel ?? ''))];
  return <Tabel bijschrift={t.wi.meldingen.titel} kolommen={kolommen} rijen={meldingen} sleutel={(m) => m.id} />;
}
