import type { FormulierQuery, VoerHandelingUitMutation } from '../gql/graphql';

/** The rules of the generic wizard, without any rendering: which fields show, which values count, what is sent. */

export type Formulier = NonNullable<FormulierQuery['formulier']>;
export type Stap = Formulier['stappen'][number];
export type Veld = Stap['velden'][number];
export type Item = Stap['items'][number];
export type Melding = VoerHandelingUitMutation['voerHandelingUit']['meldingen'][number];
export type Conflict = NonNullable<VoerHandelingUitMutation['voerHandelingUit']['conflict']>;

export type Waarde = string | number | boolean | string[] | null;
export type Waarden = Record<string, Waarde | undefined>;

/** What the user changed in one step: in its fields, or per item in the fields of that item. */
export interface StapInvoer {
  velden: Waarden;
  items: Record<string, Waarden>;
}

/** What the user changed, per step. Everything else is a default that the server may still renew. */
export type Invoer = Record<string, StapInvoer>;

/** The address of one field: the step, the item when the step is repeated, and the field. */
export interface Plaats {
  stap: string;
  item?: string;
  veld: string;
}

export function zet(invoer: Invoer, plaats: Plaats, waarde: Waarde): Invoer {
  const stap = invoer[plaats.stap] ?? { velden: {}, items: {} };
  const gewijzigd: StapInvoer =
    plaats.item === undefined
      ? { ...stap, velden: { ...stap.velden, [plaats.veld]: waarde } }
      : { ...stap, items: { ...stap.items, [plaats.item]: { ...stap.items[plaats.item], [plaats.veld]: waarde } } };
  return { ...invoer, [plaats.stap]: gewijzigd };
}

function object(waarde: unknown): Record<string, unknown> {
  return waarde !== null && typeof waarde === 'object' && !Array.isArray(waarde)
    ? (waarde as Record<string, unknown>)
    : {};
}

/** The values that the server proposes for a step, or for one item of it. */
function voorstel(formulier: Formulier, stap: Stap, item?: string): Waarden {
  const vanStap = object(object(formulier.waarden)[stap.sleutel]);
  if (item === undefined || !stap.lijst) return vanStap as Waarden;
  const rijen = vanStap[stap.lijst];
  const rij: unknown = Array.isArray(rijen)
    ? rijen.find((r: unknown) => object(r)[stap.itemSleutel ?? 'sleutel'] === item)
    : undefined;
  return object(rij) as Waarden;
}

/** An amount as the server writes it ("62.50") becomes one as people here write it ("62,50"). */
function toonBaar(veld: Veld, waarde: Waarde | undefined): Waarde | undefined {
  const bedrag = veld.soort === 'BEDRAG' && (typeof waarde === 'number' || typeof waarde === 'string');
  return bedrag ? String(waarde).replace('.', ',') : waarde;
}

/** The values to show: what the user filled in, else what the server proposes. */
export function antwoorden(formulier: Formulier, invoer: Invoer, stap: Stap, item?: string): Waarden {
  const eigen = invoer[stap.sleutel];
  const gegeven = (item === undefined ? eigen?.velden : eigen?.items[item]) ?? {};
  const standaard = voorstel(formulier, stap, item);
  return Object.fromEntries(
    stap.velden.map((veld) => [
      veld.naam,
      veld.naam in gegeven ? gegeven[veld.naam] : toonBaar(veld, standaard[veld.naam]),
    ]),
  );
}

/** Whether a field is asked, given the answers to its siblings. A field that hangs on a hidden field is hidden too. */
export function isZichtbaar(veld: Veld, velden: readonly Veld[], waarden: Waarden): boolean {
  if (!veld.toonAls) return true;
  const { veld: naam, waarden: gewenst } = veld.toonAls;
  const ander = velden.find((v) => v.naam === naam);
  if (ander && ander !== veld && !isZichtbaar(ander, velden, waarden)) return false;
  const waarde = waarden[naam] ?? (ander?.soort === 'VINKJE' ? false : undefined);
  const gekozen = Array.isArray(waarde) ? waarde : [String(waarde ?? '')];
  return gekozen.some((w) => gewenst.includes(w));
}

/** An emptied text is an empty text; any other emptied answer is none. */
const LEGE_TEKST = new Set(['TEKST', 'TEKSTVAK']);

/** A value as the server wants it. What is not a number stays text, so that the server can say what is wrong with it. */
export function naarWaarde(veld: Veld, waarde: Waarde | undefined): Waarde | undefined {
  if (veld.soort === 'VINKJE') return waarde === true;
  if (waarde === '') return LEGE_TEKST.has(veld.soort) ? '' : null;
  if (typeof waarde !== 'string') return waarde;
  const tekst = waarde.trim();
  if (veld.soort === 'GETAL') return /^-?\d+$/.test(tekst) ? Number(tekst) : tekst;
  if (veld.soort === 'BEDRAG') return naarBedrag(tekst);
  return waarde;
}

