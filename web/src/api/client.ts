import { cacheExchange, Client, type CombinedError, fetchExchange, mapExchange } from 'urql';
import { nietAangemeld, offline } from './status';

/** Asked on every request that is not plain navigation: another site cannot add this header (CSRF). */
export const EIGEN_HEADERS = { 'X-VLOK': '1' };

/** The code that the server gave to the first error, if any. */
export function foutcode(error: CombinedError | undefined): string | undefined {
  const code = error?.graphQLErrors[0]?.extensions.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * The GraphQL client. Lists are shown from the cache at once and asked again, so a page is both quick and current.
 */
export function createClient(): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { credentials: 'same-origin', headers: EIGEN_HEADERS },
    exchanges: [
      cacheExchange,
      mapExchange({
        onResult({ error }) {
          offline.set(error?.networkError !== undefined && error.response === undefined);
          if (foutcode(error) === 'NIET_AANGEMELD') nietAangemeld.set(true);
        },
      }),
      fetchExchange,
    ],
  });
}
