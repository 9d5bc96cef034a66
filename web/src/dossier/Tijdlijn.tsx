import { tijdstip } from '../lib/format';
import type { Dossier } from './soorten';

/** What happened, in the order of the server (newest first). */
export function Tijdlijn({ gebeurtenissen }: { gebeurtenissen: Dossier['tijdlijn'] }) {
  return (
    <ol className="tijdlijn">
      {gebeurtenissen.map((gebeurtenis) => (
        <li key={gebeurtenis.id}>
          <time dateTime={gebeurtenis.tijdstip}>{tijdstip(gebeurtenis.tijdstip)}</time>
          <strong>{gebeurtenis.titel}</strong>
          {gebeurtenis.samenvatting && <span>{gebeurtenis.samenvatting}</span>}
          <small>
            {gebeurtenis.wie}, {gebeurtenis.organisatieNaam}
          </small>
        </li>
      ))}
    </ol>
  );
}
