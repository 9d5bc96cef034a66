import type { PandQuery } from '../gql/graphql';

export type Pand = NonNullable<PandQuery['pand']>;
