import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { DOCUMENT } from '../api/queries';
import type { DocumentRijFragment } from '../gql/graphql';

const ELKE_MS = 1500;
const LANG_MS = 30_000;

/** The document as it is now: asked again while it is being made. `duurtLang` after half a minute. */
export function useDocument(begin: DocumentRijFragment): { document: DocumentRijFragment; duurtLang: boolean } {
  const [{ data }, vraag] = useQuery({ query: DOCUMENT, variables: { id: begin.id }, pause: begin.beschikbaar });
  const [duurtLang, setDuurtLang] = useState(false);
  const document = data?.node?.__typename === 'Document' ? data.node : begin;
  const klaar = document.beschikbaar;

  useEffect(() => {
    if (klaar) return;
    const herhaling = setInterval(() => vraag({ requestPolicy: 'network-only' }), ELKE_MS);
    const lang = setTimeout(() => setDuurtLang(true), LANG_MS);
    return () => {
      clearInterval(herhaling);
      clearTimeout(lang);
    };
  }, [klaar, vraag]);

  return { document, duurtLang };
}
