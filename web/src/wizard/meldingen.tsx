import { Bericht } from '../components/Bericht';
import { t } from '../messages.nl';
import { isWaarschuwing, kenmerk, type Melding } from './model';

/** The user finds back what he filled in before. */
export function Hersteld({ opnieuw }: { opnieuw: () => void }) {
  return (
    <Bericht soort="info" rol="status">
      <p>{t.wizard.hersteld}</p>
      <button type="button" className="knop knop--klein" onClick={opnieuw}>
        {t.wizard.opnieuwBeginnen}
      </button>
    </Bericht>
  );
}

/** The number of a rule ("OO-B3") in front of its text. */
export function Kenmerk({ melding }: { melding: Melding }) {
  const { code, nummer } = kenmerk(melding);
  if (!code && !nummer) return null;
  return <span className="kenmerk">{code ?? t.wizard.nummer(nummer ?? 0)}</span>;
}

export function Waarschuwingen({ meldingen }: { meldingen: readonly Melding[] }) {
  return (
    <ul className="waarschuwingen">
      {meldingen.map((melding, index) => (
        <li key={index}>
          <Kenmerk melding={melding} />
          {melding.tekst}
        </li>
      ))}
    </ul>
  );
}

/** Warnings found on the way; they do not stop the user here, the question comes at the end. */
export function LetOp({ meldingen }: { meldingen: readonly Melding[] }) {
  const waarschuwingen = meldingen.filter(isWaarschuwing);
  if (!waarschuwingen.length) return null;
  return (
    <Bericht soort="waarschuwing" titel={t.wizard.aandacht} rol="status">
      <Waarschuwingen meldingen={waarschuwingen} />
      <p>{t.wizard.aandachtUitleg}</p>
    </Bericht>
  );
}
