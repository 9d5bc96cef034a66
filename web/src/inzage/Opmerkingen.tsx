import { Sectie } from '../components/Sectie';
import type { OpmerkingRijFragment } from '../gql/graphql';
import { Handelingen } from '../handelingen/Handelingen';
import { tijdstip } from '../lib/format';
import { t } from '../messages.nl';

/** Remarks about a dossier or property; each says who reads it. They are written from the menu of the page. */
export function Opmerkingen({ opmerkingen }: { opmerkingen: readonly OpmerkingRijFragment[] }) {
  return (
    <Sectie titel={t.opmerkingen.titel} aantal={opmerkingen.length} leeg={t.opmerkingen.leeg}>
      <ul className="opmerkingen">
        {opmerkingen.map((opmerking) => (
          <li key={opmerking.id}>
            <p className="opmerkingen__tekst">{opmerking.tekst}</p>
            <div className="opmerkingen__voet">
              <span>
                {opmerking.auteur}, {opmerking.organisatieNaam}, {tijdstip(opmerking.geschrevenOp)}
              </span>
              <span className="status status--gewoon">{opmerking.zichtbaarheid}</span>
              {opmerking.eigen && opmerking.gelezenDoorAndere && <span>{t.opmerkingen.gelezen}</span>}
              {opmerking.eigen && <Handelingen subject={opmerking.id} van={t.opmerkingen.deze} />}
            </div>
          </li>
        ))}
      </ul>
    </Sectie>
  );
}
