import { Link, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { HANDELINGEN } from '../api/handeling';
import { padVanHandeling } from '../lib/format';

interface Props {
  subject: string;
  /** The group of actions that the page is about. */
  groep: string;
}

/** What the user may do in one group of actions, now or later. */
function useGroep({ subject, groep }: Props) {
  const [{ data }] = useQuery({ query: HANDELINGEN, variables: { subject } });
  return data?.handelingen.filter((handeling) => handeling.groep === groep) ?? [];
}

/** What the user may do now in one group of actions. */
export const useMogelijk = (props: Props) => useGroep(props).filter(({ beschikbaar }) => beschikbaar);

/** Why nothing of the group can be done now, each reason once. */
export function NietNu(props: Props) {
  const redenen = useGroep(props).map(({ reden }) => reden);
  return [...new Set(redenen)].map((reden) => reden && <p key={reden}>{reden}</p>);
}

/** The actions of one group as buttons beside each other. */
export function Knoppen(props: Props) {
  const { pathname, search } = useLocation();
  return useMogelijk(props).map(({ sleutel, titel }) => (
    <Link key={sleutel} className="knop" to={padVanHandeling(sleutel, props.subject, pathname + search)}>
      {titel}
    </Link>
  ));
}
