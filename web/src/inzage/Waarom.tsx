import { useState } from 'react';
import { useQuery } from 'urql';
import { WAAROM } from '../api/inzage';
import { Bericht } from '../components/Bericht';
import { Dialoog } from '../components/Dialoog';
import { Icoon } from '../components/Icoon';
import { Laden } from '../components/Laden';
import type { WaaromQuery } from '../gql/graphql';
import { t } from '../messages.nl';

type Uitleg = WaaromQuery['waarom'];

interface Props {
  subject: string;
  /** Key of an action: why the user may (not) do it. Without it: why the user sees the subject. */
  handeling?: string;
  /** The question on the button. */
  vraag: string;
}

/** A small button that answers why, in the words of the rules. */
export function Waarom({ subject, handeling, vraag }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="knop--kaal waaromknop" onClick={() => setOpen(true)}>
        <Icoon naam="info" /> {vraag}
      </button>
      {open && <Antwoord subject={subject} handeling={handeling} vraag={vraag} sluit={() => setOpen(false)} />}
    </>
  );
}

function Antwoord({ subject, handeling, vraag, sluit }: Props & { sluit: () => void }) {
  const [{ data, error }] = useQuery({
    query: WAAROM,
    variables: { subject, handeling: handeling ?? null },
    requestPolicy: 'network-only',
  });
  return (
    <Dialoog titel={vraag} sluit={sluit}>
      {!data && !error && <Laden />}
      {error && !data && <p role="alert">{t.fout.algemeen}</p>}
      {data && <Inhoud uitleg={data.waarom} />}
      <p className="dialoog__knoppen">
        <button type="button" className="knop" onClick={sluit}>
          {t.app.sluiten}
        </button>
      </p>
    </Dialoog>
  );
}

function Inhoud({ uitleg }: { uitleg: Uitleg }) {
  const { toegestaan, reden, regels } = uitleg;
  return (
    <>
      <Bericht soort={toegestaan ? 'succes' : 'info'} titel={toegestaan ? t.waarom.ja : t.waarom.nee}>
        {reden && <p>{reden}</p>}
      </Bericht>
      {regels.length > 0 && (
        <>
          <h3 className="waarom__kop">{toegestaan ? t.waarom.doorRegels : t.waarom.watWel}</h3>
          <ul className="waarom">
            {regels.map((regel) => (
              <li key={`${regel.rolNaam} ${regel.via ?? ''} ${regel.bereik}`}>
                <strong>{regel.bereik}</strong>
                <span>{regel.via ? t.waarom.rolVia(regel.rolNaam, regel.via) : t.waarom.rol(regel.rolNaam)}</span>
                <small>{t.waarom.bron(regel.bron)}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
