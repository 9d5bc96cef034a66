import { Status } from '../components/klein';
import { type Kolom, Tabel } from '../components/Tabel';
import { useHandelingenKolom } from '../handelingen/Handelingen';
import { t } from '../messages.nl';
import type { Dossier } from './soorten';

type Deelprocedure = Dossier['deelprocedures'][number];

const KOLOMMEN: Kolom<Deelprocedure>[] = [
  { naam: t.kolom.entiteit, cel: (deel) => deel.entiteit.titel, kop: true },
  { naam: t.kolom.referte, cel: (deel) => <span className="code">{deel.entiteit.referte}</span>, klasse: 'eenregel' },
  { naam: t.kolom.soort, cel: (deel) => deel.entiteit.soortNaam },
  { naam: t.kolom.status, cel: (deel) => <Status>{deel.status}</Status> },
];

/** The procedure per entity. */
export function Deelprocedures({ deelprocedures }: { deelprocedures: readonly Deelprocedure[] }) {
  const kolommen = [...KOLOMMEN, ...useHandelingenKolom(deelprocedures, (deel) => deel.entiteit.titel)];
  return (
    <Tabel
      bijschrift={t.dossier.deelprocedures}
      kolommen={kolommen}
      rijen={deelprocedures}
      sleutel={(deel) => deel.id}
    />
  );
}
