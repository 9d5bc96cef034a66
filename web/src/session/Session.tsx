import { createContext, type ReactNode, useContext } from 'react';
import { useQuery } from 'urql';
import { foutcode } from '../api/client';
import { IK } from '../api/queries';
import { nietAangemeld } from '../api/status';
import { Laden } from '../components/Laden';
import type { IkQuery } from '../gql/graphql';
import { useStore } from '../lib/store';
import { FoutPagina } from '../pages/FoutPagina';
import { WelkomPage } from '../pages/WelkomPage';
import { SessieVoorbij } from './SessieVoorbij';

export type Ik = IkQuery['ik'];

export const IkContext = createContext<Ik | null>(null);

/** The person who is signed in. Only for what is rendered inside SessionProvider. */
export function useIk(): Ik {
  const ik = useContext(IkContext);
  if (!ik) throw new Error('useIk outside SessionProvider');
  return ik;
}

/** Shows the welcome page to who is not signed in; keeps the page standing under a notice when the session ends later. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [{ data, error, fetching }, herhaal] = useQuery({ query: IK, requestPolicy: 'cache-first' });
  const voorbij = useStore(nietAangemeld);
  if (data) {
    return (
      <IkContext value={data.ik}>
        {children}
        {voorbij && <SessieVoorbij />}
      </IkContext>
    );
  }
  if (fetching) return <Laden />;
  if (foutcode(error) === 'NIET_AANGEMELD') return <WelkomPage />;
  return <FoutPagina opnieuw={() => herhaal({ requestPolicy: 'network-only' })} />;
}
