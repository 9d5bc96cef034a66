import type { CodegenConfig } from '@graphql-codegen/cli';
import { onthoud, schrijf } from './scripts/trusted-documents';

const preset = {
  preset: 'client',
  presetConfig: { fragmentMasking: false, onExecutableDocumentNode: onthoud },
  config: {
    useTypeImports: true,
    strictScalars: true,
    scalars: { Date: 'string', DateTime: 'string', Decimal: 'string', JSON: 'unknown', UUID: 'string' },
  },
} as const;

/** What the pages of both sides ask: it must be a question of both schemas. */
const BEIDE = ['queries', 'handeling', 'inzage', 'register'].map((naam) => `src/api/${naam}.ts`);

/** Types for every operation in src/, made from the schemas that the server publishes; and the list of operations. */
const config: CodegenConfig = {
  errorsOnly: true,
  hooks: { beforeDone: schrijf },
  generates: {
    './src/gql/': {
      schema: '../schema.graphql',
      documents: ['src/**/*.{ts,tsx}', '!src/gql/**', '!src/wi/**'],
      ...preset,
    },
    './src/gql/wi/': {
      schema: '../schema.wi.graphql',
      documents: [...BEIDE, 'src/wi/**/*.{ts,tsx}'],
      ...preset,
    },
  },
};

export default config;
