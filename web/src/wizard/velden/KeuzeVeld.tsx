import { t } from '../../messages.nl';
import { Details } from '../Details';
import type { VeldProps } from '../VeldInvoer';
import { beschrevenDoor, GroepKader, idsVan, Kader } from './Kader';

/** Up to this many options are all shown; more go in a list to unfold. */
const MAX_ZICHTBAAR = 7;

/** One out of several options. */
export function KeuzeVeld(props: VeldProps) {
  const metDetails = props.veld.opties.some((optie) => optie.details.length > 0);
  return metDetails || props.veld.opties.length <= MAX_ZICHTBAAR ? <Rondjes {...props} /> : <Uitklaplijst {...props} />;
}

function Rondjes({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  const opties = veld.verplicht
    ? veld.opties
    : [{ waarde: '', label: t.wizard.geenKeuze, details: [] }, ...veld.opties];
  return (
    <GroepKader ids={ids} veld={veld} fouten={fouten}>
      {opties.map((optie) => (
        <div key={optie.waarde} className="optie">
          <label className="vinkje">
            <input
              type="radio"
              name={ids.invoer}
              value={optie.waarde}
              checked={(waarde ?? '') === optie.waarde}
              aria-describedby={optie.details.length ? `${ids.invoer}-${optie.waarde}` : undefined}
              onChange={() => zet(optie.waarde || null)}
            />
            <span>{optie.label}</span>
          </label>
          <Details details={optie.details} id={`${ids.invoer}-${optie.waarde}`} />
        </div>
      ))}
    </GroepKader>
  );
}

function Uitklaplijst({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  return (
    <Kader ids={ids} veld={veld} fouten={fouten}>
      <select
        id={ids.invoer}
        value={String(waarde ?? '')}
        aria-required={veld.verplicht || undefined}
        aria-invalid={fouten.length > 0 || undefined}
        aria-describedby={beschrevenDoor(ids, veld, fouten)}
        onChange={(event) => zet(event.target.value || null)}
      >
        <option value="">{veld.verplicht ? t.wizard.kies : t.wizard.geenKeuze}</option>
        {veld.opties.map((optie) => (
          <option key={optie.waarde} value={optie.waarde}>
            {optie.label}
          </option>
        ))}
      </select>
    </Kader>
  );
}
