import { lazy } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { Opnieuw } from '../layout/Opnieuw';
import { Shell } from '../layout/Shell';
import { WI_PAD } from '../lib/kant';
import { LeesregisterPage } from '../pages/LeesregisterPage';
import { LogboekPage } from '../pages/LogboekPage';
import { NietGevonden } from '../pages/NietGevonden';
import { PersonenPage } from '../pages/PersonenPage';
import { StartPage } from '../pages/StartPage';
import { ZoekPage } from '../pages/ZoekPage';
import { useIk } from '../session/Session';
import { DossiersPage } from './DossiersPage';
import { MeldingenPage } from './MeldingenPage';
import { OpdrachtenPage } from './OpdrachtenPage';
import { WiDossierPage } from './WiDossierPage';
import { WiPandPage } from './WiPandPage';

const WizardPage = lazy(() => import('../wizard/WizardPage'));

/** The judicial side: the same desk on its own path, with its own client. Its links cannot leave that path. */
export default function WiLoket() {
  return (
    <BrowserRouter basename={WI_PAD}>
      <Routes>
        <Route element={<Shell />}>
          <Route index element={<Start />} />
          <Route path="dossiers" element={<Opnieuw pagina={DossiersPage} />} />
          <Route path="dossiers/:referte" element={<WiDossierPage />} />
          <Route path="meldingen" element={<Opnieuw pagina={MeldingenPage} />} />
          <Route path="opdrachten" element={<Opnieuw pagina={OpdrachtenPage} />} />
          <Route path="zoeken" element={<Opnieuw pagina={ZoekPage} />} />
          <Route path="panden/:referte" element={<WiPandPage />} />
          <Route path="handeling/:sleutel/:subject" element={<WizardPage />} />
          <Route path="personen" element={<PersonenPage />} />
          <Route path="logboek" element={<LogboekPage />} />
          <Route path="leesregister/:persoon" element={<LeesregisterPage />} />
          <Route path="*" element={<NietGevonden />} />
        </Route>
      </Routes>
    </BrowserRouter>
  );
}

/** A guest has assignments and nothing else; who only reads begins at the dossiers. */
function Start() {
  const { schermen } = useIk();
  if (schermen.includes('werklijst')) return <Opnieuw pagina={StartPage} />;
  return <Navigate to={schermen.includes('opdrachten') ? '/opdrachten' : '/dossiers'} replace />;
}
