/** Small line icons; decoration only, so hidden from screen readers. */

const PADEN = {
  zoek: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm4.8 11.3L20 20',
  pijlOmlaag: 'M6 9l6 6 6-6',
  persoon: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4.4 3.6-7 8-7s8 2.6 8 7',
  document: 'M6 3h8l5 5v13H6zM14 3v5h5',
  fout: 'M12 3 2 20h20zM12 10v5M12 17.5v.5',
  ok: 'M5 12.5 10 17.5 19 7.5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm0 8v6M12 7.5v.5',
  kruis: 'M6 6l12 12M18 6 6 18',
  kalender: 'M4 6h16v15H4zM4 10h16M8 3v4M16 3v4',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  druk: 'M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z',
  links: 'M15 5l-7 7 7 7',
  slot: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  rechts: 'M9 5l7 7-7 7',
} as const;

export type IcoonNaam = keyof typeof PADEN;

export function Icoon({ naam }: { naam: IcoonNaam }) {
  return (
    <svg className="icoon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PADEN[naam]} />
    </svg>
  );
}
