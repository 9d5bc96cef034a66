import type { ReactNode } from 'react';

export interface Kolom<R> {
  naam: string;
  cel: (rij: R) => ReactNode;
  /** The cell that names the row; on a phone it is the title of the card. */
  kop?: boolean;
  /** Extra class on the cells, for instance to keep dates on one line. */
  klasse?: string;
}

interface Props<R> {
  bijschrift: string;
  kolommen: readonly Kolom<R>[];
  rijen: readonly R[];
  sleutel: (rij: R) => string;
}

/**
 * A table that becomes a list of cards on a phone. The roles are written out because changing `display` in CSS takes
 * them away in some browsers.
 */
export function Tabel<R>({ bijschrift, kolommen, rijen, sleutel }: Props<R>) {
  return (
    <table className="tabel" role="table">
      <caption className="onzichtbaar">{bijschrift}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {kolommen.map((kolom) => (
            <th key={kolom.naam} role="columnheader" scope="col" className={kolom.klasse}>
              {kolom.naam}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rijen.map((rij) => (
          <tr key={sleutel(rij)} role="row">
            {kolommen.map((kolom) => (
              <td key={kolom.naam} role="cell" data-kolom={kolom.naam} data-kop={kolom.kop} className={kolom.klasse}>
                <span className="tabel__waarde">{kolom.cel(rij)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
