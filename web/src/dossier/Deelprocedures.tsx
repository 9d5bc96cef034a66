import { Status } from '../components/klein';
import { type Kolom, Tabel } from '../components/Tabel';
import { Handelingen } from '../handelingen/Handelingen';
import { t } from '../messages.nl';
import type { Dossier } from './soorten';

type Deelprocedure = Dossier['deelprocedures'][number];

const KOLOMMEN: Kolom<Deelprocedure>[] = [
  { naam: t.kolom.entiteit, cel: (deel) => deel.entiteit.titel, kop: true },
  { naam: t.kolom.referte, cel: (deel) => <span className="code">{deel.entiteit.referte}</span>, klasse: 'eenregel' },
  { naam: t.kolom.soort, cel: (deel) => deel.entiteit.soortNaam },
  { naam: t.kolom.status, cel: (deel) => <Status>{deel.status}</Status> },
  {
    naam: t.kolom.handelingen,
    cel: (deel) => <Handelingen subject={deel.id} van={deel.entiteit.titel} />,
    klasse: 'knoppencel',
  },
];

/** The procedure per entity. */
export function Deelprocedures({ deelprocedures }: { deelprocedures: readonly Deelprocedure[] }) {
  return (
    <Tabel
      bijschrift={t.dossier.deelprocedures}
      kolommen={KOLOMMEN}
      rijen={deelprocedures}
      sleutel={(deel) => deel.id}
    />
  );
}
