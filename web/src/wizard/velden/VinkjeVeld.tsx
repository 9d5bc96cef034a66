import type { VeldProps } from '../VeldInvoer';
import { beschrevenDoor, Fouten, Hulp, idsVan, Ster } from './Kader';

/** Yes or no. */
export function VinkjeVeld({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  return (
    <div className="veld" id={ids.vak} data-fout={fouten.length > 0 || undefined}>
      <label className="vinkje">
        <input
          type="checkbox"
          id={ids.invoer}
          checked={waarde === true}
          aria-invalid={fouten.length > 0 || undefined}
          aria-describedby={beschrevenDoor(ids, veld, fouten)}
          onChange={(event) => zet(event.target.checked)}
        />
        <span>
          {veld.label}
          <Ster veld={veld} />
        </span>
      </label>
      <Hulp ids={ids} veld={veld} />
      <Fouten ids={ids} fouten={fouten} />
    </div>
  );
}
