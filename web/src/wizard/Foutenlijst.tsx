import { useEffect, useRef } from 'react';
import { Bericht } from '../components/Bericht';
import { t } from '../messages.nl';
import { Kenmerk } from './meldingen';
import { type Formulier, isFout, itemVan, type Melding, type Plaats, type Stap, veldId } from './model';

interface Props {
  formulier: Formulier;
  stap: Stap | undefined;
  /** The outcome of one check by the server; a new array is a new check, and takes the focus again. */
  meldingen: readonly Melding[];
  gaNaar: (plaats: Plaats) => void;
}

/** Everything that must be corrected, at the top, with the focus on it; each line leads to its field. */
export function Foutenlijst({ formulier, stap, meldingen, gaNaar }: Props) {
  const vak = useRef<HTMLDivElement>(null);
  useEffect(() => vak.current?.focus(), [meldingen]);
  const fouten = meldingen.filter(isFout);
  if (!fouten.length) return null;
  return (
    <Bericht soort="fout" titel={t.wizard.fouten(fouten.length)} rol="alert" ref={vak}>
      <p>{t.wizard.foutenUitleg}</p>
      <ul>
        {fouten.map((melding, index) => (
          <li key={index}>
            <Kenmerk melding={melding} />
            <Fout melding={melding} formulier={formulier} stap={stap} gaNaar={gaNaar} />
          </li>
        ))}
      </ul>
    </Bericht>
  );
}

function Fout({ melding, formulier, stap, gaNaar }: Omit<Props, 'meldingen'> & { melding: Melding }) {
  const doel = formulier.stappen.find((s) => s.sleutel === melding.stap);
  if (!doel) return melding.tekst;
  const veld = doel.velden.find((v) => v.naam === melding.veld) ?? doel.velden[0];
  if (!veld) return melding.tekst;
  const plaats: Plaats = { stap: doel.sleutel, item: itemVan(doel, melding)?.sleutel, veld: veld.naam };
  return (
    <>
      <a
        href={`#${veldId(plaats)}`}
        onClick={(event) => {
          event.preventDefault();
          gaNaar(plaats);
        }}
      >
        {melding.tekst}
      </a>
      {doel !== stap && ` (${t.wizard.anderStap(doel.titel)})`}
    </>
  );
}
