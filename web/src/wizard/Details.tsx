import type { Item } from './model';

/** What the server tells beside an item or an option. */
export function Details({ details, id }: { details: Item['details']; id?: string }) {
  if (!details.length) return null;
  return (
    <dl className="details" id={id}>
      {details.map((detail) => (
        <div key={detail.label}>
          <dt>{detail.label}</dt>
          <dd>{detail.waarde}</dd>
        </div>
      ))}
    </dl>
  );
}
