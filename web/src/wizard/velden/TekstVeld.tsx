import type { VeldProps } from '../VeldInvoer';
import { beschrevenDoor, idsVan, Kader } from './Kader';

/** Text on one line or more, a whole number or an amount. */
export function TekstVeld({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  const gemeenschappelijk = {
    id: ids.invoer,
    value: String(waarde ?? ''),
    'aria-required': veld.verplicht || undefined,
    'aria-invalid': fouten.length > 0 || undefined,
    'aria-describedby': beschrevenDoor(ids, veld, fouten),
  };
  const bedrag = veld.soort === 'BEDRAG';
  const getal = veld.soort === 'GETAL' || bedrag;
  return (
    <Kader ids={ids} veld={veld} fouten={fouten}>
      {veld.soort === 'TEKSTVAK' ? (
        <textarea {...gemeenschappelijk} rows={5} onChange={(event) => zet(event.target.value)} />
      ) : (
        <span className={bedrag ? 'bedrag' : undefined}>
          {bedrag && <span aria-hidden="true">€</span>}
          <input
            {...gemeenschappelijk}
            type="text"
            className={getal ? 'kort' : undefined}
            inputMode={bedrag ? 'decimal' : getal ? 'numeric' : undefined}
            autoComplete="off"
            onChange={(event) => zet(event.target.value)}
          />
        </span>
      )}
    </Kader>
  );
}
