import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { padVanDossier, padVanPand } from '../lib/format';
import { t } from '../messages.nl';

/** Small pieces that many pages share. */

export function Leeg({ titel, children }: { titel: string; children?: ReactNode }) {
  return (
    <div className="leeg">
      <p className="leeg__titel">{titel}</p>
      {children}
    </div>
  );
}

const GOED = /^(ondertekend|geldig|verstuurd|afgerond|actief|vol\b|voldoet|hersteld)/i;
const SLECHT = /^(ongeldig|geweigerd|opgeheven|stopgezet|og\b|og\/|ob\b|ovb\b|ongeschikt|onbewoonbaar|te laat)/i;

/** A status as a label; the colour only supports what the text already says. */
export function Status({ children }: { children: string }) {
  const toon = GOED.test(children) ? 'goed' : SLECHT.test(children) ? 'slecht' : 'gewoon';
  return <span className={`status status--${toon}`}>{children}</span>;
}

export function Feiten({ feiten }: { feiten: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="feiten">
      {feiten.map(([naam, waarde]) => (
        <div key={naam}>
          <dt>{naam}</dt>
          <dd>{waarde ?? t.app.leeg}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Capakeys({ capakeys }: { capakeys: readonly string[] }) {
  return capakeys.length ? <span className="code">{capakeys.join(', ')}</span> : t.app.leeg;
}

interface Onderwerp {
  referte: string;
  soort: string;
  titel: string;
}

/** A property, or the entity in it: both lead to the page of the property. */
export function OnderwerpLink({ onderwerp }: { onderwerp: Onderwerp | null | undefined }) {
  return onderwerp ? <Link to={padVanPand(onderwerp.referte)}>{onderwerp.titel}</Link> : t.app.leeg;
}

export function DossierLink({ dossier }: { dossier: { referte: string } | null | undefined }) {
  return dossier ? <Link to={padVanDossier(dossier.referte)}>{dossier.referte}</Link> : t.app.leeg;
}
