import { type FormEvent, useState } from 'react';
import { useHref, useParams } from 'react-router';
import { LEESREGISTER } from '../api/inzage';
import { Bericht } from '../components/Bericht';
import { Laden } from '../components/Laden';
import { Leeg } from '../components/klein';
import { MeerKnop } from '../components/MeerKnop';
import { PaginaTitel } from '../components/PaginaTitel';
import { LogTabel } from '../inzage/LogTabel';
import { GEEN_REDEN, isVerantwoord, Reden, type Verantwoording } from '../inzage/Reden';
import { usePaginas } from '../lib/paginas';
import { t } from '../messages.nl';

const PER_PAGINA = 50;

/** Who saw the data of one person: what the data-protection officer hands out when somebody asks. */
export function LeesregisterPage() {
  const { persoon = '' } = useParams();
  const [waarom, setWaarom] = useState(GEEN_REDEN);
  const [gevraagd, setGevraagd] = useState<Verantwoording | null>(null);
  const vraag = (e: FormEvent) => {
    e.preventDefault();
    if (isVerantwoord(waarom)) setGevraagd(waarom);
  };
  return (
    <>
      <PaginaTitel titel={t.leesregister.titel} />
      <p>{t.leesregister.inleiding}</p>
      {gevraagd ? (
        <Regels persoon={persoon} verantwoording={gevraagd} />
      ) : (
        <form className="personenform" onSubmit={vraag}>
          <Reden waarde={waarom} wijzig={setWaarom} />
          <button type="submit" className="knop knop--hoofd" disabled={!isVerantwoord(waarom)}>
            {t.leesregister.toon}
          </button>
        </form>
      )}
    </>
  );
}

function Regels({ persoon, verantwoording }: { persoon: string; verantwoording: Verantwoording }) {
  const lijst = usePaginas(
    LEESREGISTER,
    { persoon, ...verantwoording, first: PER_PAGINA },
    (data) => data.leesregister,
  );
  const over = new URLSearchParams({ lijst: 'leesregister', persoon, ...verantwoording });
  const uitvoer = useHref(`/logboek.csv?${over.toString()}`);
  if (lijst.error) {
    return <Bericht soort="fout" rol="alert" titel={lijst.error.graphQLErrors[0]?.message ?? t.fout.algemeen} />;
  }
  if (lijst.laden) return <Laden />;
  if (lijst.rijen.length === 0) return <Leeg titel={t.leesregister.leeg} />;
  return (
    <>
      <p>
        <a className="knop" href={uitvoer} download>
          {t.logboek.uitvoer}
        </a>
      </p>
      <LogTabel bijschrift={t.leesregister.titel} regels={lijst.rijen} />
      <MeerKnop paginas={lijst} />
    </>
  );
}
