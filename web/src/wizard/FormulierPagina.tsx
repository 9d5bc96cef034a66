import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { HANDELINGEN } from '../api/handeling';
import { Bericht } from '../components/Bericht';
import { PaginaTitel } from '../components/PaginaTitel';
import { t } from '../messages.nl';
import { BevestigDialoog, ConflictDialoog, ZekerDialoog } from './dialogen';
import { Foutenlijst } from './Foutenlijst';
import { Hersteld, LetOp } from './meldingen';
import type { Formulier, Plaats } from './model';
import { StapInhoud } from './StapInhoud';
import { Stappen } from './Stappen';
import { useFocusVeld } from './useFocusVeld';
import type { Wizard } from './useWizard';

interface Props {
  formulier: Formulier;
  wizard: Wizard;
  annuleer: () => void;
}

/** One form with its steps, messages and questions. */
export function FormulierPagina({ formulier, wizard, annuleer }: Props) {
  const [zeker, setZeker] = useState(false);
  const { item, kiesItem, gaNaar } = usePlaats(formulier, wizard);
  const gevaarlijk = useGevaarlijk(formulier);
  const stap = formulier.stappen[wizard.stap];

  function verder(event: FormEvent): void {
    event.preventDefault();
    if (wizard.stap < formulier.stappen.length - 1) void wizard.volgende();
    else if (gevaarlijk) setZeker(true);
    else void wizard.uitvoeren(false);
  }

  return (
    <div className="wizard">
      <Kop formulier={formulier} wizard={wizard} />
      <Foutenlijst formulier={formulier} stap={stap} meldingen={wizard.meldingen} gaNaar={gaNaar} />
      <LetOp meldingen={wizard.meldingen} />
      <form noValidate onSubmit={verder}>
        {stap ? (
          <StapInhoud
            key={stap.sleutel}
            formulier={formulier}
            stap={stap}
            wizard={wizard}
            item={item}
            kiesItem={kiesItem}
          />
        ) : (
          <p>{t.wizard.geenStappen}</p>
        )}
        {wizard.stap >= formulier.stappen.length - 1 && <ZichtNadien wie={formulier.zichtNadien} />}
        <Knoppen formulier={formulier} wizard={wizard} annuleer={annuleer} />
      </form>
      {zeker && (
        <ZekerDialoog
          titel={formulier.titel}
          knop={formulier.knop}
          ja={() => {
            setZeker(false);
            void wizard.uitvoeren(false);
          }}
          nee={() => setZeker(false)}
        />
      )}
      <BevestigDialoog wizard={wizard} />
      <ConflictDialoog wizard={wizard} />
    </div>
  );
}

/** Which item of a repeated step is on the screen, and the way to any field. */
function usePlaats(formulier: Formulier, wizard: Wizard) {
  const [gekozen, setGekozen] = useState({ stap: 0, index: 0 });
  const focusVeld = useFocusVeld();

  function gaNaar(plaats: Plaats): void {
    const stap = formulier.stappen.findIndex((s) => s.sleutel === plaats.stap);
    const items = formulier.stappen[stap]?.items ?? [];
    if (stap < 0) return;
    wizard.naarStap(stap);
    setGekozen({
      stap,
      index: Math.max(
        items.findIndex((i) => i.sleutel === plaats.item),
        0,
      ),
    });
    focusVeld(plaats);
  }

  return {
    item: gekozen.stap === wizard.stap ? gekozen.index : 0,
    kiesItem: (index: number) => setGekozen({ stap: wizard.stap, index }),
    gaNaar,
  };
}

/** Whether the user must confirm first (for instance for deleting). */
function useGevaarlijk({ handeling, subjectId }: Formulier): boolean {
  const variables = { subject: subjectId };
  const [{ data }] = useQuery({ query: HANDELINGEN, variables, requestPolicy: 'cache-first' });
  return data?.handelingen.find(({ sleutel }) => sleutel === handeling)?.gevaarlijk ?? false;
}

function Kop({ formulier, wizard }: { formulier: Formulier; wizard: Wizard }) {
  return (
    <>
      <p className="objectkop__soort">
        {formulier.subjectTitel && formulier.subjectReferte ? `${formulier.subjectTitel} · ` : formulier.subjectTitel}
        <span className="code">{formulier.subjectReferte}</span>
      </p>
      <PaginaTitel titel={formulier.titel} />
      {formulier.uitleg && <p className="uitleg">{formulier.uitleg}</p>}
      {wizard.hersteld && <Hersteld opnieuw={wizard.opnieuwBeginnen} />}
      <Stappen stappen={formulier.stappen} nummer={wizard.stap} />
      {wizard.fout && (
        <Bericht soort="fout" rol="alert">
          <p>{wizard.fout}</p>
        </Bericht>
      )}
    </>
  );
}

/** Who sees it from then on, before the user does what cannot be taken back. */
function ZichtNadien({ wie }: { wie: readonly string[] }) {
  if (wie.length === 0) return null;
  return (
    <Bericht soort="info" titel={t.wizard.zichtNadien}>
      <ul>
        {wie.map((regel) => (
          <li key={regel}>{regel}</li>
        ))}
      </ul>
    </Bericht>
  );
}

function Knoppen({ formulier, wizard, annuleer }: Props) {
  const laatste = wizard.stap >= formulier.stappen.length - 1;
  const verder = laatste ? formulier.knop : t.wizard.volgende;
  return (
    <div className="knoppen wizard__knoppen">
      {wizard.stap > 0 && (
        <button type="button" className="knop" disabled={wizard.bezig} onClick={wizard.vorige}>
          {t.wizard.vorige}
        </button>
      )}
      <button type="submit" className="knop knop--hoofd" aria-disabled={wizard.bezig}>
        {wizard.bezig ? t.wizard.bezig : verder}
      </button>
      <button type="button" className="knop knop--link" onClick={annuleer}>
        {t.app.annuleren}
      </button>
    </div>
  );
}