/** "1.250,50" and "1.250" are written with points for the thousands, "62.50" with a decimal point. */
function naarBedrag(tekst: string): string {
  const metDuizendtallen = tekst.includes(',') || /^\d{1,3}([.\s]\d{3})+$/.test(tekst);
  return metDuizendtallen ? tekst.replace(/[.\s]/g, '').replace(',', '.') : tekst;
}

function gevraagd(velden: readonly Veld[], waarden: Waarden): Waarden {
  const zichtbaar = velden.filter((veld) => isZichtbaar(veld, velden, waarden));
  const paren = zichtbaar.map((veld) => [veld.naam, naarWaarde(veld, waarden[veld.naam])] as const);
  return Object.fromEntries(paren.filter(([, waarde]) => waarde !== undefined));
}

function enkelGewijzigd(velden: readonly Veld[], waarden: Waarden): Waarden {
  const eigen = velden.filter((veld) => veld.naam in waarden);
  return Object.fromEntries(eigen.map((veld) => [veld.naam, naarWaarde(veld, waarden[veld.naam])]));
}

function stapNaarJson(formulier: Formulier, invoer: Invoer, stap: Stap): Record<string, unknown> {
  if (!stap.lijst) return gevraagd(stap.velden, antwoorden(formulier, invoer, stap));
  const sleutel = stap.itemSleutel ?? 'sleutel';
  const rijen = stap.items.map((item) => ({
    ...gevraagd(stap.velden, antwoorden(formulier, invoer, stap, item.sleutel)),
    [sleutel]: item.sleutel,
  }));
  return { [stap.lijst]: rijen };
}

function gewijzigdNaarJson(invoer: Invoer, stap: Stap): Record<string, unknown> | null {
  const eigen = invoer[stap.sleutel];
  if (!eigen) return null;
  if (!stap.lijst) return enkelGewijzigd(stap.velden, eigen.velden);
  const sleutel = stap.itemSleutel ?? 'sleutel';
  const rijen = stap.items
    .filter((item) => eigen.items[item.sleutel])
    .map((item) => ({ ...enkelGewijzigd(stap.velden, eigen.items[item.sleutel] ?? {}), [sleutel]: item.sleutel }));
  return rijen.length ? { [stap.lijst]: rijen } : null;
}

/**
 * The answers in the shape of the API. Steps up to and including `tot` go whole, as the user saw them; of later steps
 * only what the user changed goes, so that their defaults keep following from the earlier answers.
 */
export function naarJson(formulier: Formulier, invoer: Invoer, tot: number): Record<string, unknown> {
  const delen = formulier.stappen.map((stap, index) => {
    const deel = index <= tot ? stapNaarJson(formulier, invoer, stap) : gewijzigdNaarJson(invoer, stap);
    return [stap.sleutel, deel] as const;
  });
  return Object.fromEntries(delen.filter(([, deel]) => deel !== null));
}

/** The item that a message is about: it names the reference, which is the key of the item or stands in its title. */
export function itemVan(stap: Stap, melding: Melding): Item | undefined {
  if (!melding.entiteit || !stap.lijst) return undefined;
  const referte = melding.entiteit;
  return stap.items.find((item) => item.sleutel === referte) ?? stap.items.find((item) => item.titel.includes(referte));
}

/** What to show at 'Volgende': messages about this step or about no step in particular. */
export function vanStap(meldingen: readonly Melding[], stap: Stap | undefined): Melding[] {
  return meldingen.filter((melding) => !melding.stap || melding.stap === stap?.sleutel);
}

export const isFout = (melding: Melding) => melding.ernst === 'FOUT';
export const isWaarschuwing = (melding: Melding) => melding.ernst === 'WAARSCHUWING';

/** The errors of one field of a step (and item). */
export function foutenVan(meldingen: readonly Melding[], stap: Stap, veld: string, item?: Item): Melding[] {
  return meldingen.filter(
    (m) =>
      isFout(m) && m.stap === stap.sleutel && m.veld === veld && (!item || itemVan(stap, m)?.sleutel === item.sleutel),
  );
}

/** The number by which a rule is known to its users: "OO-B3", else "nr. 3"; technical codes are not shown. */
export function kenmerk(melding: Melding): { code?: string; nummer?: number } {
  if (/^[A-Z]+-[A-Z]*\d+$/.test(melding.code)) return { code: melding.code };
  return melding.nummer ? { nummer: melding.nummer } : {};
}

/** The id of the box around a field; links in the list of errors lead there. */
export function veldId({ stap, item, veld }: Plaats): string {
  return ['veld', stap, item, veld]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w-]/g, '_');
}
