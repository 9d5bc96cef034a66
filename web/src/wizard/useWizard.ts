import { useCallback, useEffect, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { foutcode } from '../api/client';
import { FORMULIER, VOER_UIT } from '../api/handeling';
import type { VoerHandelingUitMutation } from '../gql/graphql';
import { t } from '../messages.nl';
import {
  type Conflict,
  type Formulier,
  type Invoer,
  isFout,
  isWaarschuwing,
  type Melding,
  naarJson,
  type Plaats,
  vanStap,
  type Waarde,
  zet,
} from './model';
import { bewaar, lees, wis } from './ontwerp';

export type Resultaat = VoerHandelingUitMutation['voerHandelingUit'];

interface Toestand {
  /** undefined while it is being fetched, null when it does not exist (for this user). */
  formulier: Formulier | null | undefined;
  /** The version of the subject that the user started from; a newer one on the server is a conflict. */
  versie: number;
  invoer: Invoer;
  stap: number;
  meldingen: Melding[];
  bezig: boolean;
  fout: string | null;
  bevestigen: Melding[] | null;
  conflict: Conflict | null;
  hersteld: boolean;
}

const BEGIN: Toestand = {
  formulier: undefined,
  versie: 0,
  invoer: {},
  stap: 0,
  meldingen: [],
  bezig: false,
  fout: null,
  bevestigen: null,
  conflict: null,
  hersteld: false,
};

interface Vraag {
  handeling: string;
  subject: string;
  sleutel: string;
}

/** A fresh idempotency key: the same submission sent twice counts once. */
function nieuweSleutel(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function foutTekst(error: CombinedError): string | null {
  if (foutcode(error) === 'NIET_AANGEMELD') return null; // the session dialog says it
  return error.networkError && !error.response ? t.fout.geenVerbinding : t.fout.algemeen;
}

/** Leads one action from the first step to its execution. `klaar` is called once, after success. */
export function useWizard({ handeling, subject, sleutel }: Vraag, klaar: (resultaat: Resultaat) => void) {
  const client = useClient();
  const [toestand, setToestand] = useState<Toestand>(BEGIN);
  const onderweg = useRef(false);
  const inzending = useRef({ inhoud: '', sleutel: '' });
  const wijzig = useCallback((deel: Partial<Toestand>) => setToestand((nu) => ({ ...nu, ...deel })), []);

  const haal = useCallback(
    (json: unknown) =>
      client
        .query(FORMULIER, { handeling, subject, invoer: json ?? null }, { requestPolicy: 'network-only' })
        .toPromise(),
    [client, handeling, subject],
  );

  const begin = useCallback(async () => {
    const ontwerp = lees(sleutel);
    const { data, error } = await haal(ontwerp?.json);
    if (error) return wijzig({ fout: foutTekst(error) });
    const formulier = data?.formulier ?? null;
    const stap = Math.min(ontwerp?.stap ?? 0, Math.max((formulier?.stappen.length ?? 1) - 1, 0));
    setToestand({
      ...BEGIN,
      formulier,
      versie: formulier?.versie ?? 0,
      invoer: ontwerp?.invoer ?? {},
      stap,
      hersteld: ontwerp !== null,
    });
  }, [haal, sleutel, wijzig]);

  useEffect(() => {
    void begin();
  }, [begin]);

  const { formulier, invoer, stap } = toestand;
  useEffect(() => {
    if (formulier && Object.keys(invoer).length)
      bewaar(sleutel, { invoer, stap, json: naarJson(formulier, invoer, stap - 1) });
  }, [sleutel, formulier, invoer, stap]);

  /** Run one conversation with the server; a second click meanwhile does nothing. */
  async function eenKeer(werk: () => Promise<void>): Promise<void> {
    if (onderweg.current) return;
    onderweg.current = true;
    wijzig({ bezig: true, fout: null });
    try {
      await werk();
    } finally {
      onderweg.current = false;
      wijzig({ bezig: false });
    }
  }

  async function stuur(json: unknown, keuze: { dryRun: boolean; bevestigd: boolean }): Promise<Resultaat | null> {
    const inhoud = JSON.stringify([json, keuze]);
    if (inzending.current.inhoud !== inhoud) inzending.current = { inhoud, sleutel: nieuweSleutel() };
    const variables = {
      handeling,
      subject,
      invoer: json,
      versie: toestand.versie,
      sleutel: keuze.dryRun ? null : inzending.current.sleutel,
      ...keuze,
    };
    const { data, error } = await client.mutation(VOER_UIT, variables).toPromise();
    if (error) {
      wijzig({ fout: foutTekst(error) });
      return null; // the key stays: sending the same again is safe
    }
    inzending.current = { inhoud: '', sleutel: '' };
    return data?.voerHandelingUit ?? null;
  }

  const volgende = () =>
    eenKeer(async () => {
      if (!formulier) return;
      const json = naarJson(formulier, invoer, stap);
      const resultaat = await stuur(json, { dryRun: true, bevestigd: false });
      if (!resultaat) return;
      if (resultaat.conflict) return wijzig({ conflict: resultaat.conflict });
      const meldingen = vanStap(resultaat.meldingen, formulier.stappen[stap]);
      if (meldingen.some(isFout)) return wijzig({ meldingen });
      const { data, error } = await haal(json);
      if (error) return wijzig({ fout: foutTekst(error) });
      const nieuw = data?.formulier ?? null;
      const laatste = Math.max((nieuw?.stappen.length ?? 1) - 1, 0);
      wijzig({
        formulier: nieuw,
        stap: Math.min(stap + 1, laatste),
        meldingen: meldingen.filter(isWaarschuwing),
        hersteld: false,
      });
    });

  const uitvoeren = (bevestigd: boolean) =>
    eenKeer(async () => {
      if (!formulier) return;
      const resultaat = await stuur(naarJson(formulier, invoer, formulier.stappen.length), {
        dryRun: false,
        bevestigd,
      });
      if (!resultaat) return wijzig({ bevestigen: null });
      if (resultaat.uitgevoerd) {
        wis(sleutel);
        return klaar(resultaat);
      }
      const fouten = resultaat.meldingen.filter(isFout);
      if (resultaat.conflict) wijzig({ conflict: resultaat.conflict, bevestigen: null });
      else if (!fouten.length && resultaat.bevestigingNodig)
        wijzig({ bevestigen: resultaat.meldingen.filter(isWaarschuwing), meldingen: [] });
      else
        wijzig({
          meldingen: resultaat.meldingen,
          bevestigen: null,
          fout: resultaat.meldingen.length ? null : t.wizard.nietUitgevoerd,
        });
    });

  /** After a conflict: the form as it is now, with what the user filled in. */
  const herlaad = () =>
    eenKeer(async () => {
      const { data, error } = await haal(formulier ? naarJson(formulier, invoer, stap - 1) : null);
      if (error) return wijzig({ fout: foutTekst(error), conflict: null });
      const nieuw = data?.formulier ?? null;
      const laatste = Math.max((nieuw?.stappen.length ?? 1) - 1, 0);
      wijzig({
        formulier: nieuw,
        versie: nieuw?.versie ?? 0,
        stap: Math.min(stap, laatste),
        conflict: null,
        meldingen: [],
      });
    });

  return {
    ...toestand,
    antwoord: (plaats: Plaats, waarde: Waarde) =>
      setToestand((nu) => ({ ...nu, invoer: zet(nu.invoer, plaats, waarde) })),
    naarStap: (nummer: number) => setToestand((nu) => ({ ...nu, stap: nummer, hersteld: false })),
    vorige: () => setToestand((nu) => ({ ...nu, stap: Math.max(nu.stap - 1, 0), meldingen: [], hersteld: false })),
    volgende,
    uitvoeren,
    herlaad,
    sluitDialoog: () => wijzig({ bevestigen: null, conflict: null }),
    opnieuwBeginnen: () => {
      wis(sleutel);
      setToestand(BEGIN);
      void begin();
    },
  };
}

export type Wizard = ReturnType<typeof useWizard>;
