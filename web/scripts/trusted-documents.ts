/**
 * The operations of the application as the server may trust them: sha256 → text. In production the client names an
 * operation by its hash, and the server answers no other. The text is the one the client would have sent: with the
 * `__typename` that its cache asks for.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { formatDocument, stringifyDocument } from '@urql/core';
import type { DocumentNode } from 'graphql';
import type { Plugin } from 'vite';

const MANIFEST = 'src/gql/trusted-documents.json';
const teksten = new Map<string, string>();

/** For each operation that types are generated for: keeps its text, and gives the hash for the generated document. */
export function onthoud({ definitions }: DocumentNode): { hash: string } {
  const tekst = stringifyDocument(formatDocument({ kind: 'Document', definitions } as DocumentNode));
  const hash = createHash('sha256').update(tekst).digest('hex');
  teksten.set(hash, tekst);
  return { hash };
}

/** Writes the manifest, in the order of the texts: the same sources give the same file. */
export function schrijf(): void {
  const gesorteerd = [...teksten].sort(([, a], [, b]) => (a < b ? -1 : 1));
  writeFileSync(MANIFEST, `${JSON.stringify(Object.fromEntries(gesorteerd), null, 2)}\n`);
}

/** Puts the manifest beside the built application, where the server looks for it. */
export const trustedDocuments: Plugin = {
  name: 'trusted-documents',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'trusted-documents.json', source: readFileSync(MANIFEST) });
  },
};
