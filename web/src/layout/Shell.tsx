import { Suspense, useEffect, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { offline } from '../api/status';
import { Bericht } from '../components/Bericht';
import { Icoon } from '../components/Icoon';
import { Laden } from '../components/Laden';
import { useStore } from '../lib/store';
import { t } from '../messages.nl';
import { ErrorBoundary } from './ErrorBoundary';
import { flash } from './flash';
import { Header } from './Header';

/** The frame around every page of who is signed in. */
export function Shell() {
  const { pathname } = useLocation();
  const geenVerbinding = useStore(offline);
  return (
    <>
      <a className="overslaan" href="#inhoud">
        {t.app.naarInhoud}
      </a>
      <Header />
      <div className="balken" aria-live="assertive">
        {geenVerbinding && <p className="balk balk--fout">{t.fout.geenVerbinding}</p>}
      </div>
      <main id="inhoud" className="inhoud" tabIndex={-1}>
        <Succes />
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Laden />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}

/** What just succeeded; goes away when the user closes it or leaves the page. */
function Succes() {
  const { pathname } = useLocation();
  const gemeld = useStore(flash);
  const vak = useRef<HTMLDivElement>(null);
  const zichtbaar = gemeld?.pad === pathname;
  useEffect(() => {
    if (zichtbaar) vak.current?.focus();
    else flash.set(null);
  }, [zichtbaar, pathname]);
  return (
    <div aria-live="polite">
      {zichtbaar && (
        <Bericht soort="succes" ref={vak} rol="status">
          <p>{gemeld.tekst}</p>
          <button
            type="button"
            className="knop--kaal bericht__sluit"
            aria-label={t.app.sluiten}
            onClick={() => flash.set(null)}
          >
            <Icoon naam="kruis" />
          </button>
        </Bericht>
      )}
    </div>
  );
}
