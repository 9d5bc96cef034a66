import { t } from '../messages.nl';

/** "2026-11-22" → "22/11/2026"; an empty date becomes a dash. */
export function datum(waarde: string | null | undefined): string {
  const [jaar, maand, dag] = (waarde ?? '').slice(0, 10).split('-');
  return jaar && maand && dag ? `${dag}/${maand}/${jaar}` : t.app.leeg;
}

const TIJDSTIP = new Intl.DateTimeFormat('nl-BE', {
  timeZone: 'Europe/Brussels',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** A moment as it is lived in Flanders: "22/11/2026 14:05". */
export function tijdstip(waarde: string | null | undefined): string {
  if (!waarde) return t.app.leeg;
  const delen = Object.fromEntries(TIJDSTIP.formatToParts(new Date(waarde)).map((deel) => [deel.type, deel.value]));
  return `${delen.day}/${delen.month}/${delen.year} ${delen.hour}:${delen.minute}`;
}

/** The day of a moment, in Flanders: "22/11/2026". */
export function dagVan(waarde: string | null | undefined): string {
  return waarde ? tijdstip(waarde).slice(0, 10) : t.app.leeg;
}

/** The catalogue writes names of tasks without a capital. */
export const hoofdletter = (tekst: string) => tekst.charAt(0).toUpperCase() + tekst.slice(1);

/** A path of this application, safe to go back to; anything else becomes the start page. */
export function veiligPad(pad: string | null | undefined): string {
  return pad && /^\/(?![/\\])/.test(pad) ? pad : '/';
}

export const padVanPand = (referte: string) => `/panden/${encodeURIComponent(referte)}`;
/** Whether this is a whole reference, as VLOK gives them out: two letters, the year, a number. */
export const isReferte = (tekst: string) => /^[a-z]{2}\d{2}-\d{6}$/i.test(tekst);
export const padVanDossier = (referte: string) => `/dossiers/${encodeURIComponent(referte)}`;

/** The wizard of one action on one subject; `terug` is where the user came from. */
export function padVanHandeling(sleutel: string, subject: string, terug: string): string {
  return `/handeling/${encodeURIComponent(sleutel)}/${encodeURIComponent(subject)}?terug=${encodeURIComponent(terug)}`;
}

/** The page that signs in and comes back here. */
export const padNaarAanmelden = (terug: string) => `/aanmelden?terug=${encodeURIComponent(veiligPad(terug))}`;
