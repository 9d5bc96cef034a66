import { useCallback } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Laden } from '../components/Laden';
import { Sectie } from '../components/Sectie';
import { DocumentenTabel } from '../documenten/DocumentenTabel';
import { DossierKop } from '../dossier/DossierKop';
import { GeslotenTaken, OpenTaken } from '../dossier/Taken';
import { Tijdlijn } from '../dossier/Tijdlijn';
import { Opmerkingen } from '../inzage/Opmerkingen';
import { t } from '../messages.nl';
import { FoutPagina } from '../pages/FoutPagina';
import { NietGevonden } from '../pages/NietGevonden';
import { WI_DOSSIER } from './dossier.api';
import { Verloop } from './Verloop';
import { ZaakPaneel } from './ZaakPaneel';

const LIJST_MAX = 100;

/** One judicial dossier: where it stands, who is in it, what was found, written, asked and decided. */
export function WiDossierPage() {
  const { referte = '' } = useParams();
  const [{ data, error, fetching }, ververs] = useQuery({ query: WI_DOSSIER, variables: { referte, max: LIJST_MAX } });
  const opnieuw = useCallback(() => ververs({ requestPolicy: 'network-only' }), [ververs]);
  if (!data && fetching) return <Laden />;
  if (error && !data?.dossier) return <FoutPagina opnieuw={opnieuw} />;
  const dossier = data?.dossier;
  if (!dossier) return <NietGevonden />;
  const { leeg } = t.dossier;
  return (
    <>
      <DossierKop dossier={dossier} />
      {dossier.wi && <Verloop stappen={dossier.wi.stappen} status={dossier.status} />}
      <div className="kolommen">
        <div className="kolommen__breed">
          <OpenTaken taken={dossier.taken} />
          {dossier.wi && <ZaakPaneel zaak={dossier.wi} />}
          <Sectie titel={t.dossier.documenten} aantal={dossier.documenten.length} leeg={leeg.documenten}>
            <DocumentenTabel bijschrift={t.dossier.documenten} documenten={dossier.documenten} ververs={opnieuw} />
          </Sectie>
          <Opmerkingen opmerkingen={dossier.opmerkingen} />
          <GeslotenTaken taken={dossier.taken} />
        </div>
        <Sectie titel={t.dossier.tijdlijn} aantal={dossier.tijdlijn.length} leeg={leeg.tijdlijn}>
          <Tijdlijn gebeurtenissen={dossier.tijdlijn} />
        </Sectie>
      </div>
    </>
  );
}
