import { parseDate } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
} from 'react-aria-components';
import { Icoon } from '../../components/Icoon';
import type { Waarde } from '../model';
import type { VeldProps } from '../VeldInvoer';
import { beschrevenDoor, Fouten, Hulp, idsVan, Ster } from './Kader';

function naarDatum(waarde: Waarde | undefined) {
  try {
    return typeof waarde === 'string' && waarde ? parseDate(waarde) : null;
  } catch {
    return null;
  }
}

/** A date, typed as dd/mm/jjjj or picked from a calendar. */
export function DatumVeld({ veld, plaats, waarde, fouten, zet }: VeldProps) {
  const ids = idsVan(plaats);
  return (
    <div className="veld" id={ids.vak} data-fout={fouten.length > 0 || undefined}>
      <DatePicker
        value={naarDatum(waarde)}
        onChange={(datum) => zet(datum?.toString() ?? null)}
        isRequired={veld.verplicht}
        isInvalid={fouten.length > 0}
        validationBehavior="aria"
        shouldForceLeadingZeros
        aria-describedby={beschrevenDoor(ids, veld, fouten)}
      >
        <Label className="veld__label">
          {veld.label}
          <Ster veld={veld} />
        </Label>
        <Hulp ids={ids} veld={veld} />
        <Group className="datum">
          <DateInput className="datum__invoer">
            {(segment) => <DateSegment className="datum__deel" segment={segment} />}
          </DateInput>
          <Button className="datum__knop">
            <Icoon naam="kalender" />
          </Button>
        </Group>
        <Popover className="uitklap">
          <Dialog className="kalender">
            <Kalender />
          </Dialog>
        </Popover>
      </DatePicker>
      <Fouten ids={ids} fouten={fouten} />
    </div>
  );
}

function Kalender() {
  return (
    <Calendar>
      <div className="kalender__kop">
        <Button slot="previous" className="knop--kaal">
          <Icoon naam="links" />
        </Button>
        <Heading className="kalender__titel" />
        <Button slot="next" className="knop--kaal">
          <Icoon naam="rechts" />
        </Button>
      </div>
      <CalendarGrid>
        <CalendarGridHeader>{(dag) => <CalendarHeaderCell>{dag}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>{(datum) => <CalendarCell date={datum} className="kalender__dag" />}</CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
