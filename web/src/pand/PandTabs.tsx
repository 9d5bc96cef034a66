import { type Blad, Tabbladen } from '../components/Tabbladen';
import { TakenTabel } from '../components/TakenTabel';
import { VivooTabel } from '../components/VivooTabel';
import { DocumentenTabel } from '../documenten/DocumentenTabel';
import { t } from '../messages.nl';
import type { Pand, PandDelen } from './soorten';
import { BetrokkenenTabel, EntiteitenTabel, OnderzoekenTabel, ProceduresTabel } from './tabellen';

const { tabs, leeg } = t.pand;

/** The parts that a property has on both sides of the desk. */
export function delenVan(pand: PandDelen, ververs: () => void) {
  const documenten = <DocumentenTabel bijschrift={tabs.documenten} documenten={pand.documenten} ververs={ververs} />;
  return {
    entiteiten: blad('entiteiten', pand.entiteiten, <EntiteitenTabel entiteiten={pand.entiteiten} />),
    procedures: blad('procedures', pand.dossiers, <ProceduresTabel dossiers={pand.dossiers} />),
    documenten: blad('documenten', pand.documenten, documenten),
    taken: blad('taken', pand.taken, <TakenTabel bijschrift={tabs.taken} taken={pand.taken} op="pand" />),
    betrokkenen: blad('betrokkenen', pand.betrokkenen, <BetrokkenenTabel betrokkenen={pand.betrokkenen} />),
  };
}

const blad = (sleutel: keyof typeof tabs, rijen: readonly unknown[], inhoud: Blad['inhoud']): Blad => ({
  sleutel,
  naam: tabs[sleutel],
  aantal: rijen.length,
  inhoud,
  leeg: leeg[sleutel],
});

/** Everything about a property. */
export function PandTabs({ pand, ververs }: { pand: Pand; ververs: () => void }) {
  const { entiteiten, procedures, documenten, taken, betrokkenen } = delenVan(pand, ververs);
  const onderzoeken = blad('onderzoeken', pand.onderzoeken, <OnderzoekenTabel onderzoeken={pand.onderzoeken} />);
  const vivoo = blad('vivoo', pand.vivoo, <VivooTabel rijen={pand.vivoo} />);
  const bladen = [entiteiten, procedures, onderzoeken, documenten, taken, betrokkenen, vivoo];
  return <Tabbladen naam={t.pand.tablijst} bladen={bladen} />;
}
