import { describe, expect, it } from 'vitest';
import {
  antwoorden,
  type Formulier,
  foutenVan,
  isZichtbaar,
  itemVan,
  kenmerk,
  type Melding,
  naarJson,
  naarWaarde,
  type Stap,
  type Veld,
  vanStap,
  zet,
} from './model';

const veld = (naam: string, soort: string, rest: Partial<Veld> = {}): Veld => ({
  naam,
  label: naam,
  soort,
  verplicht: false,
  hulp: null,
  minimum: null,
  maximum: null,
  toonAls: null,
  opties: [],
  ...rest,
});

const BESLISSING = veld('beslissing', 'KEUZE');
const SNELHERSTEL = veld('snelherstel', 'VINKJE', { toonAls: { veld: 'beslissing', waarden: ['OG/OB'] } });
const DAGEN = veld('dagen', 'GETAL', { toonAls: { veld: 'snelherstel', waarden: ['true'] } });

const STANDAARD: Stap = {
  sleutel: 'standaard',
  titel: '',
  uitleg: null,
  lijst: null,
  itemSleutel: null,
  items: [],
  velden: [veld('datum', 'DATUM')],
};
const PER_ENTITEIT: Stap = {
  sleutel: 'beslissingen',
  titel: '',
  uitleg: null,
  lijst: 'rijen',
  itemSleutel: 'entiteit',
  items: ['EN26-000001', 'EN26-000002'].map((referte) => ({
    sleutel: referte,
    titel: `bus (${referte})`,
    details: [],
  })),
  velden: [BESLISSING, SNELHERSTEL, DAGEN, veld('datum', 'DATUM'), veld('kosten', 'BEDRAG')],
};

const formulier = (waarden: unknown): Formulier => ({
  handeling: 'oo.beslissing',
  titel: '',
  uitleg: null,
  knop: '',
  zichtNadien: [],
  subjectId: '',
  subjectReferte: '',
  subjectTitel: '',
  versie: 1,
  waarden,
  stappen: [STANDAARD, PER_ENTITEIT],
});

const VOORSTEL = {
  standaard: { datum: '2026-12-01' },
  beslissingen: {
    rijen: [
      { entiteit: 'EN26-000001', datum: '2026-12-01', kosten: '62.50' },
      { entiteit: 'EN26-000002', datum: '2026-12-01' },
    ],
  },
};

const melding = (rest: Partial<Melding>): Melding => ({
  nummer: null,
  code: 'VERPLICHT',
  tekst: '',
  ernst: 'FOUT',
  stap: null,
  veld: null,
  entiteit: null,
  ...rest,
});

describe('the values on the screen', () => {
  it('are those of the server until the user changes them, per item', () => {
    const f = formulier(VOORSTEL);
    const invoer = zet({}, { stap: 'beslissingen', item: 'EN26-000002', veld: 'datum' }, '2027-01-15');
    expect(antwoorden(f, invoer, PER_ENTITEIT, 'EN26-000001').datum).toBe('2026-12-01');
    expect(antwoorden(f, invoer, PER_ENTITEIT, 'EN26-000002').datum).toBe('2027-01-15');
  });

  it('stay empty when the user emptied them', () => {
    const invoer = zet({}, { stap: 'standaard', veld: 'datum' }, null);
    expect(antwoorden(formulier(VOORSTEL), invoer, STANDAARD).datum).toBeNull();
  });

  it('write amounts with a comma', () => {
    expect(antwoorden(formulier(VOORSTEL), {}, PER_ENTITEIT, 'EN26-000001').kosten).toBe('62,50');
  });
});

describe('a field that depends on another', () => {
  const { velden } = PER_ENTITEIT;

  it('shows when the other has one of the values', () => {
    expect(isZichtbaar(SNELHERSTEL, velden, { beslissing: 'OG/OB' })).toBe(true);
    expect(isZichtbaar(SNELHERSTEL, velden, { beslissing: 'OG' })).toBe(false);
    expect(isZichtbaar(DAGEN, velden, { beslissing: 'OG/OB', snelherstel: true })).toBe(true);
  });

  it('hides together with a field that is hidden itself', () => {
    expect(isZichtbaar(DAGEN, velden, { beslissing: 'OG', snelherstel: true })).toBe(false);
  });

  it('treats a box that was never ticked as "false"', () => {
    const als = veld('reden', 'TEKST', { toonAls: { veld: 'snelherstel', waarden: ['false'] } });
    expect(isZichtbaar(als, [...velden, als], { beslissing: 'OG/OB' })).toBe(true);
  });

  it('can depend on one choice among many', () => {
    const keuzes = veld('keuzes', 'MEERKEUZE');
    const als = veld('b', 'TEKST', { toonAls: { veld: 'keuzes', waarden: ['x'] } });
    expect(isZichtbaar(als, [keuzes, als], { keuzes: ['y', 'x'] })).toBe(true);
    expect(isZichtbaar(als, [keuzes, als], { keuzes: ['y'] })).toBe(false);
  });
});

