import { useState } from 'react';
import { Laden } from '../components/Laden';
import { DossierLink, Leeg, OnderwerpLink, Status } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import { type Kolom, Tabel } from '../components/Tabel';
import type { WiDossiersQuery } from '../gql/wi/graphql';
import { dagVan, datum } from '../lib/format';
import { usePaginas } from '../lib/paginas';
import { useVertraagd } from '../lib/vertraagd';
import { t } from '../messages.nl';
import { FoutPagina } from '../pages/FoutPagina';
import { WI_DOSSIERS } from './api';

const PER_PAGINA = 25;
type Rij = WiDossiersQuery['wiDossiers']['edges'][number]['node'];

const KOLOMMEN: readonly Kolom<Rij>[] = [
  { naam: t.kolom.referte, cel: (d) => <DossierLink dossier={d} />, klasse: 'eenregel', kop: true },
  { naam: t.wi.kolommen.pand, cel: (d) => <OnderwerpLink onderwerp={d.onderwerp} /> },
  { naam: t.kolom.status, cel: (d) => <Status>{d.status}</Status> },
  { naam: t.kolom.gestart, cel: (d) => datum(d.gestartOp), klasse: 'eenregel' },
  { naam: t.wi.kolommen.gewijzigd, cel: (d) => dagVan(d.gewijzigdOp), klasse: 'eenregel' },
];

/** The judicial dossiers, by reference or address. */
export function DossiersPage() {
  const [zoek, setZoek] = useState('');
  const gezocht = useVertraagd(zoek.trim());
  const w = t.wi.dossiers;
  return (
    <>
      <PaginaTitel titel={w.titel} />
      <form className="filters" aria-label={t.werklijst.filters} onSubmit={(e) => e.preventDefault()}>
        <label htmlFor="wizoek">{w.zoek}</label>
        <input id="wizoek" type="search" value={zoek} onChange={(e) => setZoek(e.target.value)} autoComplete="off" />
      </form>
      <Dossiers zoek={gezocht || null} />
    </>
  );
}

function Dossiers({ zoek }: { zoek: string | null }) {
  const lijst = usePaginas(WI_DOSSIERS, { zoek, first: PER_PAGINA }, (data) => data.wiDossiers);
  const w = t.wi.dossiers;
  if (lijst.error) return <FoutPagina opnieuw={() => window.location.reload()} />;
  return (
    <>
      <p className="aantal" role="status">
        {lijst.laden ? '' : w.aantal(lijst.aantal, !lijst.aantalIsVolledig)}
      </p>
      {lijst.laden && <Laden />}
      {!lijst.laden && lijst.rijen.length === 0 && (
        <Leeg titel={w.leeg}>
          <p>{w.leegUitleg}</p>
        </Leeg>
      )}
      {lijst.rijen.length > 0 && (
        <Tabel bijschrift={w.titel} kolommen={KOLOMMEN} rijen={lijst.rijen} sleutel={(d) => d.id} />
      )}
      <MeerKnop paginas={lijst} />
    </>
  );
}
