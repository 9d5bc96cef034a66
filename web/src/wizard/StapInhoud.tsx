import { useEffect, useRef } from 'react';
import { Icoon } from '../components/Icoon';
import { t } from '../messages.nl';
import { Details } from './Details';
import { antwoorden, type Formulier, foutenVan, isFout, isZichtbaar, type Item, itemVan, type Stap } from './model';
import type { Wizard } from './useWizard';
import { VeldInvoer } from './VeldInvoer';

interface Props {
  formulier: Formulier;
  stap: Stap;
  wizard: Wizard;
  /** Which item of a repeated step is on the screen. */
  item: number;
  kiesItem: (index: number) => void;
}

/** One page of the wizard: its fields, or the fields of one item at a time. */
export function StapInhoud({ formulier, stap, wizard, item, kiesItem }: Props) {
  const huidig = stap.lijst ? stap.items[item] : undefined;
  const verplicht = stap.velden.some((veld) => veld.verplicht);
  return (
    <section className="stap">
      <StapTitel titel={stap.titel} enige={formulier.stappen.length === 1} />
      {stap.uitleg && <p className="uitleg">{stap.uitleg}</p>}
      {verplicht && <p className="stap__verplicht">{t.wizard.verplichtUitleg}</p>}
      {stap.lijst && stap.items.length === 0 && <p>{t.wizard.geenOpties}</p>}
      {huidig && <ItemKop stap={stap} wizard={wizard} item={item} kiesItem={kiesItem} />}
      {(huidig ?? !stap.lijst) && (
        <Velden key={huidig?.sleutel} formulier={formulier} stap={stap} wizard={wizard} item={huidig} />
      )}
      {stap.items.length > 1 && <Bladeren aantal={stap.items.length} item={item} kiesItem={kiesItem} />}
    </section>
  );
}

/**
 * Takes the focus when the user came from another step, so that a screen reader starts reading here. The only step of a
 * form hardly says more than the heading of the page: then it is there for screen readers only.
 */
function StapTitel({ titel, enige }: { titel: string; enige: boolean }) {
  const kop = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const actief = document.activeElement;
    if (!actief || actief === document.body || actief.closest('.wizard__knoppen')) kop.current?.focus();
  }, []);
  return (
    <h2 className={enige ? 'onzichtbaar' : 'stap__titel'} tabIndex={-1} ref={kop}>
      {titel}
    </h2>
  );
}

function Velden({ formulier, stap, wizard, item }: Omit<Props, 'item' | 'kiesItem'> & { item?: Item }) {
  const waarden = antwoorden(formulier, wizard.invoer, stap, item?.sleutel);
  return stap.velden
    .filter((veld) => isZichtbaar(veld, stap.velden, waarden))
    .map((veld) => {
      const plaats = { stap: stap.sleutel, item: item?.sleutel, veld: veld.naam };
      return (
        <VeldInvoer
          key={veld.naam}
          veld={veld}
          plaats={plaats}
          waarde={waarden[veld.naam]}
          fouten={foutenVan(wizard.meldingen, stap, veld.naam, item)}
          zet={(waarde) => wizard.antwoord(plaats, waarde)}
        />
      );
    });
}

function ItemKop({ stap, wizard, item, kiesItem }: Omit<Props, 'formulier'>) {
  const kop = useRef<HTMLHeadingElement>(null);
  const eerste = useRef(true);
  useEffect(() => {
    if (!eerste.current) kop.current?.focus();
    eerste.current = false;
  }, [item]);
  const huidig = stap.items[item];
  const metFout = new Set(wizard.meldingen.filter(isFout).map((melding) => itemVan(stap, melding)?.sleutel));
  return (
    <div className="item">
      <h3 className="item__titel" tabIndex={-1} ref={kop}>
        <span className="item__telling">{t.wizard.item(item + 1, stap.items.length)}</span> {huidig?.titel}
      </h3>
      {stap.items.length > 2 && (
        <label className="item__kies">
          {t.wizard.naarItem}{' '}
          <select value={item} onChange={(event) => kiesItem(Number(event.target.value))}>
            {stap.items.map((ander, index) => (
              <option key={ander.sleutel} value={index}>
                {ander.titel} {metFout.has(ander.sleutel) ? `(${t.wizard.itemFout})` : ''}
              </option>
            ))}
          </select>
        </label>
      )}
      {huidig && <Details details={huidig.details} />}
    </div>
  );
}

function Bladeren({ aantal, item, kiesItem }: { aantal: number; item: number; kiesItem: (index: number) => void }) {
  return (
    <div className="bladeren">
      <button type="button" className="knop" disabled={item === 0} onClick={() => kiesItem(item - 1)}>
        <Icoon naam="links" /> {t.wizard.vorigItem}
      </button>
      <button type="button" className="knop" disabled={item >= aantal - 1} onClick={() => kiesItem(item + 1)}>
        {t.wizard.volgendItem} <Icoon naam="rechts" />
      </button>
    </div>
  );
}
