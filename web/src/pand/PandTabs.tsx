import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { Leeg } from '../components/klein';
import { TakenTabel } from '../components/TakenTabel';
import { VivooTabel } from '../components/VivooTabel';
import { DocumentenTabel } from '../documenten/DocumentenTabel';
import { t } from '../messages.nl';
import { BetrokkenenTabel, EntiteitenTabel, OnderzoekenTabel, ProceduresTabel } from './tabellen';
import type { Pand } from './soorten';

/** How many rows of each kind are fetched with the page. */
export const LIJST_MAX = 100;

type TabNaam = keyof typeof t.pand.tabs;

interface TabInhoud {
  aantal: number;
  inhoud: ReactNode;
}

function inhoudVan(pand: Pand, ververs: () => void): Record<TabNaam, TabInhoud> {
  const { tabs } = t.pand;
  return {
    entiteiten: { aantal: pand.entiteiten.length, inhoud: <EntiteitenTabel entiteiten={pand.entiteiten} /> },
    procedures: { aantal: pand.dossiers.length, inhoud: <ProceduresTabel dossiers={pand.dossiers} /> },
    onderzoeken: { aantal: pand.onderzoeken.length, inhoud: <OnderzoekenTabel onderzoeken={pand.onderzoeken} /> },
    documenten: {
      aantal: pand.documenten.length,
      inhoud: <DocumentenTabel bijschrift={tabs.documenten} documenten={pand.documenten} ververs={ververs} />,
    },
    taken: { aantal: pand.taken.length, inhoud: <TakenTabel bijschrift={tabs.taken} taken={pand.taken} op="pand" /> },
    betrokkenen: { aantal: pand.betrokkenen.length, inhoud: <BetrokkenenTabel betrokkenen={pand.betrokkenen} /> },
    vivoo: { aantal: pand.vivoo.length, inhoud: <VivooTabel rijen={pand.vivoo} /> },
  };
}

/** The parts of a property; which one is open stands in the address (?tab=), so it can be linked to. */
export function PandTabs({ pand, ververs }: { pand: Pand; ververs: () => void }) {
  const [parameters, setParameters] = useSearchParams();
  const delen = inhoudVan(pand, ververs);
  const namen = Object.keys(delen) as TabNaam[];
  const gekozen = namen.find((naam) => naam === parameters.get('tab')) ?? 'entiteiten';
  return (
    <Tabs selectedKey={gekozen} onSelectionChange={(naam) => setParameters({ tab: String(naam) }, { replace: true })}>
      <TabList className="tabs" aria-label={t.pand.tablijst}>
        {namen.map((naam) => (
          <Tab key={naam} id={naam} className="tab">
            {t.pand.tabs[naam]} <span className="tab__aantal">{aantalTekst(delen[naam].aantal)}</span>
          </Tab>
        ))}
      </TabList>
      {namen.map((naam) => (
        <TabPanel key={naam} id={naam} className="tabpaneel">
          {delen[naam].aantal ? delen[naam].inhoud : <Leeg titel={t.pand.leeg[naam]} />}
          {delen[naam].aantal >= LIJST_MAX && <p>{t.lijst.begrensd(LIJST_MAX)}</p>}
        </TabPanel>
      ))}
    </Tabs>
  );
}

const aantalTekst = (aantal: number) => (aantal >= LIJST_MAX ? `${LIJST_MAX}+` : aantal);
