import type { Paginas } from '../lib/paginas';
import { t } from '../messages.nl';
import { Laden } from './Laden';

/** Asks for the next page of a list. Nothing when the list is complete. */
export function MeerKnop({ paginas }: { paginas: Pick<Paginas<unknown>, 'isMeer' | 'bezig' | 'toonMeer'> }) {
  if (!paginas.isMeer) return null;
  if (paginas.bezig) return <Laden />;
  return (
    <p className="meer">
      <button type="button" className="knop" onClick={() => void paginas.toonMeer()}>
        {t.lijst.meer}
      </button>
    </p>
  );
}
