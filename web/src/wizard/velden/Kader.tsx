import type { ReactNode } from 'react';
import { t } from '../../messages.nl';
import { type Melding, type Plaats, type Veld, veldId } from '../model';

/** The ids that tie a field to its label, its help and its errors. */
export interface Ids {
  vak: string;
  invoer: string;
  label: string;
  hulp: string;
  fout: string;
}

export function idsVan(plaats: Plaats): Ids {
  const vak = veldId(plaats);
  return { vak, invoer: `${vak}-invoer`, label: `${vak}-label`, hulp: `${vak}-hulp`, fout: `${vak}-fout` };
}

/** aria-describedby for a field: its help and its errors, whichever exist. */
export function beschrevenDoor(ids: Ids, veld: Veld, fouten: readonly Melding[]): string | undefined {
  return [veld.hulp && ids.hulp, fouten.length > 0 && ids.fout].filter(Boolean).join(' ') || undefined;
}

export function Ster({ veld }: { veld: Veld }) {
  return veld.verplicht ? (
    <span className="ster" aria-hidden="true" title={t.wizard.verplicht}>
      {' '}
      *
    </span>
  ) : null;
}

export function Hulp({ ids, veld }: { ids: Ids; veld: Veld }) {
  return veld.hulp ? (
    <p className="veld__hulp" id={ids.hulp}>
      {veld.hulp}
    </p>
  ) : null;
}

export function Fouten({ ids, fouten }: { ids: Ids; fouten: readonly Melding[] }) {
  return fouten.length ? (
    <p className="veld__fout" id={ids.fout}>
      {fouten.map((fout) => fout.tekst).join(' ')}
    </p>
  ) : null;
}

interface Props {
  ids: Ids;
  veld: Veld;
  fouten: readonly Melding[];
  children: ReactNode;
}

/** The box around a field with one control: label, help, control, errors. */
export function Kader({ ids, veld, fouten, children }: Props) {
  return (
    <div className="veld" id={ids.vak} data-fout={fouten.length > 0 || undefined}>
      <label className="veld__label" htmlFor={ids.invoer} id={ids.label}>
        {veld.label}
        <Ster veld={veld} />
      </label>
      <Hulp ids={ids} veld={veld} />
      {children}
      <Fouten ids={ids} fouten={fouten} />
    </div>
  );
}

/** The box around a field with several controls. */
export function GroepKader({ ids, veld, fouten, children }: Props) {
  return (
    <fieldset
      className="veld"
      id={ids.vak}
      data-fout={fouten.length > 0 || undefined}
      aria-describedby={beschrevenDoor(ids, veld, fouten)}
    >
      <legend className="veld__label">
        {veld.label}
        <Ster veld={veld} />
      </legend>
      <Hulp ids={ids} veld={veld} />
      {children}
      <Fouten ids={ids} fouten={fouten} />
    </fieldset>
  );
}
