import { Status } from '../components/klein';
import type { DocumentRijFragment } from '../gql/graphql';
import { t } from '../messages.nl';

/** How far a document is, and whether it still carries the watermark. */
export function DocumentStatus({ document }: { document: DocumentRijFragment }) {
  return (
    <>
      <Status>{document.beschikbaar ? document.status : t.document.nietBeschikbaar}</Status>
      {document.afscherming && (
        <span className="status status--slecht" title={document.afscherming.toelichting}>
          {t.document.afgeschermd(document.afscherming.redenNaam)}
        </span>
      )}
      {document.concept && <span className="status status--ontwerp">{t.document.concept}</span>}
    </>
  );
}
