// package-lock.json must name no host. npm already leaves out the download addresses (.npmrc); this removes the
// remaining addresses: the funding pages and the links in deprecation notes. Integrity hashes stay.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.deprecated;
}
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
