import { t } from '../messages.nl';

/** The statuses of the procedure in their order, and which one it is in; a status beside that order shows none. */
export function Verloop({ stappen, status }: { stappen: readonly string[]; status: string }) {
  const nu = stappen.indexOf(status);
  return (
    <ol className="verloop" aria-label={t.wi.zaak.verloop}>
      {stappen.map((stap, plaats) => (
        <li key={stap} aria-current={plaats === nu ? 'step' : undefined} data-voorbij={plaats < nu || undefined}>
          {stap}
        </li>
      ))}
    </ol>
  );
}
