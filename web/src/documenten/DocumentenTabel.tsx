import { useEffect, useRef, useState } from 'react';
import { Icoon } from '../components/Icoon';
import { type Kolom, Tabel } from '../components/Tabel';
import type { DocumentRijFragment } from '../gql/graphql';
import { Handelingen } from '../handelingen/Handelingen';
import { dagVan } from '../lib/format';
import { t } from '../messages.nl';
import { DocumentStatus } from './DocumentStatus';
import { Voorbeeld } from './Voorbeeld';

type Document = DocumentRijFragment;

/** The documents of a property, a procedure or a decision. `ververs` is called when a document may have changed. */
export function DocumentenTabel({
  bijschrift,
  documenten,
  ververs,
}: {
  bijschrift: string;
  documenten: readonly Document[];
  ververs: () => void;
}) {
  const [bekeken, setBekeken] = useState<Document | null>(null);
  useVerversTotKlaar(documenten, ververs);
  const kolommen: Kolom<Document>[] = [
    { naam: t.kolom.document, cel: (document) => <Naam document={document} />, kop: true },
    { naam: t.kolom.status, cel: (document) => <DocumentStatus document={document} /> },
    { naam: t.kolom.organisatie, cel: (document) => document.organisatieNaam },
    { naam: t.kolom.aangemaakt, cel: (document) => dagVan(document.aangemaaktOp), klasse: 'eenregel' },
    {
      naam: t.kolom.handelingen,
      cel: (document) => <Knoppen document={document} bekijk={setBekeken} />,
      klasse: 'knoppencel',
    },
  ];

  function sluit(): void {
    setBekeken(null);
    ververs();
  }

  return (
    <>
      <Tabel bijschrift={bijschrift} kolommen={kolommen} rijen={documenten} sleutel={(document) => document.id} />
      {bekeken && <Voorbeeld document={bekeken} sluit={sluit} />}
    </>
  );
}

const ELKE_MS = 4000;
const HOOGSTENS = 30;

/** Looks again while a document is still being made, for two minutes at most. */
function useVerversTotKlaar(documenten: readonly Document[], ververs: () => void): void {
  const keren = useRef(0);
  const wacht = documenten.some((document) => !document.beschikbaar);
  useEffect(() => {
    if (!wacht) return;
    const klok = setInterval(() => {
      keren.current += 1;
      if (keren.current > HOOGSTENS) clearInterval(klok);
      else ververs();
    }, ELKE_MS);
    return () => clearInterval(klok);
  }, [wacht, ververs]);
}

function Naam({ document }: { document: Document }) {
  return (
    <>
      <span className="documentnaam">{document.titel}</span>
      <small>
        <span className="code">{document.referte}</span> · {document.soort}
      </small>
    </>
  );
}

function Knoppen({ document, bekijk }: { document: Document; bekijk: (document: Document) => void }) {
  return (
    <span className="rijknoppen">
      <button
        type="button"
        className="knop knop--klein knop--omlijnd"
        aria-label={t.document.bekijkVoor(document.titel)}
        onClick={() => bekijk(document)}
      >
        {t.document.bekijk}
      </button>
      {document.beschikbaar && (
        <a
          className="knop knop--klein knop--icoon"
          href={`${document.url}?download=1`}
          download
          aria-label={t.document.downloadVoor(document.titel)}
        >
          <Icoon naam="download" />
        </a>
      )}
      <Handelingen subject={document.id} van={document.titel} />
    </span>
  );
}
