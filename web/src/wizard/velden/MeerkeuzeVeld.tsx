import { t } from '../../messages.nl';
import { Details } from '../Details';
import type { VeldProps } from '../VeldInvoer';
import { GroepKader, idsVan } from './Kader';

/** Any number out of several options, with what is known about each. */
export function MeerkeuzeVeld({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  const gekozen = Array.isArray(waarde) ? waarde : [];
  const alle = veld.opties.map((optie) => optie.waarde);
  const alles = alle.length > 0 && alle.every((optie) => gekozen.includes(optie));

  /** Keeps the order of the options, whatever the order of clicking. */
  function wissel(optie: string, aan: boolean): void {
    zet(alle.filter((andere) => (andere === optie ? aan : gekozen.includes(andere))));
  }

  return (
    <GroepKader ids={ids} veld={veld} fouten={fouten}>
      {alle.length === 0 && <p>{t.wizard.geenOpties}</p>}
      {alle.length > 1 && (
        <div className="meerkeuze__alles">
          <label className="vinkje">
            <input
              type="checkbox"
              checked={alles}
              ref={(vinkje) => {
                if (vinkje) vinkje.indeterminate = gekozen.length > 0 && !alles;
              }}
              onChange={(event) => zet(event.target.checked ? alle : [])}
            />
            <span>{t.wizard.allesKiezen}</span>
          </label>
          <span role="status">{t.wizard.gekozen(gekozen.length, alle.length)}</span>
        </div>
      )}
      {veld.opties.map((optie) => (
        <div key={optie.waarde} className="optie optie--kaart">
          <label className="vinkje">
            <input
              type="checkbox"
              checked={gekozen.includes(optie.waarde)}
              aria-describedby={optie.details.length ? `${ids.invoer}-${optie.waarde}` : undefined}
              onChange={(event) => wissel(optie.waarde, event.target.checked)}
            />
            <span>{optie.label}</span>
          </label>
          <Details details={optie.details} id={`${ids.invoer}-${optie.waarde}`} />
        </div>
      ))}
    </GroepKader>
  );
}
