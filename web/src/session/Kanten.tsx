import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from 'react';
import { type Client, Provider, useClient, useQuery } from 'urql';
import { createClient } from '../api/client';
import { IK } from '../api/queries';
import { Laden } from '../components/Laden';
import { isGerechtelijk, WI_PAD } from '../lib/kant';
import { type Ik, IkContext, useIk } from './Session';

const WiLoket = lazy(() => import('../wi/WiLoket'));

const Binnen = createContext<readonly string[]>([]);

/** The screens that the judicial side has for the user; none for nearly everybody. */
export const useSchermenBinnen = () => useContext(Binnen);

/** Who may have work on the judicial side. For anybody else nothing is ever asked there, not even whether. */
export const isLid = (ik: Ik) => ik.organisatie.soort === 'wi';
const kanGastZijn = (ik: Ik) => ik.rollen.some(({ code }) => code === 'wvl.woningcontroleur');

/** The side of the desk that the address names; the common one for who has no other. */
export function Kanten({ children }: { children: ReactNode }) {
  const ik = useIk();
  return isLid(ik) || kanGastZijn(ik) ? <Beide>{children}</Beide> : children;
}

function Beide({ children }: { children: ReactNode }) {
  const gemeenschappelijk = useClient();
  const [client] = useState(() =>
    createClient(WI_PAD, () => {
      const nogAangemeld = gemeenschappelijk.query(IK, {}, { requestPolicy: 'network-only' }).toPromise();
      void nogAangemeld.then(({ data }) => data && window.location.assign('/'));
    }),
  );
  return (
    <Provider value={client}>
      <Deur gemeenschappelijk={gemeenschappelijk}>{children}</Deur>
    </Provider>
  );
}

/** Asks once who the user is inside. Who is nobody there finds what everybody finds at an unknown address. */
function Deur({ gemeenschappelijk, children }: { gemeenschappelijk: Client; children: ReactNode }) {
  const [{ data, fetching }] = useQuery({ query: IK, requestPolicy: 'cache-first' });
  const gevraagd = isGerechtelijk(window.location.pathname);
  if (gevraagd && fetching && !data) return <Laden />;
  if (gevraagd && data) {
    return (
      <IkContext value={data.ik}>
        <Suspense fallback={<Laden />}>
          <WiLoket />
        </Suspense>
      </IkContext>
    );
  }
  return (
    <Provider value={gemeenschappelijk}>
      <Binnen value={data?.ik.schermen ?? []}>{children}</Binnen>
    </Provider>
  );
}
