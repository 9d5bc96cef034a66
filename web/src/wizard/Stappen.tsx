import { t } from '../messages.nl';
import type { Stap } from './model';

/** Where you are: "Stap 2 van 4" and the names of the steps. */
export function Stappen({ stappen, nummer }: { stappen: readonly Stap[]; nummer: number }) {
  if (stappen.length < 2) return null;
  return (
    <nav className="stappen" aria-label={t.wizard.stappen}>
      <p className="stappen__telling" role="status">
        {t.wizard.stap(nummer + 1, stappen.length)}
      </p>
      <ol>
        {stappen.map((stap, index) => (
          <li
            key={stap.sleutel}
            aria-current={index === nummer ? 'step' : undefined}
            data-klaar={index < nummer || undefined}
          >
            {stap.titel}
          </li>
        ))}
      </ol>
    </nav>
  );
}
