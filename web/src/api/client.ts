import {
  cacheExchange,
  Client,
  type CombinedError,
  fetchExchange,
  makeOperation,
  mapExchange,
  type Operation,
} from 'urql';
import { nietAangemeld, offline } from './status';

/** Asked on every request that is not plain navigation: another site cannot add this header (CSRF). */
export const EIGEN_HEADERS = { 'X-VLOK': '1' };

/** The code that the server gave to the first error, if any. */
export function foutcode(error: CombinedError | undefined): string | undefined {
  const code = error?.graphQLErrors[0]?.extensions.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * In production an operation goes by its hash: the server knows its text since the application was built, and answers
 * no other. In development the text itself goes, because it changes all the time.
 */
function bijNaam(operation: Operation): Operation {
  const { __meta__ } = operation.query as { __meta__?: { hash: string } };
  if (!import.meta.env.PROD || __meta__ === undefined) return operation;
  const extensions = { ...operation.extensions, persistedQuery: { version: 1 as const, sha256Hash: __meta__.hash } };
  return makeOperation(operation.kind, { ...operation, extensions }, operation.context);
}

/**
 * The GraphQL client of one side of the desk, each with a cache of its own. Lists are shown from the cache at once and
 * asked again, so a page is both quick and current. `gesloten` is called when a side that answered before is no longer
 * there: the judicial side does not say whether the session or the admission ended.
 */
export function createClient(pad = '', gesloten?: () => void): Client {
  let open = false;
  return new Client({
    url: `${pad}/graphql`,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { credentials: 'same-origin', headers: EIGEN_HEADERS },
    exchanges: [
      cacheExchange,
      mapExchange({
        onResult({ data, error }) {
          if (open && error?.response && !data && !error.graphQLErrors.length) gesloten?.();
          open ||= Boolean(data);
          offline.set(error?.networkError !== undefined && error.response === undefined);
          if (foutcode(error) === 'NIET_AANGEMELD') nietAangemeld.set(true);
        },
      }),
      mapExchange({ onOperation: bijNaam }),
      fetchExchange,
    ],
  });
}
