import { Link, Navigate, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { DOSSIER_MET_REFERTE, PANDEN } from '../api/queries';
import { Laden } from '../components/Laden';
import { Leeg, Status } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import type { PandenQuery } from '../gql/graphql';
import { Knoppen, useMogelijk } from '../handelingen/Knoppen';
import { isReferte, padVanDossier, padVanPand } from '../lib/format';
import { usePaginas } from '../lib/paginas';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';
import { FoutPagina } from './FoutPagina';

const PER_PAGINA = 25;
/** The group of actions that add properties. */
const REGISTER = 'Register';

type Gevonden = PandenQuery['panden']['edges'][number]['node'];

/** What was found for the words in the address bar (?q=). */
export function ZoekPage() {
  const [parameters] = useSearchParams();
  const q = (parameters.get('q') ?? '').trim();
  return (
    <>
      <PaginaTitel titel={q ? t.zoeken.titel(q) : t.zoeken.titelLeeg} />
      {q ? <Gezocht q={q} /> : <p>{t.zoeken.begin}</p>}
    </>
  );
}

/** Straight to the dossier whose reference this is; else what the register finds, by the reference of a property too. */
function Gezocht({ q }: { q: string }) {
  const pause = !isReferte(q);
  const [{ data, fetching }] = useQuery({ query: DOSSIER_MET_REFERTE, variables: { referte: q.toUpperCase() }, pause });
  if (fetching && !pause) return <Laden />;
  if (data?.dossier) return <Navigate to={padVanDossier(data.dossier.referte)} replace />;
  return <Resultaten q={q} />;
}

function Resultaten({ q }: { q: string }) {
  const lijst = usePaginas(PANDEN, { zoek: q, first: PER_PAGINA }, (data) => data.panden);
  if (lijst.error) return <FoutPagina opnieuw={() => window.location.reload()} />;
  return (
    <>
      <p className="aantal" role="status">
        {lijst.laden ? '' : t.zoeken.aantal(lijst.aantal, !lijst.aantalIsVolledig)}
      </p>
      {lijst.laden && <Laden />}
      {!lijst.laden && lijst.rijen.length === 0 && <NietsGevonden />}
      {lijst.rijen.length > 0 && <NietErbij />}
      <ul className="resultaten">
        {lijst.rijen.map((pand) => (
          <Resultaat key={pand.id} pand={pand} />
        ))}
      </ul>
      <MeerKnop paginas={lijst} />
    </>
  );
}

function Resultaat({ pand }: { pand: Gevonden }) {
  return (
    <li>
      <Link className="resultaat" to={padVanPand(pand.referte)}>
        <span className="resultaat__adres">
          {pand.straat} {pand.huisnummer}
        </span>
        <span>
          {pand.postcode} {pand.gemeente}
        </span>
        <span className="code">{pand.referte}</span>
        {!pand.actief && <Status>{t.zoeken.inactief}</Status>}
      </Link>
    </li>
  );
}

function NietsGevonden() {
  return (
    <Leeg titel={t.zoeken.geen}>
      <ul>
        {t.zoeken.advies.map((raad) => (
          <li key={raad}>{raad}</li>
        ))}
      </ul>
      <Toevoegen />
    </Leeg>
  );
}

/** Beside the results: the way out for who does not see the property there. */
function NietErbij() {
  return useMogelijk(useToevoegen()).length ? (
    <div className="nieterbij">
      <span>{t.zoeken.nietErbij}</span> <Toevoegen />
    </div>
  ) : null;
}

const Toevoegen = () => <Knoppen {...useToevoegen()} />;

/** What the acting organisation may add to the register. */
const useToevoegen = () => ({ subject: useIk().organisatie.globaleId, groep: REGISTER });
