import type { HostState } from '../../shared/contract/model.ts'
import { PeopleCard } from './PeopleCard.tsx'
import { QueuesCard } from './QueuesCard.tsx'
import { RoomsCard } from './RoomsCard.tsx'
import { TrafficCard } from './TrafficCard.tsx'
import { useHostMeasures } from './use-host-measures.ts'

/** The activity of the running box: messages, people, rooms, queues. */
export const OpenBox = ({ host }: { host: Extract<HostState, { phase: 'on' }> }) => {
  const measures = useHostMeasures()
  return (
    <>
      <TrafficCard measures={measures} />
      <PeopleCard serverId={host.serverId} people={host.people} measure={measures.at(-1)} />
      <RoomsCard serverId={host.serverId} measure={measures.at(-1)} />
      <QueuesCard serverId={host.serverId} measure={measures.at(-1)} />
    </>
  )
}
