import { useQuery } from 'urql';
import { INZAGEREDENEN } from '../api/inzage';
import { t } from '../messages.nl';

export interface Verantwoording {
  reden: string;
  toelichting: string;
}

export const GEEN_REDEN: Verantwoording = { reden: '', toelichting: '' };
const KORTSTE = 10;

export const isVerantwoord = ({ reden, toelichting }: Verantwoording) =>
  reden !== '' && toelichting.trim().length >= KORTSTE;

/** Why somebody looks at a person: a reason from the list and a sentence. Both end up in the audit trail. */
export function Reden({ waarde, wijzig }: { waarde: Verantwoording; wijzig: (nieuw: Verantwoording) => void }) {
  const [{ data }] = useQuery({ query: INZAGEREDENEN });
  return (
    <>
      <div className="veld">
        <label className="veld__label" htmlFor="reden">
          {t.personen.reden}
        </label>
        <select id="reden" required value={waarde.reden} onChange={(e) => wijzig({ ...waarde, reden: e.target.value })}>
          <option value="">{t.personen.kies}</option>
          {data?.inzageredenen.map((reden) => (
            <option key={reden.code} value={reden.code}>
              {reden.naam}
            </option>
          ))}
        </select>
      </div>
      <div className="veld">
        <label className="veld__label" htmlFor="toelichting">
          {t.personen.toelichting}
        </label>
        <textarea
          id="toelichting"
          required
          rows={2}
          minLength={KORTSTE}
          aria-describedby="toelichting-hulp"
          value={waarde.toelichting}
          onChange={(e) => wijzig({ ...waarde, toelichting: e.target.value })}
        />
        <small className="veld__hulp" id="toelichting-hulp">
          {t.personen.toelichtingHulp}
        </small>
      </div>
    </>
  );
}
