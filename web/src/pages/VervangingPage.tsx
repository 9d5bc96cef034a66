import { useQuery } from 'urql';
import { VERVANGINGEN } from '../api/vervanging';
import { Laden } from '../components/Laden';
import { Leeg, Status } from '../components/klein';
import { PaginaTitel } from '../components/PaginaTitel';
import { type Kolom, Tabel } from '../components/Tabel';
import type { VervangingenQuery } from '../gql/graphql';
import { Handelingen } from '../handelingen/Handelingen';
import { Knoppen, NietNu } from '../handelingen/Knoppen';
import { dagVan, datum } from '../lib/format';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';
import { FoutPagina } from './FoutPagina';

const LIJST_MAX = 50;
/** The group of actions that set a substitution. */
const GROEP = 'Vervanging';

type Organisatie = Extract<VervangingenQuery['node'], { __typename: 'Organisatie' }>;
type Vervanging = Organisatie['vervangingen'][number];

const k = t.vervanging.kolommen;

const KOLOMMEN: readonly Kolom<Vervanging>[] = [
  { naam: k.afwezige, cel: (v) => v.afwezige, kop: true },
  { naam: k.vervanger, cel: (v) => v.vervanger },
  { naam: k.van, cel: (v) => datum(v.van), klasse: 'eenregel' },
  { naam: k.tot, cel: (v) => datum(v.tot), klasse: 'eenregel' },
  { naam: k.reden, cel: (v) => v.reden },
  { naam: k.stand, cel: (v) => <Stand vervanging={v} /> },
  { naam: k.door, cel: (v) => v.ingesteldDoor },
  {
    naam: t.kolom.handelingen,
    cel: (v) => (v.beeindigdOp ? null : <Handelingen subject={v.id} van={t.vervanging.deze(v.afwezige)} />),
    klasse: 'knoppencel',
  },
];

function Stand({ vervanging }: { vervanging: Vervanging }) {
  const { van, tot, beeindigdOp } = vervanging;
  const vandaag = dagVan(new Date().toISOString()).split('/').reverse().join('-');
  if (beeindigdOp) return t.vervanging.beeindigd(dagVan(beeindigdOp));
  if (vandaag < van) return t.vervanging.gepland;
  return vandaag > tot ? t.vervanging.voorbij : <Status>{t.vervanging.loopt}</Status>;
}

/** Who replaces whom in this organisation, and the way to set it. */
export function VervangingPage() {
  const { organisatie } = useIk();
  const variables = { organisatie: organisatie.globaleId, max: LIJST_MAX };
  const groep = { subject: organisatie.globaleId, groep: GROEP };
  const [{ data, error, fetching }, ververs] = useQuery({ query: VERVANGINGEN, variables });
  if (!data && fetching) return <Laden />;
  if (error && !data) return <FoutPagina opnieuw={() => ververs({ requestPolicy: 'network-only' })} />;
  const rijen = data?.node?.__typename === 'Organisatie' ? data.node.vervangingen : [];
  return (
    <>
      <PaginaTitel titel={t.vervanging.titel} />
      <p>{t.vervanging.inleiding}</p>
      <p className="rijknoppen">
        <Knoppen {...groep} />
      </p>
      <NietNu {...groep} />
      {rijen.length === 0 ? (
        <Leeg titel={t.vervanging.leeg}>
          <p>{t.vervanging.leegUitleg}</p>
        </Leeg>
      ) : (
        <Tabel bijschrift={t.vervanging.titel} kolommen={KOLOMMEN} rijen={rijen} sleutel={(v) => v.id} />
      )}
    </>
  );
}
