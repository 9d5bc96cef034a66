import { Dialoog } from '../components/Dialoog';
import { tijdstip } from '../lib/format';
import { t } from '../messages.nl';
import { Waarschuwingen } from './meldingen';
import type { Wizard } from './useWizard';

/** The rules that may be set aside by who knows what he does. */
export function BevestigDialoog({ wizard }: { wizard: Wizard }) {
  const { bevestigen, bezig } = wizard;
  if (!bevestigen) return null;
  return (
    <Dialoog titel={t.wizard.bevestig.titel} dringend sluit={wizard.sluitDialoog}>
      <p>{t.wizard.bevestig.uitleg}</p>
      <Waarschuwingen meldingen={bevestigen} />
      <div className="knoppen">
        <button type="button" className="knop" disabled={bezig} onClick={wizard.sluitDialoog}>
          {t.wizard.bevestig.nee}
        </button>
        <button
          type="button"
          className="knop knop--hoofd"
          aria-disabled={bezig}
          onClick={() => void wizard.uitvoeren(true)}
        >
          {bezig ? t.wizard.bezig : t.wizard.bevestig.ja}
        </button>
      </div>
    </Dialoog>
  );
}

/** The extra question before something that cannot be undone. */
export function ZekerDialoog({
  titel,
  knop,
  ja,
  nee,
}: {
  titel: string;
  knop: string;
  ja: () => void;
  nee: () => void;
}) {
  return (
    <Dialoog titel={t.wizard.gevaarlijk.titel} dringend sluit={nee}>
      <p>{t.wizard.gevaarlijk.uitleg(titel)}</p>
      <div className="knoppen">
        <button type="button" className="knop" onClick={nee}>
          {t.wizard.bevestig.nee}
        </button>
        <button type="button" className="knop knop--gevaar" onClick={ja}>
          {knop}
        </button>
      </div>
    </Dialoog>
  );
}

/** Somebody else changed the subject meanwhile; nothing of the user's input is lost. */
export function ConflictDialoog({ wizard }: { wizard: Wizard }) {
  const { conflict, bezig } = wizard;
  const c = t.wizard.conflict;
  if (!conflict) return null;
  return (
    <Dialoog titel={c.titel} dringend sluit={wizard.sluitDialoog}>
      <p>
        {c.uitleg} {conflict.gewijzigdDoor && c.door(conflict.gewijzigdDoor, tijdstip(conflict.gewijzigdOp))}
      </p>
      <p>{c.behouden}</p>
      <div className="knoppen">
        <button type="button" className="knop" onClick={wizard.sluitDialoog}>
          {c.wachten}
        </button>
        <button type="button" className="knop knop--hoofd" aria-disabled={bezig} onClick={() => void wizard.herlaad()}>
          {bezig ? t.wizard.bezig : c.herladen}
        </button>
      </div>
    </Dialoog>
  );
}
