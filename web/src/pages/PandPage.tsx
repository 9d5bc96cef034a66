import { useCallback } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { PAND } from '../api/pand';
import { Laden } from '../components/Laden';
import { LIJST_MAX } from '../components/Tabbladen';
import { Opmerkingen } from '../inzage/Opmerkingen';
import { PandKop } from '../pand/PandKop';
import { PandTabs } from '../pand/PandTabs';
import { FoutPagina } from './FoutPagina';
import { NietGevonden } from './NietGevonden';

/** One property with everything about it. */
export function PandPage() {
  const { referte = '' } = useParams();
  const [{ data, error, fetching }, ververs] = useQuery({ query: PAND, variables: { referte, max: LIJST_MAX } });
  const opnieuw = useCallback(() => ververs({ requestPolicy: 'network-only' }), [ververs]);
  if (!data && fetching) return <Laden />;
  if (error && !data?.pand) return <FoutPagina opnieuw={opnieuw} />;
  if (!data?.pand) return <NietGevonden />;
  return (
    <>
      <PandKop pand={data.pand} />
      <PandTabs pand={data.pand} ververs={opnieuw} />
      <Opmerkingen opmerkingen={data.pand.opmerkingen} />
    </>
  );
}
