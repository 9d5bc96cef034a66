import { Link } from 'react-router';
import type { TaakRijFragment } from '../gql/graphql';
import { dagVan, datum, hoofdletter, padVanDossier, padVanPand } from '../lib/format';
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
/** The name of a task leads to where it is done: the dossier, else the property. */
function TaakLink({ taak }: { taak: TaakRijFragment }) {
  const naam = hoofdletter(taak.naam);
  if (taak.dossier) return <Link to={padVanDossier(taak.dossier.referte)}>{naam}</Link>;
  return taak.onderwerp ? <Link to={padVanPand(taak.onderwerp.referte)}>{naam}</Link> : naam;
}

const naam: Kolom<TaakRijFragment> = { naam: k.taak, cel: (taak) => hoofdletter(taak.naam), kop: true };
const naamMetLink: Kolom<TaakRijFragment> = { naam: k.taak, cel: (taak) => <TaakLink taak={taak} />, kop: true };
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
  werklijst: [nummer, naamMetLink, pand, dossier, deadline, voorWie, aangemaakt],
  pand: [nummer, naamMetLink, dossier, deadline, voorWie, gesloten],
  dossier: [nummer, naam, deadline, voorWie],
  dossierGesloten: [nummer, naam, voorWie, gesloten],
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
