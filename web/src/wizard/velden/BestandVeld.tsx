import { type DragEvent, useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { useHref } from 'react-router';
import { laadOp } from '../../api/http';
import { Icoon } from '../../components/Icoon';
import { t } from '../../messages.nl';
import type { VeldProps } from '../VeldInvoer';
import { beschrevenDoor, Fouten, Hulp, idsVan, Ster } from './Kader';

const b = t.wizard.bestand;

/** The names of files uploaded in this tab; the answer itself is only their id. */
const naamSleutel = (id: string) => `vlok.bestand.${id}`;

/** One file, chosen or dragged here; it is sent at once, the answer is its id. */
export function BestandVeld({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  const pad = useHref('/bestanden');
  const [bezig, setBezig] = useState<{ naam: string; deel: number } | null>(null);
  const [mislukt, setMislukt] = useState<string | null>(null);
  const [sleept, setSleept] = useState(false);
  const id = typeof waarde === 'string' && waarde ? waarde : null;

  async function neem(bestand: File | undefined): Promise<void> {
    if (!bestand) return;
    setMislukt(null);
    setBezig({ naam: bestand.name, deel: 0 });
    try {
      const opgeladen = await laadOp(pad, bestand, (deel) => setBezig({ naam: bestand.name, deel }));
      sessionStorage.setItem(naamSleutel(opgeladen.id), opgeladen.naam);
      zet(opgeladen.id);
    } catch (fout) {
      setMislukt(fout instanceof Error ? fout.message : b.mislukt);
    } finally {
      setBezig(null);
    }
  }

  function laatVallen(event: DragEvent): void {
    event.preventDefault();
    setSleept(false);
    void neem(event.dataTransfer.files[0]);
  }

  return (
    <div className="veld" id={ids.vak} data-fout={fouten.length > 0 || mislukt !== null || undefined}>
      <label className="veld__label" htmlFor={ids.invoer}>
        {veld.label}
        <Ster veld={veld} />
      </label>
      <Hulp ids={ids} veld={veld} />
      <div
        className="bestand"
        data-sleept={sleept || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setSleept(true);
        }}
        onDragLeave={() => setSleept(false)}
        onDrop={laatVallen}
      >
        <input
          type="file"
          className="bestand__invoer"
          id={ids.invoer}
          disabled={bezig !== null}
          aria-required={veld.verplicht || undefined}
          aria-invalid={fouten.length > 0 || mislukt !== null || undefined}
          aria-describedby={`${ids.vak}-stand ${beschrevenDoor(ids, veld, fouten) ?? ''}`.trim()}
          onChange={(event) => {
            void neem(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <span className="knop" aria-hidden="true">
          <Icoon naam="document" /> {id ? b.vervang : b.kies}
        </span>
        <span aria-hidden="true">{b.sleep}</span>
      </div>
      <div id={`${ids.vak}-stand`} aria-live="polite">
        {bezig && <Voortgang {...bezig} />}
        {!bezig && id && <Klaar id={id} weg={() => zet(null)} />}
        {mislukt && <p className="veld__fout">{mislukt}</p>}
      </div>
      <Fouten ids={ids} fouten={fouten} />
    </div>
  );
}

function Voortgang({ naam, deel }: { naam: string; deel: number }) {
  return (
    <ProgressBar value={deel * 100} className="voortgang" aria-label={b.bezig(naam)}>
      {({ percentage, valueText }) => (
        <>
          <span>
            {b.bezig(naam)} – {valueText}
          </span>
          <progress className="voortgang__meter" value={percentage} max={100} aria-hidden="true" />
        </>
      )}
    </ProgressBar>
  );
}

function Klaar({ id, weg }: { id: string; weg: () => void }) {
  const naam = sessionStorage.getItem(naamSleutel(id));
  return (
    <p className="bestand__klaar">
      <Icoon naam="ok" /> {naam ? b.klaar(naam) : b.alOpgeladen}{' '}
      <button type="button" className="knop knop--link" onClick={weg}>
        {b.verwijder}
      </button>
    </p>
  );
}
