import { Feiten } from '../components/klein';
import { Sectie } from '../components/Sectie';
import { type Kolom, Tabel } from '../components/Tabel';
import type { WiZaakDelenFragment } from '../gql/wi/graphql';
import { useHandelingenKolom } from '../handelingen/Handelingen';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import * as kolommen from './kolommen';

const z = t.wi.zaak;

/** The course of a judicial dossier, from why it began to what the court said. */
export function ZaakPaneel({ zaak }: { zaak: WiZaakDelenFragment }) {
  const { melding } = zaak;
  const opdracht = [...kolommen.OPDRACHT, ...useHandelingenKolom(zaak.opdrachten, (o) => z.deze(o.controleur))];
  return (
    <Sectie titel={z.titel}>
      <Feiten
        feiten={[
          [z.aanleiding, zaak.aanleiding],
          ...(melding ? ([[z.melding, z.gemeld(melding.melder, datum(melding.datum))]] as const) : []),
          [z.omschrijving, zaak.omschrijving || t.app.leeg],
        ]}
      />
      <Deel titel={z.partijen} kolommen={kolommen.PARTIJ} rijen={zaak.partijen} />
      <Deel titel={z.opdrachten} kolommen={opdracht} rijen={zaak.opdrachten} />
      <Deel titel={z.resultaten} kolommen={kolommen.RESULTAAT} rijen={zaak.resultaten} />
      <Deel titel={z.pvs} kolommen={kolommen.PV} rijen={zaak.processenVerbaal} />
      <Deel
        titel={z.vorderingen}

        kolommen={kolommen.VORDERING}
        rijen={zaak.herstelvorderingen}
      />
      <Deel titel={z.gevolgen} kolommen={kolommen.GEVOLG} rijen={zaak.gevolgen} />
      <Deel titel={z.uitspraken} kolommen={kolommen.UITSPRAAK} rijen={zaak.uitspraken} />
    </Sectie>
  );
}

interface DeelProps<R> {
  titel: string;
  kolommen: readonly Kolom<R>[];
  rijen: readonly R[];
}

/** One kind of what is in the dossier; nothing while there is none. */
function Deel<R extends { id: string }>({ titel, kolommen: k, rijen }: DeelProps<R>) {
  if (rijen.length === 0) return null;
  return (
    <Sectie titel={titel} niveau={3} aantal={rijen.length}>
      <Tabel bijschrift={titel} kolommen={k} rijen={rijen} sleutel={(rij) => rij.id} />
    </Sectie>
  );
}
