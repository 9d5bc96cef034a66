import { useState } from 'react';
import { Status } from '../components/klein';
import { Voorbeeld } from '../documenten/Voorbeeld';
import type { DocumentRijFragment } from '../gql/graphql';
import { Handelingen } from '../handelingen/Handelingen';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import type { Beslissing } from './soorten';

interface Props {
  beslissingen: readonly Beslissing[];
  ververs: () => void;
}

/** The decisions of the mayor, one card each, with their papers and their own actions. */
export function Beslissingen({ beslissingen, ververs }: Props) {
  const [bekeken, setBekeken] = useState<DocumentRijFragment | null>(null);

  function sluit(): void {
    setBekeken(null);
    ververs();
  }

  return (
    <>
      <ul className="kaarten">
        {beslissingen.map((beslissing) => (
          <Kaart key={beslissing.id} beslissing={beslissing} bekijk={setBekeken} />
        ))}
      </ul>
      {bekeken && <Voorbeeld document={bekeken} sluit={sluit} />}
    </>
  );
}

function Kaart({ beslissing, bekijk }: { beslissing: Beslissing; bekijk: (document: DocumentRijFragment) => void }) {
  return (
    <li className="kaart">
      <div className="kaart__kop">
        <h4>
          {beslissing.entiteit.titel}: {beslissing.soortNaam}
        </h4>
        <Status>{beslissing.status}</Status>
      </div>
      <p className="kaart__feiten">
        <span className="code">{beslissing.referte}</span>
        <span>
          {t.kolom.datum} {datum(beslissing.datum)}
        </span>
        {beslissing.datumBetekening && (
          <span>
            {t.kolom.betekend} {datum(beslissing.datumBetekening)}
          </span>
        )}
      </p>
      <div className="kaart__knoppen">
        {beslissing.documenten.map((document) => (
          <button key={document.id} type="button" className="knop knop--klein" onClick={() => bekijk(document)}>
            {t.document.bekijkVoor(document.titel)}
          </button>
        ))}
        <Handelingen subject={beslissing.id} van={`${t.kolom.beslissing.toLowerCase()} ${beslissing.referte}`} />
      </div>
    </li>
  );
}
