import { lazy, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { Provider } from 'urql';
import { createClient } from './api/client';
import { Laden } from './components/Laden';
import { ErrorBoundary } from './layout/ErrorBoundary';
import { Opnieuw } from './layout/Opnieuw';
import { Shell } from './layout/Shell';
import { WI_PAD } from './lib/kant';
import { DossierPage } from './pages/DossierPage';
import { LeesregisterPage } from './pages/LeesregisterPage';
import { LogboekPage } from './pages/LogboekPage';
import { NietGevonden } from './pages/NietGevonden';
import { PandPage } from './pages/PandPage';
import { PersonenPage } from './pages/PersonenPage';
import { StartPage } from './pages/StartPage';
import { VervangingPage } from './pages/VervangingPage';
import { VivooPage } from './pages/VivooPage';
import { ZoekPage } from './pages/ZoekPage';
import { isLid, Kanten } from './session/Kanten';
import { SessionProvider, useIk } from './session/Session';

// The wizard brings the calendar and the date fields; most visits do not need them at once.
const WizardPage = lazy(() => import('./wizard/WizardPage'));

export function App() {
  const [client] = useState(() => createClient());
  return (
    <ErrorBoundary>
      <I18nProvider locale="nl-BE">
        <Provider value={client}>
          <SessionProvider>
            <Kanten>
              <BrowserRouter>
                <Pages />
              </BrowserRouter>
            </Kanten>
          </SessionProvider>
        </Provider>
      </I18nProvider>
    </ErrorBoundary>
  );
}

function Pages() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Start />} />
        <Route path="zoeken" element={<Opnieuw pagina={ZoekPage} />} />
        <Route path="panden/:referte" element={<PandPage />} />
        <Route path="dossiers/:referte" element={<DossierPage />} />
        <Route path="handeling/:sleutel/:subject" element={<WizardPage />} />
        <Route path="vivoo" element={<Opnieuw pagina={VivooPage} />} />
        <Route path="personen" element={<PersonenPage />} />
        <Route path="vervanging" element={<VervangingPage />} />
        <Route path="logboek" element={<LogboekPage />} />
        <Route path="leesregister/:persoon" element={<LeesregisterPage />} />
        <Route path="*" element={<NietGevonden />} />
      </Route>
    </Routes>
  );
}

/** Who has no worklist here starts on the judicial side (Wooninspectie), at the audit trail (auditor) or the inventory. */
function Start() {
  const ik = useIk();
  if (ik.schermen.includes('werklijst')) return <Opnieuw pagina={StartPage} />;
  if (isLid(ik)) return <NaarBinnen />;
  return <Navigate to={ik.schermen.includes('logboek') ? '/logboek' : '/vivoo'} replace />;
}

function NaarBinnen() {
  useEffect(() => window.location.replace(`${WI_PAD}/`), []);
  return <Laden />;
}
