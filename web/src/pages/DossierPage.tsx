import { useCallback } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { DOSSIER } from '../api/dossier';
import { Laden } from '../components/Laden';
import { Sectie } from '../components/Sectie';
import { DocumentenTabel } from '../documenten/DocumentenTabel';
import { Deelprocedures } from '../dossier/Deelprocedures';
import { DossierKop } from '../dossier/DossierKop';
import { OoPaneel } from '../dossier/OoPaneel';
import type { Dossier } from '../dossier/soorten';
import { GeslotenTaken, OpenTaken } from '../dossier/Taken';
import { Tijdlijn } from '../dossier/Tijdlijn';
import { Opmerkingen } from '../inzage/Opmerkingen';
import { t } from '../messages.nl';
import { FoutPagina } from './FoutPagina';
import { NietGevonden } from './NietGevonden';

const LIJST_MAX = 100;

/** One procedure: what it is about, where it stands, its papers, its tasks and what happened. */
export function DossierPage() {
  const { referte = '' } = useParams();
  const [{ data, error, fetching }, ververs] = useQuery({ query: DOSSIER, variables: { referte, max: LIJST_MAX } });
  const opnieuw = useCallback(() => ververs({ requestPolicy: 'network-only' }), [ververs]);
  if (!data && fetching) return <Laden />;
  if (error && !data?.dossier) return <FoutPagina opnieuw={opnieuw} />;
  if (!data?.dossier) return <NietGevonden />;
  return (
    <>
      <DossierKop dossier={data.dossier} />
      <div className="kolommen">
        <Inhoud dossier={data.dossier} ververs={opnieuw} />
        <Sectie titel={t.dossier.tijdlijn} aantal={data.dossier.tijdlijn.length} leeg={t.dossier.leeg.tijdlijn}>
          <Tijdlijn gebeurtenissen={data.dossier.tijdlijn} />
        </Sectie>
      </div>
    </>
  );
}

function Inhoud({ dossier, ververs }: { dossier: Dossier; ververs: () => void }) {
  const { leeg } = t.dossier;
  return (
    <div className="kolommen__breed">
      <OpenTaken taken={dossier.taken} />
      {dossier.oo && <OoPaneel oo={dossier.oo} ververs={ververs} />}
      <Sectie titel={t.dossier.deelprocedures} aantal={dossier.deelprocedures.length} leeg={leeg.deelprocedures}>
        <Deelprocedures deelprocedures={dossier.deelprocedures} />
      </Sectie>
      <Sectie titel={t.dossier.documenten} aantal={dossier.documenten.length} leeg={leeg.documenten}>
        <DocumentenTabel bijschrift={t.dossier.documenten} documenten={dossier.documenten} ververs={ververs} />
      </Sectie>
      <Opmerkingen opmerkingen={dossier.opmerkingen} />
      <GeslotenTaken taken={dossier.taken} />
    </div>
  );
}
