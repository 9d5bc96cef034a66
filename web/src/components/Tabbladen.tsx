import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { t } from '../messages.nl';
import { Leeg } from './klein';

/** How many rows of each kind are fetched with the page. */
export const LIJST_MAX = 100;

export interface Blad {
  sleutel: string;
  naam: string;
  aantal: number;
  inhoud: ReactNode;
  leeg: string;
}

/** The parts of a page; which one is open stands in the address (?tab=), so it can be linked to. */
export function Tabbladen({ naam, bladen }: { naam: string; bladen: readonly Blad[] }) {
  const [parameters, setParameters] = useSearchParams();
  const gekozen = bladen.find(({ sleutel }) => sleutel === parameters.get('tab')) ?? bladen[0];
  return (
    <Tabs
      selectedKey={gekozen?.sleutel}
      onSelectionChange={(tab) => setParameters({ tab: String(tab) }, { replace: true })}
    >
      <TabList className="tabs" aria-label={naam}>
        {bladen.map((blad) => (
          <Tab key={blad.sleutel} id={blad.sleutel} className="tab">
            {blad.naam} <span className="tab__aantal">{aantalTekst(blad.aantal)}</span>
          </Tab>
        ))}
      </TabList>
      {bladen.map((blad) => (
        <TabPanel key={blad.sleutel} id={blad.sleutel} className="tabpaneel">
          {blad.aantal ? blad.inhoud : <Leeg titel={blad.leeg} />}
          {blad.aantal >= LIJST_MAX && <p>{t.lijst.begrensd(LIJST_MAX)}</p>}
        </TabPanel>
      ))}
    </Tabs>
  );
}

const aantalTekst = (aantal: number) => (aantal >= LIJST_MAX ? `${LIJST_MAX}+` : aantal);
