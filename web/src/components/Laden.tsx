import { t } from '../messages.nl';

/** Shown while a page is being fetched; appears after a moment (CSS), so that quick answers do not flicker. */
export function Laden() {
  return (
    <p className="laden" role="status">
      {t.app.laden}
    </p>
  );
}
