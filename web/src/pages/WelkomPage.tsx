import { Merk } from '../layout/Merk';
import { padNaarAanmelden } from '../lib/format';
import { t } from '../messages.nl';

/** For who is not signed in: one button. */
export function WelkomPage() {
  const { pathname, search } = window.location;
  return (
    <>
      <title>{`${t.welkom.titel} – ${t.app.naam}`}</title>
      <header className="kop">
        <div className="kop__boven">
          <span className="merk">
            <Merk />
          </span>
        </div>
      </header>
      <main className="welkom">
        <h1>{t.welkom.titel}</h1>
        <p className="welkom__inleiding">{t.welkom.inleiding}</p>
        <a className="knop knop--hoofd knop--groot" href={padNaarAanmelden(pathname + search)}>
          {t.welkom.aanmelden}
        </a>
        <p className="welkom__hulp">{t.welkom.hulp}</p>
      </main>
    </>
  );
}
