import { Laden } from '../components/Laden';
import { Feiten, Leeg, Status } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import type { OpdrachtenQuery } from '../gql/wi/graphql';
import { Handelingen } from '../handelingen/Handelingen';
import { datum, padVanPand } from '../lib/format';
import { usePaginas } from '../lib/paginas';
import { t } from '../messages.nl';
import { FoutPagina } from '../pages/FoutPagina';
import { OPDRACHTEN } from './api';

const PER_PAGINA = 25;
const w = t.wi.opdrachten;
type Opdracht = OpdrachtenQuery['opdrachten']['edges'][number]['node'];

/** What the Wooninspectie asked of this woningcontroleur: where, when, and what to look at. */
export function OpdrachtenPage() {
  const lijst = usePaginas(OPDRACHTEN, { first: PER_PAGINA }, (data) => data.opdrachten);
  if (lijst.error) return <FoutPagina opnieuw={() => window.location.reload()} />;
  return (
    <>
      <PaginaTitel titel={w.titel} />
      <p>{w.inleiding}</p>
      {lijst.laden && <Laden />}
      {!lijst.laden && lijst.rijen.length === 0 && <Leeg titel={w.leeg} />}
      <ul className="kaarten">
        {lijst.rijen.map((opdracht) => (
          <Kaart key={opdracht.id} opdracht={opdracht} />
        ))}
      </ul>
      <MeerKnop paginas={lijst} />
    </>
  );
}

function Kaart({ opdracht }: { opdracht: Opdracht }) {
  const { pand, checklist } = opdracht;
  return (
    <li className="kaart">
      <div className="kaart__kop">
        <h2>{pand?.titel}</h2>
        <Status>{opdracht.status}</Status>
      </div>
      <Feiten feiten={[[w.datum, datum(opdracht.datum)]]} />
      <h3 className="waarom__kop">{w.checklist}</h3>
      {checklist.length ? (
        <ul>
          {checklist.map((punt) => (
            <li key={punt}>{punt}</li>
          ))}
        </ul>
      ) : (
        <p>{w.geenChecklist}</p>
      )}
      <div className="kaart__knoppen">
        <Handelingen subject={opdracht.id} van={w.deze(pand?.titel ?? '')} />
        {pand && <a href={padVanPand(pand.referte)}>{t.wi.naarPand}</a>}
      </div>
    </li>
  );
}
