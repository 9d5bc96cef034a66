import type { ComponentType } from 'react';
import type { Melding, Plaats, Veld, Waarde } from './model';
import { BestandVeld } from './velden/BestandVeld';
import { DatumVeld } from './velden/DatumVeld';
import { KeuzeVeld } from './velden/KeuzeVeld';
import { MeerkeuzeVeld } from './velden/MeerkeuzeVeld';
import { TekstVeld } from './velden/TekstVeld';
import { VinkjeVeld } from './velden/VinkjeVeld';

export interface VeldProps {
  veld: Veld;
  plaats: Plaats;
  waarde: Waarde | undefined;
  fouten: readonly Melding[];
  zet: (waarde: Waarde) => void;
}

/** A field by its kind; an unknown kind is asked as text, so that a new one on the server never blocks a user. */
const SOORTEN: Record<string, ComponentType<VeldProps>> = {
  TEKST: TekstVeld,
  TEKSTVAK: TekstVeld,
  GETAL: TekstVeld,
  BEDRAG: TekstVeld,
  DATUM: DatumVeld,
  VINKJE: VinkjeVeld,
  KEUZE: KeuzeVeld,
  MEERKEUZE: MeerkeuzeVeld,
  BESTAND: BestandVeld,
};

export function VeldInvoer(props: VeldProps) {
  const Soort = SOORTEN[props.veld.soort] ?? TekstVeld;
  return <Soort {...props} />;
}
