import { useCallback, useEffect, useState } from 'react';
import { type Plaats, veldId } from './model';

const FOCUSBAAR = 'input:not([type=hidden]), select, textarea, [role=spinbutton], button, [tabindex="0"]';

/** Puts the focus in a field, also when it only appears on the screen with the next rendering. */
export function useFocusVeld(): (plaats: Plaats) => void {
  const [doel, setDoel] = useState<{ id: string } | null>(null);
  useEffect(() => {
    if (!doel) return;
    const vak = document.getElementById(doel.id);
    vak?.scrollIntoView({ block: 'center' });
    vak?.querySelector<HTMLElement>(FOCUSBAAR)?.focus();
  }, [doel]);
  return useCallback((plaats: Plaats) => setDoel({ id: veldId(plaats) }), []);
}
