import { useState } from 'react';
import { useHref, useSearchParams } from 'react-router';
import { LOGBOEK } from '../api/inzage';
import { Laden } from '../components/Laden';
import { Leeg } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import { LogTabel } from '../inzage/LogTabel';
import { usePaginas } from '../lib/paginas';
import { useVertraagd } from '../lib/vertraagd';
import { t } from '../messages.nl';
import { FoutPagina } from './FoutPagina';

const PER_PAGINA = 50;
const SOORTEN = ['wijziging', 'openen', 'lijst', 'zoeken', 'export', 'aanmelden'] as const;

interface Filter {
  subject: string;
  gebruiker: string;
  soort: string;
  van: string;
  tot: string;
}

/** Who of the own organisation consulted or changed what. For auditors. */
export function LogboekPage() {
  const [gevraagd] = useSearchParams();
  const [filter, setFilter] = useState<Filter>({
    subject: gevraagd.get('over') ?? '',
    gebruiker: '',
    soort: '',
    van: '',
    tot: '',
  });
  const rustig = useVertraagd(JSON.stringify(filter));
  const gezet = Object.fromEntries(
    Object.entries(JSON.parse(rustig) as Filter).flatMap(([naam, waarde]) => {
      const tekst = String(waarde).trim();
      return tekst ? [[naam, tekst]] : [];
    }),
  );
  const uitvoer = useHref(`/logboek.csv?${new URLSearchParams(gezet).toString()}`);
  return (
    <>
      <PaginaTitel titel={t.logboek.titel} />
      <p>{t.logboek.inleiding}</p>
      <Filters filter={filter} wijzig={setFilter} uitvoer={uitvoer} />
      <Regels filter={gezet} />
    </>
  );
}

interface FilterProps {
  filter: Filter;
  wijzig: (nieuw: Filter) => void;
  uitvoer: string;
}

function Filters({ filter, wijzig, uitvoer }: FilterProps) {
  const zet = (naam: keyof Filter) => (e: { target: { value: string } }) =>
    wijzig({ ...filter, [naam]: e.target.value });
  const tekstveld = (naam: 'subject' | 'gebruiker', label: string) => (
    <div className="filters__veld">
      <label htmlFor={`log-${naam}`}>{label}</label>
      <input id={`log-${naam}`} type="search" value={filter[naam]} onChange={zet(naam)} autoComplete="off" />
    </div>
  );
  const dagveld = (naam: 'van' | 'tot', label: string) => (
    <div className="filters__veld">
      <label htmlFor={`log-${naam}`}>{label}</label>
      <input id={`log-${naam}`} type="date" value={filter[naam]} onChange={zet(naam)} />
    </div>
  );
  return (
    <form className="filters" aria-label={t.werklijst.filters} onSubmit={(e) => e.preventDefault()}>
      {tekstveld('subject', t.logboek.over)}
      {tekstveld('gebruiker', t.logboek.wie)}
      <div className="filters__veld">
        <label htmlFor="log-soort">{t.logboek.soort}</label>
        <select id="log-soort" value={filter.soort} onChange={zet('soort')}>
          <option value="">{t.logboek.alle}</option>
          {SOORTEN.map((soort) => (
            <option key={soort} value={soort}>
              {t.logboek.soorten[soort]}
            </option>
          ))}
        </select>
      </div>
      {dagveld('van', t.logboek.van)}
      {dagveld('tot', t.logboek.tot)}
      <a className="knop filters__rechts" href={uitvoer} download>
        {t.logboek.uitvoer}
      </a>
    </form>
  );
}

function Regels({ filter }: { filter: Record<string, string> }) {
  const lijst = usePaginas(LOGBOEK, { ...filter, first: PER_PAGINA }, (data) => data.logboek);
  if (lijst.error) return <FoutPagina opnieuw={() => window.location.reload()} />;
  if (lijst.laden) return <Laden />;
  if (lijst.rijen.length === 0) {
    return (
      <Leeg titel={t.logboek.leeg}>
        <p>{t.logboek.leegUitleg}</p>
      </Leeg>
    );
  }
  return (
    <>
      <LogTabel bijschrift={t.logboek.titel} regels={lijst.rijen} />
      <MeerKnop paginas={lijst} />
    </>
  );
}
