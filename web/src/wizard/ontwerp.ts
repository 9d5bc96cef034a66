import type { Invoer } from './model';

/** Drafts live in the tab (sessionStorage): they survive a reload and signing in again, not closing the window. */

const VOORVOEGSEL = 'vlok.ontwerp.';

export interface Ontwerp {
  invoer: Invoer;
  stap: number;
  /** The answers in the shape of the API, to ask for the form as it was. */
  json: unknown;
}

/** A draft belongs to one person in one organisation, on one side, for one action on one subject. */
export function ontwerpSleutel(...delen: readonly string[]): string {
  return VOORVOEGSEL + delen.map(encodeURIComponent).join('.');
}

export function lees(sleutel: string): Ontwerp | null {
  try {
    const tekst = sessionStorage.getItem(sleutel);
    return tekst ? (JSON.parse(tekst) as Ontwerp) : null;
  } catch {
    return null; // storage refused by the browser, or a draft of an older version: start afresh
  }
}

export function bewaar(sleutel: string, ontwerp: Ontwerp): void {
  try {
    sessionStorage.setItem(sleutel, JSON.stringify(ontwerp));
  } catch {
    // Full or refused storage must not stop the user; only the draft is lost.
  }
}

export function wis(sleutel: string): void {
  sessionStorage.removeItem(sleutel);
}

/** At sign-out and at a switch of organisation nothing of the user may stay behind in the tab. */
export function wisAlles(): void {
  sessionStorage.clear();
}
