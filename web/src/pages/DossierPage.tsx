import { useCallback } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { DOSSIER } from '../api/dossier';
import { Laden } from '../components/Laden';
import { Feiten, OnderwerpLink, Status } from '../components/klein';
import { PaginaTitel } from '../components/PaginaTitel';
import { Sectie } from '../components/Sectie';
import { TakenTabel } from '../components/TakenTabel';
import { DocumentenTabel } from '../documenten/DocumentenTabel';
import { Deelprocedures } from '../dossier/Deelprocedures';
import { OoPaneel } from '../dossier/OoPaneel';
import type { Dossier } from '../dossier/soorten';
import { Tijdlijn } from '../dossier/Tijdlijn';
import { Handelingen } from '../handelingen/Handelingen';
import { datum } from '../lib/format';
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
      <Kop dossier={data.dossier} />
      <div className="kolommen">
        <Inhoud dossier={data.dossier} ververs={opnieuw} />
        <Sectie titel={t.dossier.tijdlijn} aantal={data.dossier.tijdlijn.length} leeg={t.dossier.leeg.tijdlijn}>
          <Tijdlijn gebeurtenissen={data.dossier.tijdlijn} />
        </Sectie>
      </div>
    </>
  );
}

function Kop({ dossier }: { dossier: Dossier }) {
  const f = t.dossier.feiten;
  return (
    <header className="objectkop">
      <div>
        <p className="objectkop__soort">{dossier.soortNaam}</p>
        <PaginaTitel titel={`${t.dossier.soort} ${dossier.referte}`} />
        <Feiten
          feiten={[
            [f.pand, <OnderwerpLink onderwerp={dossier.onderwerp} />],
            [f.status, <Status>{dossier.status}</Status>],
            [f.gestart, datum(dossier.gestartOp)],
            [f.organisatie, dossier.organisatieNaam],
          ]}
        />
        {dossier.info && dossier.info !== dossier.soortNaam && <p className="objectkop__info">{dossier.info}</p>}
      </div>
      <Handelingen subject={dossier.id} />
    </header>
  );
}

function Inhoud({ dossier, ververs }: { dossier: Dossier; ververs: () => void }) {
  const { leeg } = t.dossier;
  const open = dossier.taken.filter((taak) => !taak.geslotenOp);
  const gesloten = dossier.taken.filter((taak) => taak.geslotenOp);
  return (
    <div className="kolommen__breed">
      <Sectie titel={t.dossier.taken} aantal={open.length} leeg={leeg.taken}>
        <TakenTabel bijschrift={t.dossier.taken} taken={open} op="dossier" />
      </Sectie>
      {dossier.oo && <OoPaneel oo={dossier.oo} ververs={ververs} />}
      <Sectie titel={t.dossier.deelprocedures} aantal={dossier.deelprocedures.length} leeg={leeg.deelprocedures}>
        <Deelprocedures deelprocedures={dossier.deelprocedures} />
      </Sectie>
      <Sectie titel={t.dossier.documenten} aantal={dossier.documenten.length} leeg={leeg.documenten}>
        <DocumentenTabel bijschrift={t.dossier.documenten} documenten={dossier.documenten} ververs={ververs} />
      </Sectie>
      {gesloten.length > 0 && (
        <Sectie titel={t.dossier.geslotenTaken} aantal={gesloten.length}>
          <TakenTabel bijschrift={t.dossier.geslotenTaken} taken={gesloten} op="dossierGesloten" />
        </Sectie>
      )}
    </div>
  );
}
