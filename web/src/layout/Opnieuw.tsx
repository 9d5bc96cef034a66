import type { ComponentType } from 'react';
import { useLocation } from 'react-router';

/** A list is fetched again each time it is asked for, also by who clicks the link of the list on the screen. */
export function Opnieuw({ pagina: Pagina }: { pagina: ComponentType }) {
  const { key } = useLocation();
  return <Pagina key={key} />;
}
