import { useEffect, useState } from 'react';
import { type CombinedError, type TypedDocumentNode, useClient, useQuery } from 'urql';

interface Connection<N> {
  totalCount?: number | null;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  edges: { node: N }[];
}

export interface Paginas<N> {
  rijen: N[];
  /** The number of rows as far as known: the total when the server tells it, else what is loaded. */
  aantal: number;
  aantalIsVolledig: boolean;
  isMeer: boolean;
  laden: boolean;
  bezig: boolean;
  error: CombinedError | undefined;
  toonMeer: () => Promise<void>;
}

interface PaginaVariabelen {
  first: number;
  after?: string | null;
}

/** Who comes back to the window after other work sees what changed meanwhile. */
function useTerugInBeeld(ververs: (keuze: { requestPolicy: 'network-only' }) => void): void {
  useEffect(() => {
    const kijk = () => {
      if (document.visibilityState === 'visible') ververs({ requestPolicy: 'network-only' });
    };
    document.addEventListener('visibilitychange', kijk);
    return () => document.removeEventListener('visibilitychange', kijk);
  }, [ververs]);
}

/** A list that grows by cursor. The first page stays current; the pages after it are kept until the variables change. */
export function usePaginas<D, V extends PaginaVariabelen, N>(
  query: TypedDocumentNode<D, V>,
  variables: V,
  kies: (data: D) => Connection<N>,
): Paginas<N> {
  const client = useClient();
  const sleutel = JSON.stringify(variables);
  const [{ data, error, fetching }, ververs] = useQuery({ query, variables });
  useTerugInBeeld(ververs);
  const [verder, setVerder] = useState<{ sleutel: string; paginas: Connection<N>[] }>({ sleutel, paginas: [] });
  const [bezig, setBezig] = useState(false);

  const extra = verder.sleutel === sleutel ? verder.paginas : [];
  const alle = data ? [kies(data), ...extra] : [];
  const rijen = alle.flatMap((pagina) => pagina.edges.map((edge) => edge.node));
  const laatste = alle.at(-1)?.pageInfo;
  const totaal = alle[0]?.totalCount ?? null;

  async function toonMeer(): Promise<void> {
    if (!laatste?.endCursor || bezig) return;
    setBezig(true);
    const volgende = await client.query(query, { ...variables, after: laatste.endCursor }).toPromise();
    setBezig(false);
    const pagina = volgende.data && kies(volgende.data);
    if (pagina) setVerder({ sleutel, paginas: [...extra, pagina] });
  }

  return {
    rijen,
    aantal: totaal ?? rijen.length,
    aantalIsVolledig: totaal !== null || !laatste?.hasNextPage,
    isMeer: laatste?.hasNextPage ?? false,
    laden: fetching && !data,
    bezig,
    error: data ? undefined : error,
    toonMeer,
  };
}
