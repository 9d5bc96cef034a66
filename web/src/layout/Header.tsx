import { Link, NavLink } from 'react-router';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';
import { Merk } from './Merk';
import { Profiel } from './Profiel';
import { ZoekVak } from './ZoekVak';

const SCHERMEN = [
  { scherm: 'werklijst', pad: '/', naam: t.menu.werklijst },
  { scherm: 'vivoo', pad: '/vivoo', naam: t.menu.vivoo },
] as const;

export function Header() {
  const { schermen } = useIk();
  return (
    <header className="kop">
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
          </ul>
        </nav>
        {schermen.includes('panden') && <ZoekVak />}
      </div>
    </header>
  );
}
