import { Bericht } from '../components/Bericht';
import { t } from '../messages.nl';

/** Something broke, or the server could not be reached. */
export function FoutPagina({ opnieuw }: { opnieuw: () => void }) {
  return (
    <div className="foutpagina">
      <title>{`${t.fout.titel} – ${t.app.kort}`}</title>
      <Bericht soort="fout" titel={t.fout.titel} rol="alert">
        <p>{t.fout.algemeen}</p>
        <button type="button" className="knop" onClick={opnieuw}>
          {t.app.opnieuw}
        </button>
      </Bericht>
    </div>
  );
}
