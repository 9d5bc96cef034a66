import type { DossierQuery } from '../gql/graphql';

export type Dossier = NonNullable<DossierQuery['dossier']>;
export type OoProcedure = NonNullable<Dossier['oo']>;
export type Beslissing = OoProcedure['beslissingen'][number];
