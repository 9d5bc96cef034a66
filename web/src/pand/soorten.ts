import type { PandQuery } from '../gql/graphql';

export type Pand = NonNullable<PandQuery['pand']>;

/** What is known of a property on both sides of the desk. */
export type PandDelen = Pick<Pand, 'entiteiten' | 'dossiers' | 'documenten' | 'taken' | 'betrokkenen'>;
export type PandKop = Pick<Pand, 'id' | 'referte' | 'titel' | 'postcode' | 'gemeente' | 'actief' | 'capakeys'>;
