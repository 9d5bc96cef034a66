import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { trustedDocuments } from './scripts/trusted-documents';

/** The paths that the server answers itself; in development they go to it (or to `npm run mock`). */
const BEIDE = ['/graphql', '/bestanden', '/documenten', '/logboek.csv'];
const SERVER_PATHS = [...BEIDE, ...BEIDE.map((pad) => `/wi${pad}`), '/aanmelden', '/afmelden', '/organisatie', '/oidc'];
const server = process.env.VLOK_SERVER ?? 'http://localhost:8001';

export default defineConfig({
  plugins: [react(), trustedDocuments, { ...optimizeLocales.vite({ locales: ['nl-NL', 'nl-BE'] }), enforce: 'pre' }],
  build: {
    outDir: '../platform/src/vlok/web/static',
    emptyOutDir: true,
    // The content security policy allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 650,
  },
  server: { proxy: Object.fromEntries(SERVER_PATHS.map((path) => [path, { target: server, changeOrigin: false }])) },
  test: { include: ['src/**/*.test.ts'] },
});
