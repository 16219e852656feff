import type { HostState } from '../../shared/contract/model.ts'
import { PeopleCard } from './PeopleCard.tsx'
import { RoomsCard } from './RoomsCard.tsx'
import { TrafficCard } from './TrafficCard.tsx'
import { useHostMeasures } from './use-host-measures.ts'

/** What goes on in the box while it is on: messages, people, rooms. */
export const OpenBox = ({ host }: { host: Extract<HostState, { phase: 'on' }> }) => {
  const measures = useHostMeasures()
  return (
    <>
      <TrafficCard measures={measures} />
      <PeopleCard serverId={host.serverId} people={host.people} measure={measures.at(-1)} />
      <RoomsCard serverId={host.serverId} measure={measures.at(-1)} />
    </>
  )
}
