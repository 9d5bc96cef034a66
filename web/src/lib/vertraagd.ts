import { useEffect, useState } from 'react';

/** The value as it was once it stood still for `ms` milliseconds; for searching while somebody types. */
export function useVertraagd<T>(waarde: T, ms = 300): T {
  const [stil, setStil] = useState(waarde);
  useEffect(() => {
    const klok = setTimeout(() => setStil(waarde), ms);
    return () => clearTimeout(klok);
  }, [waarde, ms]);
  return stil;
}
