import { clsx } from 'clsx'
import { RoomView } from '../messages/RoomView.tsx'
import { ConnectionBanner } from '../servers/ConnectionBanner.tsx'
import { HostPage } from '../host/HostPage.tsx'
import { hasMembers } from '../people/has-members.ts'
import { MembersPanel } from '../people/MembersPanel.tsx'
import { RecoveryBanner } from '../keeping/RecoveryBanner.tsx'
import { TaskBanner } from '../keeping/TaskBanner.tsx'
import { RoomList } from '../rooms/RoomList.tsx'
import { SearchPanel } from '../search/SearchPanel.tsx'
import { Rail } from '../servers/Rail.tsx'
import { ServerPage } from '../servers/ServerPage.tsx'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { SettingsPage } from '../settings/SettingsPage.tsx'
import { factsOf } from '../store/room-facts.ts'
import { currentServerId } from '../store/model.ts'
import { ToastView } from '../ui/overlays/ToastView.tsx'
import { useFields, useStore } from '../store/use-store.ts'
import { TitleBar } from './TitleBar.tsx'
import styles from './Shell.module.css'

/** The window after the first run: title bar, servers, rooms, and the sheet with the open view. */
export const Shell = () => {
  const settings = useStore(state => state.view.name === 'settings' && state.search === null)
  const serverId = useStore(state => currentServerId(state) ?? state.lastServer)
  const peopled = useFields(({ view, search, membersShown, rooms, servers }) => {
    const room = membersShown && search === null && view.name === 'room' ? rooms[view.room] : undefined
    return room && hasMembers(room, servers) ? factsOf(room) : undefined
  })
  return (
    <div className={styles.window}>
      <TitleBar search />
      <Rail />
      <div className={clsx(styles.plate, peopled && styles.peopled)}>
        {settings ? <SettingsNav /> : <RoomList serverId={serverId} />}
        <main className={styles.sheet}>
          <RecoveryBanner />
          <TaskBanner />
          <Sheet />
          <ToastView />
        </main>
        {peopled && <MembersPanel room={peopled} />}
      </div>
    </div>
  )
}

/** The search while it is open, otherwise the view. */
const Sheet = () => {
  const view = useStore(state => state.view)
  const searching = useStore(state => state.search !== null)
  if (searching) return <SearchPanel />
  switch (view.name) {
    case 'room':
      return (
        <RoomView key={view.room} room={view.room} banner={<ConnectionBanner serverId={view.serverId} />} />
      )
    case 'server':
      return <ServerPage serverId={view.serverId} />
    case 'host':
      return <HostPage />
    case 'settings':
      return <SettingsPage section={view.section} />
    case 'first-run':
      return null
  }
}
