import { Feiten, OnderwerpLink, Status } from '../components/klein';
import { PaginaTitel } from '../components/PaginaTitel';
import { Handelingen } from '../handelingen/Handelingen';
import { Inzage } from '../inzage/Inzage';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import type { DossierKop as Dossier } from './soorten';

const f = t.dossier.feiten;

/** Which procedure this is, where it stands, and what can be done with it. */
export function DossierKop({ dossier }: { dossier: Dossier }) {
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
        <Inzage id={dossier.id} referte={dossier.referte} />
        {dossier.info && dossier.info !== dossier.soortNaam && <p className="objectkop__info">{dossier.info}</p>}
      </div>
      <Handelingen subject={dossier.id} />
    </header>
  );
}
