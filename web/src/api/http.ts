import { t } from '../messages.nl';
import { EIGEN_HEADERS } from './client';
import { nietAangemeld } from './status';

/** The few things that are not GraphQL: switch organisation, sign out, upload a file. */

async function post(pad: string, body?: unknown): Promise<Response> {
  const response = await fetch(pad, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { ...EIGEN_HEADERS, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${pad}: ${response.status}`);
  return response;
}

/** Act for another organisation. It is a new session, so the page must be loaded again afterwards. */
export async function kiesOrganisatie(code: string): Promise<void> {
  await post('/organisatie', { code });
}

/** End the session here; the address to go to ends it at the identity provider too. */
export async function meldAf(): Promise<string> {
  const response = await post('/afmelden');
  const { url } = (await response.json()) as { url: string };
  return url;
}

export interface Bestand {
  id: string;
  naam: string;
  grootte: number;
}

interface Weigering {
  code?: string;
  tekst?: string;
}

/**
 * Upload one file to `pad`. `opVoortgang` gets the part done, 0 to 1. Fails with an Error whose message may be shown as it is.
 * (XMLHttpRequest, because fetch cannot tell how far an upload is.)
 */
export function laadOp(pad: string, bestand: File, opVoortgang: (deel: number) => void): Promise<Bestand> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const formulier = new FormData();
    formulier.append('bestand', bestand);
    request.open('POST', pad);
    request.setRequestHeader('X-VLOK', EIGEN_HEADERS['X-VLOK']);
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) opVoortgang(event.loaded / event.total);
    };
    request.onerror = () => reject(new Error(t.wizard.bestand.mislukt));
    request.onload = () => {
      if (request.status === 201) return resolve(request.response as Bestand);
      const weigering = request.response as Weigering | null;
      if (request.status === 401 || weigering?.code === 'NIET_AANGEMELD') nietAangemeld.set(true);
      reject(new Error(weigering?.tekst ?? t.wizard.bestand.mislukt));
    };
    request.send(formulier);
  });
}
