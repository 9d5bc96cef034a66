import { useState } from 'react';
import { WERKLIJST } from '../api/queries';
import { Laden } from '../components/Laden';
import { Leeg } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import { TakenTabel } from '../components/TakenTabel';
import { Handelingen } from '../handelingen/Handelingen';
import { usePaginas } from '../lib/paginas';
import { useVertraagd } from '../lib/vertraagd';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';
import { FoutPagina } from './FoutPagina';

const PER_PAGINA = 25;

/** The worklist: all open tasks for the roles of the user or for the user himself. */
export function StartPage() {
  const ik = useIk();
  const [zoek, setZoek] = useState('');
  const [enkelTeLaat, setEnkelTeLaat] = useState(false);
  const gezocht = useVertraagd(zoek.trim());
  const filter = { ...(gezocht && { zoek: gezocht }), ...(enkelTeLaat && { enkelTeLaat }) };
  return (
    <>
      <header className="paginakop">
        <div>
          <p className="groet">{t.werklijst.groet(ik.naam)}</p>
          <PaginaTitel titel={t.werklijst.titel} />
        </div>
        <Handelingen subject={ik.organisatie.globaleId} />
      </header>
      <form className="filters" aria-label={t.werklijst.filters} onSubmit={(e) => e.preventDefault()}>
        <label htmlFor="taakzoek">{t.werklijst.zoek}</label>
        <input id="taakzoek" type="search" value={zoek} onChange={(e) => setZoek(e.target.value)} autoComplete="off" />
        <label className="vinkje">
          <input type="checkbox" checked={enkelTeLaat} onChange={(e) => setEnkelTeLaat(e.target.checked)} />
          <span>{t.werklijst.enkelTeLaat}</span>
        </label>
      </form>
      <Taken filter={filter} />
    </>
  );
}

function Taken({ filter }: { filter: { zoek?: string; enkelTeLaat?: boolean } }) {
  const lijst = usePaginas(WERKLIJST, { first: PER_PAGINA, filter }, (data) => data.werklijst);
  const gefilterd = Object.keys(filter).length > 0;
  if (lijst.error) return <FoutPagina opnieuw={() => window.location.reload()} />;
  return (
    <>
      <p className="aantal" role="status">
        {lijst.laden ? '' : t.werklijst.aantal(lijst.aantal, !lijst.aantalIsVolledig)}
      </p>
      {lijst.laden && <Laden />}
      {!lijst.laden && lijst.rijen.length === 0 && (
        <Leeg titel={t.werklijst.leeg}>
          <p>{gefilterd ? t.werklijst.leegFilter : t.werklijst.leegUitleg}</p>
        </Leeg>
      )}
      {lijst.rijen.length > 0 && <TakenTabel bijschrift={t.werklijst.titel} taken={lijst.rijen} op="werklijst" />}
      <MeerKnop paginas={lijst} />
    </>
  );
}
