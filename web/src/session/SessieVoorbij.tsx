import { Dialoog } from '../components/Dialoog';
import { padNaarAanmelden } from '../lib/format';
import { t } from '../messages.nl';

/** The session ended while the user was at work: sign in again and come back to the same page, drafts and all. */
export function SessieVoorbij() {
  const { pathname, search } = window.location;
  return (
    <Dialoog titel={t.fout.sessie.titel} dringend>
      <p>{t.fout.sessie.uitleg}</p>
      <div className="knoppen">
        <a className="knop knop--hoofd" href={padNaarAanmelden(pathname + search)}>
          {t.fout.sessie.knop}
        </a>
      </div>
    </Dialoog>
  );
}
