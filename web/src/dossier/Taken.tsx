import { Sectie } from '../components/Sectie';
import { TakenTabel } from '../components/TakenTabel';
import type { TaakRijFragment } from '../gql/graphql';
import { t } from '../messages.nl';

interface Props {
  taken: readonly TaakRijFragment[];
}

/** What waits for somebody. */
export function OpenTaken({ taken }: Props) {
  const open = taken.filter((taak) => !taak.geslotenOp);
  return (
    <Sectie titel={t.dossier.taken} aantal={open.length} leeg={t.dossier.leeg.taken}>
      <TakenTabel bijschrift={t.dossier.taken} taken={open} op="dossier" />
    </Sectie>
  );
}

/** What was done; nothing at all when that is nothing. */
export function GeslotenTaken({ taken }: Props) {
  const gesloten = taken.filter((taak) => taak.geslotenOp);
  if (gesloten.length === 0) return null;
  return (
    <Sectie titel={t.dossier.geslotenTaken} aantal={gesloten.length}>
      <TakenTabel bijschrift={t.dossier.geslotenTaken} taken={gesloten} op="dossierGesloten" />
    </Sectie>
  );
}