describe('what is sent', () => {
  it.each([
    ['GETAL', '15', 15],
    ['GETAL', 'vijftien', 'vijftien'],
    ['BEDRAG', '1.250,50', '1250.50'],
    ['BEDRAG', '1.250', '1250'],
    ['BEDRAG', '62.50', '62.50'],
    ['TEKST', '', ''],
    ['TEKSTVAK', '', ''],
    ['DATUM', '', null],
    ['KEUZE', '', null],
    ['VINKJE', undefined, false],
    ['DATUM', '2026-12-01', '2026-12-01'],
  ] as const)('%s %s goes as %s', (soort, getypt, verwacht) => {
    expect(naarWaarde(veld('x', soort), getypt)).toBe(verwacht);
  });

  it('is the whole step as the user saw it, without the fields that were not asked', () => {
    const bij = { stap: 'beslissingen', item: 'EN26-000001' };
    const invoer = zet(
      zet(zet({}, { ...bij, veld: 'snelherstel' }, true), { ...bij, veld: 'dagen' }, '10'),
      { ...bij, veld: 'beslissing' },
      'OG',
    );
    expect(naarJson(formulier(VOORSTEL), invoer, 1).beslissingen).toEqual({
      rijen: [
        { entiteit: 'EN26-000001', beslissing: 'OG', datum: '2026-12-01', kosten: '62.50' },
        { entiteit: 'EN26-000002', datum: '2026-12-01' },
      ],
    });
  });

  it('leaves the defaults of later steps to the server', () => {
    const invoer = zet({}, { stap: 'beslissingen', item: 'EN26-000002', veld: 'beslissing' }, 'VOL');
    expect(naarJson(formulier(VOORSTEL), invoer, 0)).toEqual({
      standaard: { datum: '2026-12-01' },
      beslissingen: { rijen: [{ entiteit: 'EN26-000002', beslissing: 'VOL' }] },
    });
  });
});

describe('messages', () => {
  it('show at their own step, or everywhere when they name none', () => {
    const alle = [melding({ stap: 'standaard' }), melding({ stap: 'beslissingen' }), melding({})];
    expect(vanStap(alle, STANDAARD)).toEqual([alle[0], alle[2]]);
  });

  it('find their item by reference, also when the key is another', () => {
    const andere = { ...PER_ENTITEIT, items: [{ sleutel: 'id-1', titel: 'bus 1 (EN26-000001)', details: [] }] };
    expect(itemVan(PER_ENTITEIT, melding({ entiteit: 'EN26-000002' }))?.sleutel).toBe('EN26-000002');
    expect(itemVan(andere, melding({ entiteit: 'EN26-000001' }))?.sleutel).toBe('id-1');
  });

  it('stand at the field of the item they are about; warnings do not', () => {
    const fout = melding({ stap: 'beslissingen', veld: 'datum', entiteit: 'EN26-000001' });
    const [eerste, tweede] = PER_ENTITEIT.items;
    const alle = [fout, { ...fout, ernst: 'WAARSCHUWING' }];
    expect(foutenVan(alle, PER_ENTITEIT, 'datum', eerste)).toEqual([fout]);
    expect(foutenVan(alle, PER_ENTITEIT, 'datum', tweede)).toEqual([]);
  });

  it('show the number of a rule, never a technical code', () => {
    expect(kenmerk(melding({ code: 'OO-B3', nummer: 3 }))).toEqual({ code: 'OO-B3' });
    expect(kenmerk(melding({ code: 'VERPLICHT', nummer: 3 }))).toEqual({ nummer: 3 });
    expect(kenmerk(melding({ code: 'NIET_BESCHIKBAAR' }))).toEqual({});
  });
});
