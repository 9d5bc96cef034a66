import { describe, expect, it } from 'vitest';
import { dagVan, datum, isReferte, padNaarAanmelden, padVanHandeling, tijdstip, veiligPad } from './format';

describe('dates', () => {
  it('are written as dd/mm/jjjj', () => {
    expect(datum('2026-11-02')).toBe('02/11/2026');
    expect(datum(null)).toBe('–');
  });

  it('follow the clock in Flanders, in summer and in winter', () => {
    expect(tijdstip('2026-07-31T22:30:00Z')).toBe('01/08/2026 00:30');
    expect(tijdstip('2026-12-31T22:30:00Z')).toBe('31/12/2026 23:30');
    expect(dagVan('2026-12-31T23:30:00Z')).toBe('01/01/2027');
  });
});

describe('a reference', () => {
  it.each(['OO26-000002', 'pa18-000012'])('%s is a whole one', (tekst) => {
    expect(isReferte(tekst)).toBe(true);
  });

  it.each(['OO26-0000', 'OO26-0000002', 'OO26 000002', 'Kerkstraat 12', 'xOO26-000002', ''])('%s is not', (tekst) => {
    expect(isReferte(tekst)).toBe(false);
  });
});

describe('a path to go back to', () => {
  it.each(['/panden/PA26-000001?tab=taken', '/'])('%s is ours', (pad) => {
    expect(veiligPad(pad)).toBe(pad);
  });

  it.each(['//elders.be', '/\\elders.be', 'https://elders.be', 'javascript:alert(1)', '', null])('%s is not', (pad) => {
    expect(veiligPad(pad)).toBe('/');
  });
});

it('puts ids with special characters safely in a path', () => {
  expect(padVanHandeling('oo.starten', 'RG9z/c2=', '/panden/PA1?tab=taken')).toBe(
    '/handeling/oo.starten/RG9z%2Fc2%3D?terug=%2Fpanden%2FPA1%3Ftab%3Dtaken',
  );
  expect(padNaarAanmelden('//elders.be')).toBe('/aanmelden?terug=%2F');
});
