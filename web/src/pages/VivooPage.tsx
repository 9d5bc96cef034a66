import { useState } from 'react';
import { VIVOO } from '../api/vivoo';
import { Icoon } from '../components/Icoon';
import { Laden } from '../components/Laden';
import { Leeg } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import { VivooTabel } from '../components/VivooTabel';
import { usePaginas } from '../lib/paginas';
import { useVertraagd } from '../lib/vertraagd';
import { t } from '../messages.nl';
import { FoutPagina } from './FoutPagina';

const PER_PAGINA = 50;

/** The inventory of unfit and uninhabitable dwellings. */
export function VivooPage() {
  const [zoek, setZoek] = useState('');
  const [enkelOpgenomen, setEnkelOpgenomen] = useState(false);
  const gezocht = useVertraagd(zoek.trim());
  return (
    <>
      <PaginaTitel titel={t.vivoo.titel} />
      <p>{t.vivoo.inleiding}</p>
      <form className="filters" aria-label={t.werklijst.filters} onSubmit={(e) => e.preventDefault()}>
        <label htmlFor="vivoozoek">{t.vivoo.zoek}</label>
        <input id="vivoozoek" type="search" value={zoek} onChange={(e) => setZoek(e.target.value)} autoComplete="off" />
        <label className="vinkje">
          <input type="checkbox" checked={enkelOpgenomen} onChange={(e) => setEnkelOpgenomen(e.target.checked)} />
          <span>{t.vivoo.enkelOpgenomen}</span>
        </label>
        <button type="button" className="knop filters__rechts" onClick={() => window.print()}>
          <Icoon naam="druk" /> {t.vivoo.afdrukken}
        </button>
      </form>
      <Registraties zoek={gezocht || null} enkelOpgenomen={enkelOpgenomen} />
    </>
  );
}

function Registraties({ zoek, enkelOpgenomen }: { zoek: string | null; enkelOpgenomen: boolean }) {
  const lijst = usePaginas(VIVOO, { zoek, enkelOpgenomen, first: PER_PAGINA }, (data) => data.vivoo);
  if (lijst.error) return <FoutPagina opnieuw={() => window.location.reload()} />;
  return (
    <>
      <p className="aantal" role="status">
        {lijst.laden ? '' : t.vivoo.aantal(lijst.aantal, !lijst.aantalIsVolledig)}
      </p>
      {lijst.laden && <Laden />}
      {!lijst.laden && lijst.rijen.length === 0 && (
        <Leeg titel={t.vivoo.leeg}>
          <p>{t.vivoo.leegUitleg}</p>
        </Leeg>
      )}
      {lijst.rijen.length > 0 && <VivooTabel rijen={lijst.rijen} />}
      <MeerKnop paginas={lijst} />
    </>
  );
}
