import { useState } from 'react';
import { Laden } from '../components/Laden';
import { Leeg } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import { usePaginas } from '../lib/paginas';
import { t } from '../messages.nl';
import { FoutPagina } from '../pages/FoutPagina';
import { WI_MELDINGEN } from './api';
import { MeldingenTabel } from './MeldingenTabel';

const PER_PAGINA = 25;
/** The status of a melding that nobody dealt with. */
const NIEUW = 'Nieuw';

/** What municipalities reported, the oldest first. */
export function MeldingenPage() {
  const [enkelNieuw, setEnkelNieuw] = useState(true);
  return (
    <>
      <PaginaTitel titel={t.wi.meldingen.titel} />
      <form className="filters" aria-label={t.werklijst.filters} onSubmit={(e) => e.preventDefault()}>
        <label className="vinkje">
          <input type="checkbox" checked={enkelNieuw} onChange={(e) => setEnkelNieuw(e.target.checked)} />
          <span>{t.wi.meldingen.enkelNieuw}</span>
        </label>
      </form>
      <Meldingen status={enkelNieuw ? NIEUW : null} />
    </>
  );
}

function Meldingen({ status }: { status: string | null }) {
  const lijst = usePaginas(WI_MELDINGEN, { status, first: PER_PAGINA }, (data) => data.wiMeldingen);
  const w = t.wi.meldingen;
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
      {lijst.rijen.length > 0 && <MeldingenTabel meldingen={lijst.rijen} />}
      <MeerKnop paginas={lijst} />
    </>
  );
}
