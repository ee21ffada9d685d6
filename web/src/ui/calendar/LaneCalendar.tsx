import { TimeGrid, type TimeGridProps } from './TimeGrid';

/** One day, a lane for each of those whose time it is. */
export function LaneCalendar({
  day,
  lanes,
  ...props
}: Omit<TimeGridProps, 'columns'> & { day: string; lanes: readonly { id: string; name: string }[] }) {
  const columns = lanes.map(lane => ({ id: lane.id, day, resource: lane.id, name: lane.name }));
  return <TimeGrid {...props} columns={columns} />;
}
