import { Link, NavLink } from 'react-router';
import { Icoon } from '../components/Icoon';
import { useGerechtelijk, WI_PAD } from '../lib/kant';
import { t } from '../messages.nl';
import { useSchermenBinnen } from '../session/Kanten';
import { useIk } from '../session/Session';
import { Merk } from './Merk';
import { Profiel } from './Profiel';
import { ZoekVak } from './ZoekVak';

const SCHERMEN = [
  { scherm: 'werklijst', pad: '/', naam: t.menu.werklijst },
  { scherm: 'wi_dossiers', pad: '/dossiers', naam: t.menu.dossiers },
  { scherm: 'wi_meldingen', pad: '/meldingen', naam: t.menu.meldingen },
  { scherm: 'opdrachten', pad: '/opdrachten', naam: t.menu.opdrachten },
  { scherm: 'vivoo', pad: '/vivoo', naam: t.menu.vivoo },
  { scherm: 'personen_zoeken', pad: '/personen', naam: t.menu.personen },
  { scherm: 'logboek', pad: '/logboek', naam: t.menu.logboek },
] as const;

export function Header() {
  const { schermen } = useIk();
  const gerechtelijk = useGerechtelijk();
  return (
    <header className={gerechtelijk ? 'kop kop--gerechtelijk' : 'kop'}>
      {gerechtelijk && <Strook />}
      <div className="kop__boven">
        <Link className="merk" to="/">
          <Merk />
        </Link>
        <Profiel />
      </div>
      <div className="kop__onder">
        <nav aria-label={t.app.hoofdmenu}>
          <ul className="hoofdmenu">
            {SCHERMEN.filter(({ scherm }) => schermen.includes(scherm)).map(({ pad, naam }) => (
              <li key={pad}>
                <NavLink to={pad} end>
                  {naam}
                </NavLink>
              </li>
            ))}
            <NaarBinnen />
          </ul>
        </nav>
        {schermen.includes('panden') && <ZoekVak />}
      </div>
    </header>
  );
}

/** Says on every page of the judicial side where one is, and leads out. */
function Strook() {
  return (
    <div className="strook">
      <p className="strook__tekst">
        <Icoon naam="slot" /> <strong>{t.wi.strook}</strong> <span className="enkel-breed">{t.wi.strookUitleg}</span>
      </p>
      <a href="/zoeken">{t.wi.naarBuiten}</a>
    </div>
  );
}

/** For who has work on the judicial side: the way there, as a page of its own. */
function NaarBinnen() {
  const binnen = useSchermenBinnen();
  if (binnen.length === 0) return null;
  return (
    <li>
      <a href={`${WI_PAD}/`}>
        <Icoon naam="slot" /> {binnen.includes('opdrachten') ? t.menu.opdrachten : t.wi.naarBinnen}
      </a>
    </li>
  );
}
