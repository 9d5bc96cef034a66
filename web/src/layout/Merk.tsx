import { t } from '../messages.nl';

/** Whose application this is and what it is called. */
export function Merk() {
  return (
    <>
      <span className="merk__overheid">{t.app.overheid}</span>
      <span className="merk__naam">
        <strong>{t.app.kort}</strong>
        <span className="merk__lang"> – {t.app.naam}</span>
      </span>
    </>
  );
}
