import { useCallback } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { Laden } from '../components/Laden';
import { LIJST_MAX, Tabbladen } from '../components/Tabbladen';
import { Opmerkingen } from '../inzage/Opmerkingen';
import { padVanPand } from '../lib/format';
import { t } from '../messages.nl';
import { FoutPagina } from '../pages/FoutPagina';
import { NietGevonden } from '../pages/NietGevonden';
import { PandKop } from '../pand/PandKop';
import { delenVan } from '../pand/PandTabs';
import { WI_PAND } from './api';
import { MeldingenTabel } from './MeldingenTabel';

/** A property as the judicial side knows it: its dossiers, documents and meldingen; not those of the common side. */
export function WiPandPage() {
  const { referte = '' } = useParams();
  const [{ data, error, fetching }, ververs] = useQuery({ query: WI_PAND, variables: { referte, max: LIJST_MAX } });
  const opnieuw = useCallback(() => ververs({ requestPolicy: 'network-only' }), [ververs]);
  if (!data && fetching) return <Laden />;
  if (error && !data?.pand) return <FoutPagina opnieuw={opnieuw} />;
  const pand = data?.pand;
  if (!pand) return <NietGevonden />;
  const { procedures, entiteiten, documenten, taken, betrokkenen } = delenVan(pand, opnieuw);
  const meldingen = {
    sleutel: 'meldingen',
    naam: t.menu.meldingen,
    aantal: pand.wiMeldingen.length,
    inhoud: <MeldingenTabel meldingen={pand.wiMeldingen} />,
    leeg: t.wi.geenMeldingen,
  };
  return (
    <>
      <PandKop pand={pand}>
        <a href={padVanPand(pand.referte)}>{t.wi.naarPand}</a>
      </PandKop>
      <Tabbladen naam={t.pand.tablijst} bladen={[procedures, meldingen, entiteiten, documenten, taken, betrokkenen]} />
      <Opmerkingen opmerkingen={pand.opmerkingen} />
    </>
  );
}
