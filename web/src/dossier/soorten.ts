import type { DossierQuery } from '../gql/graphql';

export type Dossier = NonNullable<DossierQuery['dossier']>;
export type OoProcedure = NonNullable<Dossier['oo']>;
export type Beslissing = OoProcedure['beslissingen'][number];

/** What a procedure tells at the top of its page, on both sides of the desk. */
export type DossierKop = Pick<
  Dossier,
  'id' | 'referte' | 'soortNaam' | 'status' | 'info' | 'gestartOp' | 'organisatieNaam' | 'onderwerp'
>;
