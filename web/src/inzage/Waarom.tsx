import { useState } from 'react';
import { useQuery } from 'urql';
import { WAAROM } from '../api/inzage';
import { Bericht } from '../components/Bericht';
import { Dialoog } from '../components/Dialoog';
import { Icoon } from '../components/Icoon';
import { Laden } from '../components/Laden';
import type { WaaromQuery } from '../gql/graphql';
import { hoofdletter } from '../lib/format';
import { t } from '../messages.nl';

type Woorden = typeof t.waarom.zien | typeof t.waarom.doen;
type Uitleg = WaaromQuery['waarom'];

interface Props {
  subject: string;
  /** Key of an action: why the user may (not) do it. Without it: why the user sees the subject. */
  handeling?: string;
  /** The question on the button. */
  vraag: string;
  /** What the question is about, where the page itself does not make that clear. */
  over?: string;
}

/** A small button that answers why, in the words of the rules. */
export function Waarom(props: Props) {
  const { vraag, over } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="knop--kaal waaromknop" onClick={() => setOpen(true)}>
        <Icoon naam="info" /> {vraag}
        {over && <span className="onzichtbaar"> {over}</span>}
      </button>
      {open && <Antwoord {...props} sluit={() => setOpen(false)} />}
    </>
  );
}

function Antwoord({ subject, handeling, vraag, over, sluit }: Props & { sluit: () => void }) {
  const [{ data, error }] = useQuery({
    query: WAAROM,
    variables: { subject, handeling: handeling ?? null },
    requestPolicy: 'network-only',
  });
  return (
    <Dialoog titel={vraag} sluit={sluit}>
      {over && <p>{over}</p>}
      {!data && !error && <Laden />}
      {error && !data && <p role="alert">{t.fout.algemeen}</p>}
      {data && <Inhoud uitleg={data.waarom} woorden={handeling ? t.waarom.doen : t.waarom.zien} />}
      <p className="dialoog__knoppen">
        <button type="button" className="knop" onClick={sluit}>
          {t.app.sluiten}
        </button>
      </p>
    </Dialoog>
  );
}

function Inhoud({ uitleg, woorden }: { uitleg: Uitleg; woorden: Woorden }) {
  const { toegestaan, reden, regels } = uitleg;
  return (
    <>
      <Bericht soort={toegestaan ? 'succes' : 'info'} titel={toegestaan ? woorden.ja : woorden.nee}>
        {reden && <p>{reden}</p>}
      </Bericht>
      {regels.length > 0 && (
        <>
          <h3 className="waarom__kop">{toegestaan ? woorden.door : woorden.wel}</h3>
          <ul className="waarom">
            {regels.map((regel) => (
              <li key={`${regel.rolNaam} ${regel.via ?? ''} ${regel.bereik}`}>
                <strong>{hoofdletter(regel.bereik)}</strong>
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
