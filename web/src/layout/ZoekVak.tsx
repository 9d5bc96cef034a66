import { type FormEvent, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Icoon } from '../components/Icoon';
import { t } from '../messages.nl';

/** The search box in the header. On the page with results it shows what was searched for. */
export function ZoekVak() {
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const gezocht = pathname === '/zoeken' ? (parameters.get('q') ?? '') : '';
  return <Vak key={gezocht} begin={gezocht} />;
}

function Vak({ begin }: { begin: string }) {
  const [tekst, setTekst] = useState(begin);
  const navigate = useNavigate();

  function zoek(event: FormEvent): void {
    event.preventDefault();
    const q = tekst.trim();
    if (q) void navigate(`/zoeken?q=${encodeURIComponent(q)}`);
  }

  return (
    <search>
      <form className="zoekvak" onSubmit={zoek}>
        <label className="onzichtbaar" htmlFor="zoek">
          {t.zoeken.label}
        </label>
        <input
          id="zoek"
          type="search"
          value={tekst}
          placeholder={t.zoeken.plaatshouder}
          onChange={(e) => setTekst(e.target.value)}
          autoComplete="off"
        />
        <button type="submit" aria-label={t.zoeken.knop}>
          <Icoon naam="zoek" />
        </button>
      </form>
    </search>
  );
}
