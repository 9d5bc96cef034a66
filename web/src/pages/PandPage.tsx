import { useCallback } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { PAND } from '../api/pand';
import { Laden } from '../components/Laden';
import { Capakeys, Feiten, Status } from '../components/klein';
import { PaginaTitel } from '../components/PaginaTitel';
import { Handelingen } from '../handelingen/Handelingen';
import { LIJST_MAX, PandTabs } from '../pand/PandTabs';
import type { Pand } from '../pand/soorten';
import { t } from '../messages.nl';
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
      <Kop pand={data.pand} />
      <PandTabs pand={data.pand} ververs={opnieuw} />
    </>
  );
}

function Kop({ pand }: { pand: Pand }) {
  const f = t.pand.feiten;
  return (
    <header className="objectkop">
      <div>
        <p className="objectkop__soort">{t.pand.soort}</p>
        <PaginaTitel titel={pand.titel} />
        <Feiten
          feiten={[
            [f.referte, <span className="code">{pand.referte}</span>],
            [f.gemeente, [pand.postcode, pand.gemeente].filter(Boolean).join(' ')],
            [f.status, <Status>{pand.actief ? t.pand.actief : t.pand.inactief}</Status>],
            [f.capakeys, <Capakeys capakeys={pand.capakeys} />],
          ]}
        />
      </div>
      <Handelingen subject={pand.id} />
    </header>
  );
}
