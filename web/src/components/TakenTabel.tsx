import type { TaakRijFragment } from '../gql/graphql';
import { dagVan, datum } from '../lib/format';
import { t } from '../messages.nl';
import { DossierLink, OnderwerpLink } from './klein';
import { type Kolom, Tabel } from './Tabel';

const k = t.werklijst.kolommen;

function Deadline({ taak }: { taak: TaakRijFragment }) {
  if (!taak.teLaat) return datum(taak.deadline);
  return (
    <span className="telaat">
      {datum(taak.deadline)} <strong>{t.werklijst.teLaat}</strong>
    </span>
  );
}

const nummer: Kolom<TaakRijFragment> = { naam: k.nummer, cel: (taak) => taak.nummer, klasse: 'smal' };
const naam: Kolom<TaakRijFragment> = { naam: k.taak, cel: (taak) => taak.naam, kop: true };
const pand: Kolom<TaakRijFragment> = { naam: k.pand, cel: (taak) => <OnderwerpLink onderwerp={taak.onderwerp} /> };
const dossier: Kolom<TaakRijFragment> = {
  naam: k.dossier,
  cel: (taak) => <DossierLink dossier={taak.dossier} />,
  klasse: 'eenregel',
};
const voorWie: Kolom<TaakRijFragment> = {
  naam: k.voorWie,
  cel: (taak) => taak.toegewezenAan ?? `${taak.rolNaam}, ${taak.organisatieNaam}`,
};
const deadline: Kolom<TaakRijFragment> = {
  naam: k.deadline,
  cel: (taak) => <Deadline taak={taak} />,
  klasse: 'eenregel',
};
const aangemaakt: Kolom<TaakRijFragment> = {
  naam: k.aangemaakt,
  cel: (taak) => dagVan(taak.aangemaaktOp),
  klasse: 'eenregel',
};
const gesloten: Kolom<TaakRijFragment> = {
  naam: t.kolom.gesloten,
  cel: (taak) => datum(taak.geslotenOp),
  klasse: 'eenregel',
};

const KOLOMMEN = {
  werklijst: [nummer, naam, pand, dossier, voorWie, deadline, aangemaakt],
  pand: [nummer, naam, dossier, voorWie, deadline, gesloten],
  dossier: [nummer, naam, voorWie, deadline, gesloten],
};

interface Props {
  bijschrift: string;
  taken: readonly TaakRijFragment[];
  /** Where the table stands: what is clear from the page itself is left out. */
  op: keyof typeof KOLOMMEN;
}

export function TakenTabel({ bijschrift, taken, op }: Props) {
  return <Tabel bijschrift={bijschrift} kolommen={KOLOMMEN[op]} rijen={taken} sleutel={(taak) => taak.id} />;
}
