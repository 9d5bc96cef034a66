import { type ComponentType, lazy, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { Provider } from 'urql';
import { createClient } from './api/client';
import { ErrorBoundary } from './layout/ErrorBoundary';
import { Shell } from './layout/Shell';
import { DossierPage } from './pages/DossierPage';
import { NietGevonden } from './pages/NietGevonden';
import { PandPage } from './pages/PandPage';
import { StartPage } from './pages/StartPage';
import { VivooPage } from './pages/VivooPage';
import { ZoekPage } from './pages/ZoekPage';
import { SessionProvider, useIk } from './session/Session';

// The wizard brings the calendar and the date fields; most visits do not need them at once.
const WizardPage = lazy(() => import('./wizard/WizardPage'));

export function App() {
  const [client] = useState(createClient);
  return (
    <ErrorBoundary>
      <I18nProvider locale="nl-BE">
        <Provider value={client}>
          <BrowserRouter>
            <Pages />
          </BrowserRouter>
        </Provider>
      </I18nProvider>
    </ErrorBoundary>
  );
}

function Pages() {
  return (
    <SessionProvider>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Start />} />
          <Route path="zoeken" element={<Opnieuw pagina={ZoekPage} />} />
          <Route path="panden/:referte" element={<PandPage />} />
          <Route path="dossiers/:referte" element={<DossierPage />} />
          <Route path="handeling/:sleutel/:subject" element={<WizardPage />} />
          <Route path="vivoo" element={<Opnieuw pagina={VivooPage} />} />
          <Route path="*" element={<NietGevonden />} />
        </Route>
      </Routes>
    </SessionProvider>
  );
}

/** Who has no worklist (VLABEL) starts at the inventory. */
function Start() {
  const { schermen } = useIk();
  return schermen.includes('werklijst') ? <Opnieuw pagina={StartPage} /> : <Navigate to="/vivoo" replace />;
}

/** A list is fetched again each time it is asked for, also by who clicks the link of the list on the screen. */
function Opnieuw({ pagina: Pagina }: { pagina: ComponentType }) {
  const { key } = useLocation();
  return <Pagina key={key} />;
}
